package phh

import (
	"errors"
	"fmt"
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
	"kibitz/internal/poker/handlog"
)

// ErrNoForm marks a hand that the format cannot write: one that is not over.
var ErrNoForm = errors.New("the format has no form for this hand")

// Record returns a finished hand as the format has it, from its setup and all
// its events. Hole cards are written for the places that the reader may know,
// and for all that were shown; others are unknown.
func Record(setup poker.Setup, events []game.Event, known poker.PosSet) (Hand, error) {
	all := poker.PosSet(1)<<len(setup.Players) - 1
	source := handlog.Source{Setup: setup, Events: events, Button: game.NoSeat, Unknown: all &^ known}
	log, err := handlog.New(source, handlog.Reader{Seat: game.NoSeat, Everything: true})
	if errors.Is(err, handlog.ErrUnfinished) {
		err = fmt.Errorf("%w: %w", ErrNoForm, err)
	}
	if err != nil {
		return Hand{}, err
	}
	h := Hand{Scale: 1}
	return h, h.record(log)
}

// From returns a finished hand with the cards that its reader may know, and
// with all that the reader may know besides: names, table and time.
func From(log *handlog.Hand) (Hand, error) {
	h := Hand{Scale: 1}
	if err := h.record(log); err != nil {
		return h, err
	}
	h.Place = Place{Table: log.Table, Number: log.Number, At: log.At, SeatCount: log.Seats}
	for _, p := range log.Players {
		h.Players = append(h.Players, p.Name)
		h.Seats = append(h.Seats, int(p.Seat)+1)
	}
	return h, nil
}

// Append adds a hand to a file with several, as its nth from 1.
func Append(dst []byte, log *handlog.Hand, nth int) ([]byte, error) {
	h, err := From(log)
	if err != nil {
		return dst, err
	}
	return fmt.Appendf(dst, "[%d]\n%s\n", nth, h.Format()), nil
}

// record takes a hand without what only names it.
func (h *Hand) record(log *handlog.Hand) error {
	if err := h.terms(log.Setup); err != nil {
		return err
	}
	for i, p := range log.Players {
		cards := slices.Repeat([]eval.Card{eval.NoCard}, log.Rules().Hole)
		if p.Dealt {
			cards = p.Cards
		}
		h.Actions = append(h.Actions, Action{Verb: DealHole, Pos: poker.Pos(i), Cards: cards})
		h.Finishing = append(h.Finishing, 2*p.End)
	}
	for i := range log.Steps {
		h.step(&log.Steps[i])
	}
	return nil
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
		h.Cap, h.Uncapped = setup.Limit.Cap, setup.Limit.UncappedHeadsUp
	} else {
		h.MinBet = setup.Limit.BigBlind
	}
	n := len(setup.Players)
	h.Antes, h.Blinds = make([]poker.Chips, n), make([]poker.Chips, n)
	for _, p := range setup.Players {
		h.Stacks = append(h.Stacks, p.Stack)
	}
	h.forced(setup)
	return nil
}

// forced takes the forced bets, and says them outright where they would be read
// as others.
func (h *Hand) forced(setup poker.Setup) {
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
			h.StraddleRaise = h.StraddleRaise || p.Kind == poker.PostStraddle && setup.Limit.StraddleRaise
		}
	}
	if read := h.posts(setup.Limit.BigBlind); !slices.Equal(byPlayer(read), byPlayer(setup.Posts)) {
		h.Posts = slices.Clone(setup.Posts)
	}
}

// byPlayer orders forced bets by players; those of one keep their order.
func byPlayer(posts []poker.Post) []poker.Post {
	posts = slices.Clone(posts)
	slices.SortStableFunc(posts, func(a, b poker.Post) int { return int(a.Pos - b.Pos) })
	return posts
}

// step takes what happened.
func (h *Hand) step(s *handlog.Step) {
	add := func(a Action) { h.Actions = append(h.Actions, a) }
	switch s.Kind {
	case handlog.Act:
		switch s.Act {
		case poker.Fold:
			add(Action{Verb: Fold, Pos: s.Pos})
		case poker.Check, poker.Call:
			add(Action{Verb: CheckCall, Pos: s.Pos})
		default:
			add(Action{Verb: RaiseTo, Pos: s.Pos, Amount: s.To})
		}
	case handlog.Board:
		if s.Run > 0 {
			h.Second = append(h.Second, s.Cards...)
			return
		}
		add(Action{Verb: DealBoard, Pos: poker.NoPos, Cards: s.Cards})
	case handlog.Show, handlog.Muck:
		add(Action{Verb: ShowMuck, Pos: s.Pos, Cards: s.Cards})
	}
}
