package poker

import (
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// settle appends an event and all that follow from it by themselves.
func (h Hand) settle(events []game.Event, first game.Event) ([]game.Event, error) {
	events = append(events, first)
	h.apply(first)
	for {
		n := len(events)
		events = h.due(events)
		for _, e := range events[n:] {
			h.apply(e)
		}
		if !h.balanced() {
			return nil, fmt.Errorf("%w: after %T", ErrBalance, events[len(events)-1])
		}
		if len(events) == n {
			return events, nil
		}
	}
}

// due appends what happens now without anybody's decision: nothing while
// somebody has to decide, and when the hand is over.
func (h *Hand) due(events []game.Event) []game.Event {
	if !h.dealt || h.over || h.toAct != NoPos {
		return events
	}
	contested := h.live().Len() > 1
	if contested && h.able().Len() > 1 && !h.lastStreet() {
		return append(events, h.nextCards(0))
	}
	if p, amount := h.excess(); amount > 0 {
		return append(events, Returned{Pos: p, Amount: amount})
	}
	switch {
	case !contested:
		return h.finish(events)
	case h.runOut() && h.live()&^h.shown != 0:
		return append(events, h.show((h.live() &^ h.shown).First()))
	case h.Asked() != 0:
		return events
	case !h.allTurned():
		return append(events, h.nextCards(h.nextRun()))
	}
	if p := h.nextToShow(); p != NoPos {
		return append(events, h.showOrMuck(p))
	}
	return h.finish(events)
}

// nextRun is the first board with cards missing.
func (o *open) nextRun() int {
	if o.boards[0].n < boardSize {
		return 0
	}
	return 1
}

// nextCards turns over the next street of a board.
func (h *Hand) nextCards(run int) Turned {
	street := h.variant.Streets[h.variant.streetAt(int(h.boards[run].n))+1]
	from := h.variant.Hole*len(h.Players) + int(h.turned)
	cards := append([]eval.Card(nil), h.deck[from:from+street.Board]...)
	return Turned{Run: run, Street: street.Name, Cards: cards}
}

// finish pays out all pots and ends the hand.
func (h *Hand) finish(events []game.Event) []game.Event {
	n := len(events)
	events = h.awards(events)
	stacks := make([]Chips, len(h.Players))
	for i := range stacks {
		stacks[i] = h.places[i].stack
	}
	for _, e := range events[n:] {
		for _, s := range e.(Awarded).Shares {
			stacks[s.Pos] += s.Amount
		}
	}
	return append(events, Ended{Stacks: stacks})
}
