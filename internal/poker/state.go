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
	// tale is what was done in it.
	tale *tale
	// dealtIn are the seats whose player was dealt into the hand and is still
	// there.
	dealtIn game.Seats
	// runout counts the streets of the hand that came without betting.
	runout int8
	// resting means that there is a break until course.At.
	resting  bool
	course   Course
	entrants int
	result   game.Result
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

// ToAct holds who has to bet; it is empty between hands, and while those who are
// all-in say how often they want the board.
func (s *state) ToAct() game.Seats {
	if !s.running() || s.result.Over() {
		return 0
	}
	return game.SeatSet(s.seatAt(s.hand.ToAct()))
}

// Ply counts the decisions made at the table.
func (s *state) Ply() int { return s.ply }

// Result says whether and how play at the table ended.
func (s *state) Result() game.Result { return s.result }

// Lapse returns what is done for a seat whose time is up: to check, and to fold
// only when there is a bet. Leaving gives no claim to anybody.
func (s *state) Lapse(seat game.Seat, why game.Lapse) game.Action {
	switch {
	case !s.ToAct().Has(seat):
	case why == game.LostTouch && s.chairs[seat].Protected == 0:
		return ownAction{typ: actProtect}
	case why == game.FlagFell:
		if a, ok := s.hand.Lapse(s.posOf(seat)); ok {
			a.Lapsed = true
			return a
		}
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
		c.Out, c.OutNext, c.Posts, c.Lapses = false, false, e.Post, 0
	case Seated:
		next.seat(e)
	case Wished:
		next.wish(e)
	case Protected:
		next.chairs[e.Seat].Protected = protectAgain
	case Rested:
		next.resting, next.course.Breaks, next.course.At, next.course.Played = true, e.Breaks, e.At, e.Played
	case Placed:
		next.course.Paid += e.Prize
		if c := &next.chairs[e.Seat]; e.Place > 1 && c.Stack == 0 {
			next.rise(e.Seat)
		}
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
	switch e := e.(type) {
	case Acted: // which closes no street: that is what Turned does
		s.ply++
		s.tale = s.tale.and(Told{hand.Street(), e})
		if c := &s.chairs[hand.Players[e.Pos].Seat]; e.Lapsed {
			c.Lapses++
		} else {
			c.Lapses = 0
		}
	case Turned:
		if hand.ToAct() == NoPos {
			s.runout++
		}
	case Ended:
		s.course.Pots += hand.paid
		s.settleStacks(&hand)
	}
}

// settleStacks takes over what everybody has after a hand.
func (s *state) settleStacks(hand *Hand) {
	for i, p := range hand.Players {
		if s.dealtIn.Has(p.Seat) {
			s.chairs[p.Seat].Stack = hand.Stack(Pos(i))
		}
	}
	for i := range s.chairs {
		c := &s.chairs[i]
		c.Stack, c.Coming = c.Stack+c.Coming, 0
	}
}

// beginHand takes everything from the event, so that nothing before it matters.
func (s *state) beginHand(e HandBegan) {
	hand, err := NewHand(e.Hand)
	if err != nil {
		return // DecodeEvent lets no such event through
	}
	s.number, s.ply, s.hand, s.tale = e.Number, e.Ply, &hand, nil
	s.spots = spots{e.Button, e.Small, e.Big}
	copy(s.chairs[:], e.Chairs)
	s.course, s.entrants, s.runout, s.resting = e.Course, e.Entrants, 0, false
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
	if e.Tournament {
		s.entrants++
	}
	if e.Later {
		c.Coming += e.Chips
		return
	}
	c.Stack += e.Chips
}

// wish notes what a player wants from now on.
func (s *state) wish(e Wished) {
	c := &s.chairs[e.Seat]
	switch e.Wish {
	case wishStraddle:
		c.Straddles = e.On
	case wishShow:
		c.Shows = e.On
	case wishOutNext:
		c.OutNext = e.On
	}
}

// rise frees a seat.
func (s *state) rise(seat game.Seat) {
	s.chairs[seat] = Chair{}
	s.dealtIn &^= game.SeatSet(seat)
}

func (s *state) seat(e Seated) {
	c := &s.chairs[e.Seat]
	switch e.typ {
	case typeSatOut:
		c.Out, c.OutNext, c.Posts = true, false, false
	case typeLeaving:
		c.Leaving = true
	case typeLeft:
		s.rise(e.Seat)
		if s.stakes.freezeout() {
			s.entrants--
		}
	}
}
