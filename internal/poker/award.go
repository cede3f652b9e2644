package poker

import (
	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// awards appends who gets what, the last side pot first.
func (h *Hand) awards(events []game.Event) []game.Event {
	var room [maxPots]Pot
	pots := h.pots(room[:0], false)
	var boards [maxRuns]verdict
	runs := max(1, int(h.runs))
	if h.live().Len() > 1 {
		for r := range runs {
			boards[r] = h.verdict(h.boards[r].hand())
		}
	}
	for i := len(pots) - 1; i >= 0; i-- {
		for r := range runs {
			part := Awarded{Pot: i, Run: r}
			amount := portion(pots[i].Amount, runs, r)
			events = h.awardPart(events, part, amount, &boards[r], pots[i].Eligible)
		}
	}
	return events
}

// portion is the share of the nth of equal parts; odd chips go to the first.
func portion(amount Chips, parts, nth int) Chips {
	share := amount / Chips(parts)
	if Chips(nth) < amount%Chips(parts) {
		share++
	}
	return share
}

// awardPart appends who gets a pot, or one run of it. Where pots are split, the
// odd chip goes to the high half, unless the same players win both.
func (h *Hand) awardPart(events []game.Event, part Awarded, amount Chips, v *verdict, eligible PosSet) []game.Event {
	if amount == 0 {
		return events
	}
	high, low := v.winners(eligible)
	if low == 0 || low == high {
		part.Shares = split(amount, high)
		return append(events, part)
	}
	part.Half, part.Shares = High, split(portion(amount, 2, 0), high)
	events = append(events, part)
	if half := portion(amount, 2, 1); half > 0 {
		part.Half, part.Shares = Low, split(half, low)
		events = append(events, part)
	}
	return events
}

// split shares an amount among winners; odd chips go one each to the first
// from the left of the button.
func split(amount Chips, winners PosSet) []Share {
	shares := make([]Share, 0, winners.Len())
	for p := range winners.All() {
		if part := portion(amount, winners.Len(), len(shares)); part > 0 {
			shares = append(shares, Share{Pos: p, Amount: part})
		}
	}
	return shares
}

// verdict is what the hands are worth with one board. It is empty when only
// one hand is left.
type verdict struct {
	highs [MaxPlayers]eval.Score
	lows  [MaxPlayers]eval.Low
	split bool
}

// verdict rates the hands that were shown. Who mucked has nothing.
func (h *Hand) verdict(board eval.Hand) verdict {
	v := verdict{split: h.variant.Ranking.Low != nil}
	for p := range h.live().All() {
		v.lows[p] = eval.NoLow
		if h.mucked.Has(p) {
			continue
		}
		hole := h.holeOf(p)
		v.highs[p] = h.variant.Ranking.High(hole, board)
		if v.split {
			v.lows[p] = h.variant.Ranking.Low(hole, board)
		}
	}
	return v
}

// winners returns who has the best hand of some players, and who has the best
// low, nobody if there is none.
func (v *verdict) winners(of PosSet) (high, low PosSet) {
	var best eval.Score
	lowest := eval.NoLow
	for p := range of.All() {
		switch s := v.highs[p]; {
		case s > best || high == 0:
			best, high = s, p.set()
		case s == best:
			high |= p.set()
		}
		if !v.split || v.lows[p] == eval.NoLow {
			continue
		}
		switch l := v.lows[p]; {
		case l < lowest:
			lowest, low = l, p.set()
		case l == lowest:
			low |= p.set()
		}
	}
	return high, low
}
