package house

import (
	"slices"

	"kibitz/internal/poker/eval"
)

// half points of a comparison of two hands; gone means that they share a card
// with the board.
const (
	lost uint8 = 0
	tied uint8 = 1
	won  uint8 = 2
	gone uint8 = 255
)

// field is what others may hold, and how the character's cards fare against it
// on some boards.
type field struct {
	// holes are hole cards that a rival may have.
	holes []eval.Hand
	// better is which part of all hole cards is better before the flop.
	better []float64
	// strength orders the holes by what they win against each other, from 0 to
	// 1, draws included.
	strength []float64
	// ranked are the holes, the strongest first.
	ranked []int
	// boards is how many there are.
	boards int
	// high and low are the half points of the character, by board and hole.
	high, low []uint8
	// lows says on which boards the character has a low, and theirs which hole
	// has one.
	lows   []bool
	theirs []bool
	split  bool
	// now is the part of the holes that the character beats as the board lies.
	now float64
}

// bounds of a field.
const (
	maxHoles  = 300
	minHoles  = 24
	maxBoards = 46
)

// omahaCost is how many hands of five cards are rated for one of Omaha.
const omahaCost = 60

// survey makes the field of a scene, with as many holes and boards as the
// effort allows.
func (c *scene) survey() *field {
	evaluations := c.effort
	if !c.holdem() {
		evaluations /= omahaCost
	}
	missing := boardSize - c.board.Len()
	f := &field{boards: 1, split: c.variant.Ranking.Low != nil}
	if missing > 0 {
		f.boards = min(max(evaluations/120, 6), maxBoards)
	}
	holes := min(max(evaluations/f.boards, minHoles), maxHoles)
	rest := (^eval.Hand(0) & deck &^ c.hole &^ c.board).Cards()
	for range holes {
		hole := c.draw(rest, c.variant.Hole)
		f.holes = append(f.holes, hole)
		f.better = append(f.better, c.percentile(hole))
	}
	f.compare(c, c.futures(rest, f.boards, missing))
	f.measureNow(c)
	return f
}

// boardSize is the number of cards of a complete board.
const boardSize = 5

// deck is all cards.
const deck eval.Hand = 0x1fff1fff1fff1fff

// futures returns complete boards. The cards to come are drawn without putting
// them back until the deck is through, so that each comes about as often.
func (c *scene) futures(rest []eval.Card, n, missing int) []eval.Hand {
	boards := make([]eval.Hand, n)
	left := rest
	for i := range boards {
		if len(left) < missing {
			left = rest
		}
		boards[i] = c.board | c.draw(left, missing)
		left = left[:len(left)-missing]
	}
	return boards
}

// compare rates all holes on all boards.
func (f *field) compare(c *scene, boards []eval.Hand) {
	n := len(f.holes)
	f.high, f.lows = make([]uint8, 0, n*len(boards)), make([]bool, len(boards))
	if f.split {
		f.low, f.theirs = make([]uint8, 0, n*len(boards)), make([]bool, 0, n*len(boards))
	}
	f.strength = make([]float64, n)
	keys := make([]uint64, 0, n)
	for b, board := range boards {
		keys = f.compareHigh(c, board, keys[:0])
		f.credit(keys)
		if !f.split {
			continue
		}
		if keys = f.compareLow(c, b, board, keys[:0]); len(keys) > 0 {
			f.credit(keys)
		}
	}
	f.sort()
}

// compareHigh appends the half points of one board, and a key by which holes
// are ordered, the worst first.
func (f *field) compareHigh(c *scene, board eval.Hand, keys []uint64) []uint64 {
	mine := c.variant.Ranking.High(c.hole, board)
	for i, hole := range f.holes {
		if hole&board != 0 {
			f.high = append(f.high, gone)
			continue
		}
		score := c.variant.Ranking.High(hole, board)
		keys = append(keys, uint64(score)<<16|uint64(i))
		switch {
		case mine > score:
			f.high = append(f.high, won)
		case mine == score:
			f.high = append(f.high, tied)
		default:
			f.high = append(f.high, lost)
		}
	}
	return keys
}

// compareLow does the same for lows. Holes without one come first.
func (f *field) compareLow(c *scene, b int, board eval.Hand, keys []uint64) []uint64 {
	mine := c.variant.Ranking.Low(c.hole, board)
	f.lows[b] = mine != eval.NoLow
	any := false
	for i, hole := range f.holes {
		if hole&board != 0 {
			f.low, f.theirs = append(f.low, gone), append(f.theirs, false)
			continue
		}
		low := c.variant.Ranking.Low(hole, board)
		any = any || low != eval.NoLow
		f.theirs = append(f.theirs, low != eval.NoLow)
		keys = append(keys, uint64(eval.NoLow-low)<<16|uint64(i))
		switch {
		case mine < low:
			f.low = append(f.low, won)
		case mine == low:
			f.low = append(f.low, tied)
		default:
			f.low = append(f.low, lost)
		}
	}
	if !any {
		return nil
	}
	return keys
}

// credit gives every hole the part of the others that it beats on a board.
// Equal ones get the same.
func (f *field) credit(keys []uint64) {
	slices.Sort(keys)
	for from := 0; from < len(keys); {
		to := from + 1
		for to < len(keys) && keys[to]>>16 == keys[from]>>16 {
			to++
		}
		part := float64(from+to-1) / 2 / float64(max(1, len(keys)-1))
		for _, key := range keys[from:to] {
			f.strength[key&0xffff] += part
		}
		from = to
	}
}

// sort orders the holes. Holes that share cards with some boards have fewer
// credits, by as much as all have.
func (f *field) sort() {
	n := len(f.holes)
	f.ranked = make([]int, n)
	for i := range n {
		counted := 0
		for b := range f.boards {
			if f.high[b*n+i] != gone {
				counted++
			}
		}
		f.strength[i] /= float64(max(1, counted))
		f.ranked[i] = i
	}
	slices.SortFunc(f.ranked, func(a, b int) int {
		switch {
		case f.strength[a] > f.strength[b]:
			return -1
		case f.strength[a] < f.strength[b]:
			return 1
		}
		return a - b
	})
}

// measureNow counts what the character beats as the board lies.
func (f *field) measureNow(c *scene) {
	if c.board == 0 {
		return
	}
	mine := c.variant.Ranking.High(c.hole, c.board)
	for _, hole := range f.holes {
		switch score := c.variant.Ranking.High(hole, c.board); {
		case mine > score:
			f.now += 1 / float64(len(f.holes))
		case mine == score:
			f.now += 0.5 / float64(len(f.holes))
		}
	}
}
