package poker

import (
	"time"

	"kibitz/internal/game"
)

// decideDeal begins the next hand, or before it a break. Who has sat out for
// too long goes first, and who did not want the big blind sits out.
func (s *state) decideDeal(at int64, chance game.Chance) ([]game.Event, error) {
	if s.running() {
		return nil, refused("the hand is not over")
	}
	course := s.advance(at)
	if breaks := s.stakes.breaks(course.Level); breaks > course.Breaks {
		ends := at + int64(s.stakes.BreakSeconds)*1000
		return []game.Event{Rested{Breaks: breaks, Seconds: s.stakes.BreakSeconds, At: ends, Played: course.Played}}, nil
	}
	events, next := s.clear(chance)
	began, err := next.begin(course, chance)
	if err != nil && len(events) > 0 {
		return events, nil
	}
	if err != nil {
		return nil, err
	}
	hand, err := NewHand(began.Hand)
	if err != nil {
		return nil, err
	}
	dealt, err := hand.Start(Shuffle(chance))
	if err != nil {
		return nil, err
	}
	return append(append(events, began), dealt...), nil
}

// advance returns how far the table is when a hand begins.
func (s *state) advance(at int64) Course {
	c := s.course
	if c.At > 0 && !s.resting {
		c.Played += min(max(0, at-c.At), longestGap.Milliseconds())
	}
	c.At, c.Entrants = at, s.entrants
	c.Level = s.stakes.Schedule.at(time.Duration(c.Played)*time.Millisecond, s.number)
	return c
}

// clear returns the events of those who are not dealt in any more, and the
// state after them.
func (s *state) clear(chance game.Chance) ([]game.Event, *state) {
	var events []game.Event
	next := s
	for seat := range s.Occupied().All() {
		if s.chairs[seat].Idle >= idleAtMost && !s.stakes.freezeout() {
			events = append(events, s.leaving(seat, s.chipsOf(seat)))
			next = next.evolve(events[len(events)-1])
		}
	}
	for range s.n {
		l, ok := next.ring.next(s.stakes, 0)
		if !ok || !next.chairs[l.big].OutNext {
			break
		}
		events = append(events, Seated{typ: typeSatOut, Seat: l.big})
		next = next.evolve(events[len(events)-1])
	}
	return events, next
}

// begin returns the event of a new hand.
func (s *state) begin(course Course, chance game.Chance) (HandBegan, error) {
	next := s.ring
	l, ok := next.next(s.stakes, game.Seat(chance.Perm(int(s.n))[0]))
	if !ok {
		return HandBegan{}, refused("it takes two players with chips who do not sit out")
	}
	stakes := s.stakes.at(course.Level)
	players := next.players(l)
	setup := stakes.setup(players, next.posts(stakes, l, players))
	next.deal(l)
	next.count(l.in)
	return HandBegan{
		Number: s.number + 1, Ply: s.ply, Button: l.button, Small: l.small, Big: l.big,
		Chairs: append([]Chair(nil), next.chairs[:s.n]...), Hand: setup, Course: course,
	}, nil
}

// count notes for each player another hand with or without them.
func (r *ring) count(in game.Seats) {
	for i := range game.Seat(r.n) {
		c := &r.chairs[i]
		switch {
		case in.Has(i):
			c.Idle, c.Protected = 0, max(0, c.Protected-1)
		case c.Taken:
			c.Idle++
		}
	}
}
