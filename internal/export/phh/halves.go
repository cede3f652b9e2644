package phh

import (
	"slices"
	"strings"

	"kibitz/internal/poker"
)

// halves reports whether stacks, in halves of a unit, differ from those of the
// file only by a half that the file gives to each of two players.
func halves(got, want []poker.Chips) bool {
	var off []poker.Chips
	for i := range want {
		if got[i] != want[i] {
			off = append(off, got[i]-want[i])
		}
	}
	slices.Sort(off)
	return slices.Equal(off, []poker.Chips{-1, 1})
}

// formatList writes amounts as an array of the file.
func formatList(amounts []poker.Chips, scale poker.Chips) string {
	texts := make([]string, len(amounts))
	for i, amount := range amounts {
		texts[i] = format(amount, scale)
	}
	return "[" + strings.Join(texts, ", ") + "]"
}
