package poker

import "kibitz/internal/game"

// state is a table in progress. It is never written to once it was returned.
type state struct {
	stakes *Stakes
	ring
	// number counts the hands, and ply the decisions.
	number, ply int
	// hand is the running hand or the last one; nil before the first.
	hand *Hand
	// dealtIn are the seats whose player was dealt into the hand and is still
	// there.
	dealtIn game.Seats
	result  game.Result
}

// running reports whether a hand is being played.
func (s *state) running() bool { return s.hand != nil && !s.hand.Over() }

// posOf returns the place of a seat in the hand, NoPos for who has none. A
// player who came later has none, whoever sat there before.
func (s *state) posOf(seat game.Seat) Pos {
	if s.hand == nil || !s.dealtIn.Has(seat) {
		return NoPos
	}
	for i, p := range s.hand.Players {
		if p.Seat == seat {
			return Pos(i)
		}
	}
	return NoPos
}

// seatAt returns the seat of a place in the hand.
func (s *state) seatAt(p Pos) game.Seat {
	if s.hand == nil || p == NoPos {
		return game.NoSeat
	}
	return s.hand.Players[p].Seat
}

// ToAct holds who has to decide; it is empty between hands.
func (s *state) ToAct() game.Seats {
	if !s.running() || s.result.Over() {
		return 0
	}
	set := game.SeatSet(s.seatAt(s.hand.ToAct()))
	for p := range s.hand.Asked().All() {
		set |= game.SeatSet(s.seatAt(p))
	}
	return set
}

// Ply counts the decisions made at the table.
func (s *state) Ply() int { return s.ply }

// Result says whether and how play at the table ended.
func (s *state) Result() game.Result { return s.result }

// Lapse returns what is done for a seat whose time is up: to check, and to fold
// only when there is a bet. Leaving gives no claim to anybody.
func (s *state) Lapse(seat game.Seat, why game.Lapse) game.Action {
	if why != game.FlagFell || !s.ToAct().Has(seat) {
		return nil
	}
	if a, ok := s.hand.Lapse(s.posOf(seat)); ok {
		return a
	}
	return nil
}

// Evolve folds an event that Decide returned in this state.
func (s *state) Evolve(e game.Event) game.State { return s.evolve(e) }

func (s *state) evolve(e game.Event) *state {
	next := *s
	switch e := e.(type) {
	case HandBegan:
		next.beginHand(e)
	case Bought:
		next.buy(e)
	case SatIn:
		c := &next.chairs[e.Seat]
		c.Out, c.Posts = false, e.Post
	case Seated:
		next.seat(e)
	case Finished:
		next.result = game.Result{Status: e.Status, Winners: game.SeatSet(e.Winners...)}
	default:
		next.evolveHand(e)
	}
	return &next
}

// evolveHand folds an event of the hand.
func (s *state) evolveHand(e game.Event) {
	if s.hand == nil {
		return
	}
	hand := s.hand.Evolve(e)
	s.hand = &hand
	switch e.(type) {
	case Acted:
		s.ply++
	case Ended:
		for i, p := range hand.Players {
			s.chairs[p.Seat].Stack = hand.Stack(Pos(i))
		}
	}
}

// beginHand takes everything from the event, so that nothing before it matters.
func (s *state) beginHand(e HandBegan) {
	hand, err := NewHand(e.Hand)
	if err != nil {
		return // DecodeEvent lets no such event through
	}
	s.number, s.ply, s.hand = e.Number, e.Ply, &hand
	s.spots = spots{e.Button, e.Small, e.Big}
	copy(s.chairs[:], e.Chairs)
	s.dealtIn = 0
	for _, p := range hand.Players {
		s.dealtIn |= game.SeatSet(p.Seat)
	}
}

// buy takes chips. Who comes to a table that plays already waits for the big
// blind, or posts one.
func (s *state) buy(e Bought) {
	c := &s.chairs[e.Seat]
	if !c.Taken {
		*c = Chair{Taken: true, New: s.number > 0, OwesBig: s.number > 0}
	}
	c.Stack += e.Chips
}

func (s *state) seat(e Seated) {
	c := &s.chairs[e.Seat]
	switch e.typ {
	case typeSatOut:
		c.Out, c.Posts = true, false
	case typeLeaving:
		c.Leaving = true
	case typeLeft:
		*c = Chair{}
		s.dealtIn &^= game.SeatSet(e.Seat)
	}
}
