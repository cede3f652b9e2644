package phh

import (
	"slices"
	"strings"

	"kibitz/internal/poker"
)

// halves reports whether stacks, in halves of a unit, differ from those of the
// file only by a half that the file gives to each of two players who split.
func halves(got, want []poker.Chips, split poker.PosSet) bool {
	var off []poker.Chips
	for i := range want {
		if got[i] == want[i] {
			continue
		}
		if !split.Has(poker.Pos(i)) {
			return false
		}
		off = append(off, got[i]-want[i])
	}
	slices.Sort(off)
	return slices.Equal(off, []poker.Chips{-1, 1})
}

// split returns the players who shared a pot.
func (r Replay) split() poker.PosSet {
	var set poker.PosSet
	for _, e := range r.Events {
		if a, ok := e.(poker.Awarded); ok && len(a.Shares) > 1 {
			for _, s := range a.Shares {
				set |= 1 << s.Pos
			}
		}
	}
	return set
}

// formatList writes amounts as an array of the file.
func formatList(amounts []poker.Chips, scale poker.Chips) string {
	texts := make([]string, len(amounts))
	for i, amount := range amounts {
		texts[i] = format(amount, scale)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}
