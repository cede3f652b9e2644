package house

import (
	"strings"

	"kibitz/internal/poker/eval"
)

// ranks is the number of ranks, and cells that of different hands of hold'em
// before the flop: pairs, suited and offsuit.
const (
	ranks = 13
	cells = ranks * ranks
)

const rankLetters = "23456789TJQKA"

// cell is a hand of hold'em before the flop: 13 times the higher rank plus the
// lower where it is suited, the other way round where it is not.
type cell uint8

func suited(high, low int) cell  { return cell(high*ranks + low) }
func offsuit(high, low int) cell { return cell(low*ranks + high) }
func pair(rank int) cell         { return cell(rank*ranks + rank) }

// cellOf returns the cell of two cards.
func cellOf(a, b eval.Card) cell {
	high, low := int(a.Rank()), int(b.Rank())
	if high < low {
		high, low = low, high
	}
	if a.Suit() == b.Suit() {
		return suited(high, low)
	}
	return offsuit(high, low)
}

// cellOfHand returns the cell of a set of two cards.
func cellOfHand(h eval.Hand) cell {
	var two [2]eval.Card
	i := 0
	for c := range h.All() {
		two[i&1] = c
		i++
	}
	return cellOf(two[0], two[1])
}

// combos is how many hands a cell stands for.
func (c cell) combos() int {
	switch row, column := c/ranks, c%ranks; {
	case row == column:
		return 6
	case row > column:
		return 4
	}
	return 12
}

// String writes the cell as in "AKs", "T9o" and "77".
func (c cell) String() string {
	row, column := c/ranks, c%ranks
	switch {
	case row == column:
		return rankLetters[row:row+1] + rankLetters[row:row+1]
	case row > column:
		return rankLetters[row:row+1] + rankLetters[column:column+1] + "s"
	}
	return rankLetters[column:column+1] + rankLetters[row:row+1] + "o"
}

// rankOf returns the rank of a letter, -1 if it is none.
func rankOf(letter byte) int { return strings.IndexByte(rankLetters, letter) }
