package poker

import (
	"math/bits"

	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// nextToShow returns who has to show or muck now, NoPos when all have. Players
// in later side pots come first, and among them the last to bet or raise on
// this street and then clockwise; without a bet, from the left of the button.
func (o *open) nextToShow() Pos {
	left := o.live() &^ o.shown &^ o.mucked
	if left == 0 {
		return NoPos
	}
	var room [maxPots]Pot
	pots := o.pots(room[:0], false)
	for i := len(pots) - 1; i >= 0; i-- {
		if in := left & pots[i].Eligible; in != 0 {
			left = in
			break
		}
	}
	from := max(0, o.aggressor)
	turn := left >> from
	if turn == 0 {
		return left.First()
	}
	return from + Pos(bits.TrailingZeros16(uint16(turn)))
}

// showOrMuck shows a hand that can win a part of some pot as far as others have
// shown, and mucks any other.
func (h *Hand) showOrMuck(p Pos) game.Event {
	if h.Players[p].ShowLosing || h.canWin(p) {
		return h.show(p)
	}
	return Mucked{Pos: p}
}

func (h *Hand) canWin(p Pos) bool {
	var room [maxPots]Pot
	mine := h.holeOf(p)
	for _, pot := range h.pots(room[:0], false) {
		if !pot.Eligible.Has(p) {
			continue
		}
		high, low := h.bestShown(pot.Eligible & h.shown)
		board := h.boards[0].hand()
		if h.variant.Ranking.High(mine, board) >= high {
			return true
		}
		if h.variant.Ranking.Low == nil {
			continue
		}
		if l := h.variant.Ranking.Low(mine, board); l != eval.NoLow && l <= low {
			return true
		}
	}
	return false
}

// bestShown returns the best hands that some players have shown.
func (h *Hand) bestShown(of PosSet) (eval.Score, eval.Low) {
	var high eval.Score
	low := eval.NoLow
	board := h.boards[0].hand()
	for p := range of.All() {
		hole := h.holeOf(p)
		high = max(high, h.variant.Ranking.High(hole, board))
		if h.variant.Ranking.Low != nil {
			low = min(low, h.variant.Ranking.Low(hole, board))
		}
	}
	return high, low
}
