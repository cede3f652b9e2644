package uci

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// option is what an engine announced of one of its settings.
type option struct {
	kind     string // check, spin, combo, button or string
	min, max int    // of a spin
	choices  []string
}

// options are those of an engine. The names are in lower case, because UCI
// does not tell cases apart.
type options map[string]option

// maxOptions bounds how many are remembered.
const maxOptions = 500

// announce reads a line such as
//
//	option name Skill Level type spin default 20 min 0 max 20
//
// and leaves out what it does not understand.
func (o options) announce(line string) {
	rest, ok := strings.CutPrefix(line, "option name ")
	name, attributes, typed := strings.Cut(rest, " type ")
	if !ok || !typed || len(o) >= maxOptions {
		return
	}
	fields := strings.Fields(attributes)
	if len(fields) == 0 {
		return
	}
	opt := option{kind: fields[0]}
	for i := 1; i+1 < len(fields); i++ {
		switch fields[i] {
		case "min":
			opt.min, _ = strconv.Atoi(fields[i+1])
		case "max":
			opt.max, _ = strconv.Atoi(fields[i+1])
		}
	}
	for _, part := range strings.Split(" "+attributes, " var ")[1:] {
		opt.choices = append(opt.choices, strings.TrimSpace(part))
	}
	o[strings.ToLower(strings.TrimSpace(name))] = opt
}

// command returns the line that sets an option, or an error wrapping
// ErrOption.
func (o options) command(name, value string) (string, error) {
	opt, ok := o[strings.ToLower(name)]
	switch {
	case !ok:
		return "", fmt.Errorf("%w: this engine has no %q", ErrOption, name)
	case strings.ContainsFunc(name+value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "", fmt.Errorf("%w: %q has a control character", ErrOption, name)
	}
	if want := opt.refuses(value); want != "" {
		return "", fmt.Errorf("%w: %s is %q, want %s", ErrOption, name, value, want)
	}
	if opt.kind == "button" {
		return "setoption name " + name, nil
	}
	return "setoption name " + name + " value " + value, nil
}

// refuses returns what a value should be, or nothing for a good one.
func (opt option) refuses(value string) string {
	switch opt.kind {
	case "check":
		if value != "true" && value != "false" {
			return "true or false"
		}
	case "spin":
		if n, err := strconv.Atoi(value); err != nil || n < opt.min || n > opt.max {
			return fmt.Sprintf("%d to %d", opt.min, opt.max)
		}
	case "combo":
		if !slices.Contains(opt.choices, value) {
			return strings.Join(opt.choices, " or ")
		}
	}
	return ""
}
