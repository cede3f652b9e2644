package verify

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kibitz/internal/chess"
)

// Perft checks node counts of move trees. A line is variant|id|FEN|depth:nodes depth:nodes ..., or a comment that begins
// with #. Depths of more than maxNodes are not counted; lines of variants that the core does not know are skipped.
func Perft(report *Report, in io.Reader, maxNodes uint64) error {
	skipped := map[string]int{}
	err := eachLine(in, func(place, text string) {
		if strings.HasPrefix(text, "#") {
			return
		}
		line, err := parsePerftLine(text)
		if err != nil {
			report.unit(place, []string{err.Error()})
		} else if line.variant != "standard" && line.variant != "chess960" {
			skipped["the variant "+line.variant+" is not implemented"]++
		} else if line.counts[0].nodes > maxNodes {
			skipped[fmt.Sprintf("every depth has more than %d nodes", maxNodes)]++
		} else {
			report.unit(place, line.check(maxNodes))
		}
	})
	for _, why := range slices.Sorted(maps.Keys(skipped)) {
		report.skip(skipped[why], why)
	}
	return err
}

type perftLine struct {
	variant, id, fen string
	counts           []perftCount // by rising depth, at least one
}

type perftCount struct {
	depth int
	nodes uint64
}

func parsePerftLine(text string) (perftLine, error) {
	fields := strings.Split(text, "|")
	if len(fields) != 4 {
		return perftLine{}, fmt.Errorf("%d fields, want 4: variant|id|FEN|counts", len(fields))
	}
	line := perftLine{variant: fields[0], id: fields[1], fen: fields[2]}
	for pair := range strings.FieldsSeq(fields[3]) {
		depthText, nodesText, _ := strings.Cut(pair, ":")
		depth, depthErr := strconv.ParseUint(depthText, 10, 8)
		nodes, nodesErr := strconv.ParseUint(nodesText, 10, 64)
		if depthErr != nil || nodesErr != nil {
			return perftLine{}, fmt.Errorf("%q is not depth:nodes", pair)
		}
		line.counts = append(line.counts, perftCount{int(depth), nodes})
	}
	if len(line.counts) == 0 {
		return perftLine{}, fmt.Errorf("no depth:nodes")
	}
	slices.SortFunc(line.counts, func(a, b perftCount) int { return a.depth - b.depth })
	return line, nil
}

func (l perftLine) check(maxNodes uint64) []string {
	position, err := chess.ParseFEN(l.fen)
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", l.id, err)}
	}
	var found problems
	for _, want := range l.counts {
		if want.nodes > maxNodes {
			continue
		}
		if got := chess.Perft(&position, want.depth); got != want.nodes {
			found.addf("%s: depth %d has %d nodes, want %d; %s", l.id, want.depth, got, want.nodes, l.fen)
			break // deeper counts are wrong for the same reason
		}
	}
	return found
}
