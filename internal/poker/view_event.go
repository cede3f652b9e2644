package poker

import (
	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// DealtView is what a viewer may know of the deal.
type DealtView struct {
	// Players is how many got cards, and Hole how many each.
	Players int `json:"players"`
	Hole    int `json:"hole"`
	// Cards are the viewer's own.
	Cards []eval.Card `json:"cards,omitempty"`
	Next
}

// ViewType returns "dealt".
func (DealtView) ViewType() string { return "dealt" }

// ActedView is a decision, and who is next.
type ActedView struct {
	Acted
	// Stack and Pot are as after it.
	Stack Chips `json:"stack"`
	Pot   Chips `json:"pot"`
	Next
}

// ViewType returns "acted".
func (ActedView) ViewType() string { return "acted" }

// TurnedView is cards turned over on the board, and who is next.
type TurnedView struct {
	Turned
	Next
}

// ViewType returns "turned".
func (TurnedView) ViewType() string { return "turned" }

// ShownView is a hand turned over, what it is worth, and who is asked next.
type ShownView struct {
	Shown
	Made string `json:"made,omitempty"`
	Next
}

// ViewType returns "shown".
func (ShownView) ViewType() string { return "shown" }

// AnsweredView is an answer, and who has yet to answer.
type AnsweredView struct {
	Answered
	Next
}

// ViewType returns "answered".
func (AnsweredView) ViewType() string { return "answered" }

// ViewType returns "posted".
func (Posted) ViewType() string { return "posted" }

// ViewType returns "returned".
func (Returned) ViewType() string { return "returned" }

// ViewType returns "mucked".
func (Mucked) ViewType() string { return "mucked" }

// ViewType returns "awarded".
func (Awarded) ViewType() string { return "awarded" }

// ViewType returns "hand-ended".
func (Ended) ViewType() string { return "hand-ended" }

// EventView returns what the player of a place may know of an event that
// happens in this state; for NoPos what everybody may.
func (h *Hand) EventView(e game.Event, p Pos) game.View {
	if d, ok := e.(Dealt); ok {
		return h.dealtView(d, p)
	}
	return h.open.eventView(e)
}

// dealtView shows a player his own cards and nothing else of the deck.
func (h *Hand) dealtView(d Dealt, p Pos) DealtView {
	next := *h
	next.apply(d)
	v := DealtView{Players: len(h.Players), Hole: h.variant.Hole, Next: next.open.next()}
	if own := next.own(p); own != nil {
		v.Cards = own.Cards
	}
	return v
}

// eventView returns what everybody may know of an event.
func (o *open) eventView(e game.Event) game.View {
	next := *o
	next.apply(e)
	switch e := e.(type) {
	case Acted:
		return ActedView{e, next.places[e.Pos].stack, next.pot(), next.next()}
	case Turned:
		return TurnedView{e, next.next()}
	case Shown:
		return ShownView{e, next.made(eval.HandOf(e.Cards...)), next.next()}
	case Answered:
		return AnsweredView{e, next.next()}
	case game.View:
		return e
	}
	return nil
}
