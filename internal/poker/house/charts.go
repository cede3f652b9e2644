package house

import (
	"fmt"
	"strings"
)

// chart is what is done in one situation: raised, or else called.
type chart struct{ raise, call hands }

// charts are those of one character, by situation.
type charts map[string]chart

// parseCharts reads charts.txt: the charts of every character by its id.
func (o *order) parseCharts(text string) (map[string]charts, error) {
	all := make(map[string]charts)
	var now charts
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if id, ok := strings.CutPrefix(line, "character "); ok {
			now = make(charts)
			all[id] = now
			continue
		}
		if line == "" {
			continue
		}
		if err := o.chartLine(all, now, line); err != nil {
			return nil, fmt.Errorf("charts, line %d: %w", n+1, err)
		}
	}
	return all, nil
}

// chartLine reads a line of a character.
func (o *order) chartLine(all map[string]charts, now charts, line string) error {
	if now == nil {
		return fmt.Errorf("%w: %.40q belongs to no character", errNotation, line)
	}
	if like, ok := strings.CutPrefix(line, "like "); ok {
		if all[like] == nil {
			return fmt.Errorf("%w: like %.20q, which is not there", errNotation, like)
		}
		for situation, c := range all[like] {
			now[situation] = c
		}
		return nil
	}
	situation, rest, ok := strings.Cut(line, ":")
	raise, call, ok2 := strings.Cut(rest, "/")
	if !ok || !ok2 {
		return fmt.Errorf("%w: %.40q; write a situation, a colon, what raises, a slash, and what calls", errNotation, line)
	}
	var c chart
	var err error
	if c.raise, err = o.parse(raise); err != nil {
		return err
	}
	if c.call, err = o.parse(call); err != nil {
		return err
	}
	now[situation] = c
	return nil
}
