package phh

import (
	"errors"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// ErrNoForm marks a hand that the format cannot write: one that was run twice,
// or is not over.
var ErrNoForm = errors.New("the format has no form for this hand")

// Record returns a finished hand as the format has it, from its setup and all
// its events. Hole cards are written for the places that the reader may know,
// and for all that were shown; others are unknown.
func Record(setup poker.Setup, events []game.Event, known poker.PosSet) (Hand, error) {
	h := Hand{Scale: 1}
	if err := h.terms(setup); err != nil {
		return h, err
	}
	for _, e := range events {
		if err := h.record(e, setup, known); err != nil {
			return h, err
		}
	}
	if h.Finishing == nil {
		return h, fmt.Errorf("%w: it is not over", ErrNoForm)
	}
	return h, nil
}

// terms takes what is settled before the hand.
func (h *Hand) terms(setup poker.Setup) error {
	for _, g := range games {
		if g.variant == setup.Variant && g.structure == setup.Limit.Structure {
			h.Variant = g.code
		}
	}
	if h.Variant == "" {
		return fmt.Errorf("%w: %s %s", ErrVariant, setup.Limit.Structure, setup.Variant)
	}
	if setup.Limit.Structure == poker.FixedLimit {
		h.SmallBet, h.BigBet = setup.Limit.SmallBet, setup.Limit.BigBet
	} else {
		h.MinBet = setup.Limit.BigBlind
	}
	n := len(setup.Players)
	h.Antes, h.Blinds = make([]poker.Chips, n), make([]poker.Chips, n)
	for _, p := range setup.Players {
		h.Stacks = append(h.Stacks, p.Stack)
	}
	h.TrimAntes = true
	for _, p := range setup.Posts {
		switch p.Kind {
		case poker.PostAnte:
			h.Antes[p.Pos] += p.Amount
		case poker.PostDead:
			h.Antes[p.Pos] += p.Amount
			h.TrimAntes = false
		default:
			h.Blinds[p.Pos] += p.Amount
		}
	}
	return nil
}

// record takes an event.
func (h *Hand) record(e game.Event, setup poker.Setup, known poker.PosSet) error {
	add := func(verb Verb, p poker.Pos, cards []eval.Card) {
		h.Actions = append(h.Actions, Action{Verb: verb, Pos: p, Cards: cards})
	}
	switch e := e.(type) {
	case poker.Dealt:
		h.deal(e.Deck, poker.FindVariant(setup.Variant).Hole, known)
	case poker.Acted:
		switch e.Act {
		case poker.Fold:
			add(Fold, e.Pos, nil)
		case poker.Check, poker.Call:
			add(CheckCall, e.Pos, nil)
		default:
			h.Actions = append(h.Actions, Action{Verb: RaiseTo, Pos: e.Pos, Amount: e.To})
		}
	case poker.Turned:
		if e.Run > 0 {
			return fmt.Errorf("%w: it was run twice", ErrNoForm)
		}
		add(DealBoard, poker.NoPos, e.Cards)
	case poker.Shown:
		add(ShowMuck, e.Pos, e.Cards)
	case poker.Mucked:
		add(ShowMuck, e.Pos, nil)
	case poker.Ended:
		for _, stack := range e.Stacks {
			h.Finishing = append(h.Finishing, 2*stack)
		}
	}
	return nil
}

// deal writes the hole cards.
func (h *Hand) deal(deck poker.Deck, hole int, known poker.PosSet) {
	n := len(h.Stacks)
	for p := range n {
		cards := make([]eval.Card, hole)
		for i := range cards {
			cards[i] = eval.NoCard
			if known.Has(poker.Pos(p)) {
				cards[i] = deck[i*n+p]
			}
		}
		h.Actions = append(h.Actions, Action{Verb: DealHole, Pos: poker.Pos(p), Cards: cards})
	}
}
