package acpc

import (
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Seat follows one hand from nothing but what one seat is shown of it. It is not
// safe for concurrent use.
type Seat struct {
	setup poker.Setup
	state State
	next  poker.Next
	// bets are those of the round, and before those of earlier rounds.
	bets, before [poker.MaxPlayers]poker.Chips
	over         bool
}

// NewSeat returns the seat at a place before the first view of a hand.
func NewSeat(hand int64, s poker.Setup, pos poker.Pos) (*Seat, error) {
	if hand < 0 || pos < 0 || int(pos) >= len(s.Players) || len(s.Players) > poker.MaxPlayers {
		return nil, fmt.Errorf("%w: place %d of %d in hand %d", ErrFormat, pos, len(s.Players), hand)
	}
	return &Seat{setup: s, state: State{Pos: pos, Hand: hand, Rounds: [][]Action{nil}, Holes: make([][]eval.Card, len(s.Players))}}, nil
}

// Show takes what the seat is shown next. Views that are not of a hand change
// nothing.
func (s *Seat) Show(v game.View) {
	switch v := v.(type) {
	case poker.Posted:
		if v.Kind != poker.PostAnte && v.Kind != poker.PostDead && s.has(v.Pos) {
			s.bets[v.Pos] += v.Amount
		}
	case poker.DealtView:
		s.state.Holes[s.state.Pos] = v.Cards
		s.next = v.Next
	case poker.ActedView:
		if s.has(v.Pos) {
			s.act(v.Acted)
		}
		s.next = v.Next
	case poker.TurnedView:
		s.turn(v.Turned)
		s.next = v.Next
	case poker.ShownView:
		if s.has(v.Pos) {
			s.state.Holes[v.Pos] = v.Cards
		}
		s.next = v.Next
	case poker.AnsweredView:
		s.next = v.Next
	case poker.Ended:
		s.over, s.next = true, poker.Next{}
	}
}

func (s *Seat) has(p poker.Pos) bool { return p >= 0 && int(p) < len(s.setup.Players) }

func (s *Seat) act(e poker.Acted) {
	a := Action{Verb: Call}
	switch e.Act {
	case poker.Fold:
		a.Verb = Fold
	case poker.Bet, poker.Raise:
		a.Verb = Raise
		if s.setup.Limit.Structure != poker.FixedLimit {
			a.Total = s.before[e.Pos] + e.To
		}
	}
	if e.Act != poker.Fold {
		s.bets[e.Pos] = e.To
	}
	last := len(s.state.Rounds) - 1
	s.state.Rounds[last] = append(s.state.Rounds[last], a)
}

// turn opens a round. The protocol has no second board.
func (s *Seat) turn(e poker.Turned) {
	if e.Run > 0 {
		return
	}
	for p, bet := range s.bets {
		s.before[p] += bet
	}
	clear(s.bets[:])
	s.state.Rounds = append(s.state.Rounds, nil)
	s.state.Board = append(s.state.Board, e.Cards)
}

// Over reports whether the hand has ended.
func (s *Seat) Over() bool { return s.over }

// Update returns what the client is told now: the state, and what it may do if
// it is its turn. It is to be sent when all views of one decision have been
// shown, and not between them.
func (s *Seat) Update() Update {
	u := Update{State: s.state.clone(), Structure: s.setup.Limit.Structure, Before: s.before[s.state.Pos]}
	if t := s.next.Turn; t != nil && t.Pos == s.state.Pos {
		legal := t.Legal
		u.Legal = &legal
	}
	for _, p := range s.next.Asked {
		u.Asked = u.Asked || p == s.state.Pos
	}
	return u
}

// clone shares no list that still grows with s.
func (s State) clone() State {
	rounds := make([][]Action, len(s.Rounds))
	for i, r := range s.Rounds {
		rounds[i] = append([]Action(nil), r...)
	}
	s.Rounds = rounds
	s.Holes = append([][]eval.Card(nil), s.Holes...)
	s.Board = append([][]eval.Card(nil), s.Board...)
	return s
}

// Update is what a client is told.
type Update struct {
	State     State
	Structure poker.Structure
	// Legal is nil when it is not the client's turn.
	Legal *poker.Options
	// Asked means that the seat has to say how often the board is dealt. The
	// protocol knows no such question: it is once.
	Asked bool
	// Before are the live chips that the seat put in on earlier rounds.
	Before poker.Chips
	// Comments are lines for people, without their ends, that go before the
	// state.
	Comments []string
}

// Decide returns what a decision of the client means, and whether it had to be
// mended: a raise is brought into its limits, and what is not legal at all is a
// call or a check, as the protocol has it.
func (u *Update) Decide(a Action) (d poker.Action, mended bool) {
	call := poker.Action{Act: poker.Call}
	if u.Legal.Call == 0 {
		call.Act = poker.Check
	}
	switch {
	case a.Verb == Fold && u.Legal.Call > 0:
		return poker.Action{Act: poker.Fold}, false
	case a.Verb == Fold:
		return call, true
	case a.Verb == Call:
		return call, false
	case !u.Legal.CanRaise() || a.Verb != Raise || (a.Total == 0) != (u.Structure == poker.FixedLimit):
		return call, true
	case u.Structure == poker.FixedLimit:
		return poker.Action{Act: poker.Raise, Amount: u.Legal.MinTo}, false
	}
	to := min(max(a.Total-u.Before, u.Legal.MinTo), u.Legal.MaxTo)
	return poker.Action{Act: poker.Raise, Amount: to}, to != a.Total-u.Before
}
