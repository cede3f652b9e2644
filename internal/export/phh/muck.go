package phh

import (
	"slices"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// mucks reports whether the file has a player give up at the showdown.
func (h *Hand) mucks(p poker.Pos) bool {
	for _, a := range h.Actions {
		if a.Verb == ShowMuck && a.Pos == p {
			return len(a.Cards) == 0
		}
	}
	return false
}

// weaken deals to players who mucked cards that the file does not have such
// cards as win nothing, as theirs did not, so that the rules come to the same
// end. Whether they do is seen when the hand is played.
func (h *Hand) weaken(v *poker.Variant, hole [][]eval.Card, board []eval.Card) {
	used := eval.HandOf(append(slices.Concat(hole...), h.Second...)...) | eval.HandOf(board...)
	for _, a := range h.Actions { // who mucked first had seen least, and gets least
		p := a.Pos
		if a.Verb != ShowMuck || len(a.Cards) > 0 || eval.HandOf(hole[p]...) != 0 || len(board) != 5 {
			continue
		}
		w := weakest{ranking: v.Ranking, board: eval.HandOf(board...)}
		for c := eval.Card(0); c < eval.DeckSize; c++ {
			if !used.Has(c) {
				w.rest = append(w.rest, c)
			}
		}
		if best := w.find(len(hole[p])); best != nil {
			copy(hole[p], best)
			used |= eval.HandOf(best...)
		}
	}
}

// weakest looks for the hand that wins least.
type weakest struct {
	ranking eval.Ranking
	board   eval.Hand
	rest    []eval.Card
	best    []eval.Card
	high    eval.Score
	low     eval.Low
}

// weakTries bounds how many hands of four cards are looked at; of those of two
// it is all.
const weakTries = 3000

func (w *weakest) find(size int) []eval.Card {
	if size == 2 {
		for i, a := range w.rest {
			for _, b := range w.rest[i+1:] {
				w.try(a, b)
			}
		}
		return w.best
	}
	if size > len(w.rest) {
		return nil
	}
	seed := uint32(1)
	for range weakTries {
		for i := range size { // the same few cards each time the hand is read
			seed = seed*1664525 + 1013904223
			j := i + int(seed>>8)%(len(w.rest)-i)
			w.rest[i], w.rest[j] = w.rest[j], w.rest[i]
		}
		w.try(w.rest[:size]...)
	}
	return w.best
}

// try keeps cards that win less: no low, or a worse one, and then a worse high.
func (w *weakest) try(cards ...eval.Card) {
	hole := eval.HandOf(cards...)
	high, low := w.ranking.High(hole, w.board), eval.NoLow
	if w.ranking.Low != nil {
		low = w.ranking.Low(hole, w.board)
	}
	if w.best == nil || low > w.low || low == w.low && high < w.high {
		w.best, w.high, w.low = slices.Clone(cards), high, low
	}
}
