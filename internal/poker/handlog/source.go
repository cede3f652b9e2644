package handlog

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// ErrUnfinished marks events that are no finished hand.
var ErrUnfinished = errors.New("not a finished hand")

// Source is a finished hand as the table has it, with all its secrets.
type Source struct {
	Heading
	Setup poker.Setup
	// Events are those of the hand, and those of the table that happened
	// meanwhile. What is no fact of a hand is left out.
	Events []game.Event
	// Button is its seat, which may be empty; game.NoSeat is that of the last
	// player.
	Button game.Seat
	// Names are by seat. Who has none is named by the seat.
	Names map[game.Seat]string
	// Away are players at the table who were not dealt in.
	Away []Away
	// Absent are seats whose players were dealt in while they sat out.
	Absent game.Seats
	// Notes are what the table knows and the events do not say, by After.
	Notes []Note
	// Unknown are players whose hole cards not even the source has: what the
	// deck holds for them means nothing.
	Unknown poker.PosSet
}

// Away is a player who was not dealt in.
type Away struct {
	Seat  game.Seat
	Name  string
	Stack poker.Chips
}

// Note is something that happened beside the play.
type Note struct {
	// After is how many of the events came before it.
	After int
	Seat  game.Seat
	What  What
	// Amount is chips that were bought, taken along, or won as a prize.
	Amount poker.Chips
	// Place counts from 1, and is 0 elsewhere.
	Place int
}

// What is what happened beside the play.
type What string

// What happens beside the play.
const (
	TimedOut     What = "timed-out"
	Disconnected What = "disconnected"
	Connected    What = "connected"
	Joined       What = "joined"
	Added        What = "added-chips"
	SatOut       What = "sat-out"
	SatIn        What = "sat-in"
	Left         What = "left"
	// Protected is extra time for who lost the connection.
	Protected What = "protected"
	// Placed is the end of a tournament for a player: Amount is the prize, and
	// Place the place.
	Placed What = "placed"
)

// Split cuts the events of a table into those of its hands. What happened
// before the first hand is left out; what happened between two belongs to the
// earlier.
func Split(events []game.Event) [][]game.Event {
	var hands [][]game.Event
	from := -1
	for i, e := range events {
		if _, ok := e.(poker.HandBegan); !ok {
			continue
		}
		if from >= 0 {
			hands = append(hands, events[from:i])
		}
		from = i
	}
	if from >= 0 {
		hands = append(hands, events[from:])
	}
	return hands
}

// FromTable returns the source of one hand that Split cut out. The number of
// the hand is taken from the events, and so are its time, if there is none, and
// the level of the tournament, if it is one.
func FromTable(heading Heading, names map[game.Seat]string, events []game.Event) (Source, error) {
	if len(events) == 0 {
		return Source{}, fmt.Errorf("%w: no events", ErrUnfinished)
	}
	began, ok := events[0].(poker.HandBegan)
	if !ok {
		return Source{}, fmt.Errorf("%w: it begins with %s", ErrUnfinished, events[0].EventType())
	}
	s := Source{Heading: heading, Setup: began.Hand, Events: events[1:], Button: began.Button, Names: names}
	s.Number = began.Number
	if s.At.IsZero() && began.At > 0 {
		s.At = time.UnixMilli(began.At).UTC()
	}
	if s.Tournament != nil {
		t := *s.Tournament
		t.Level = began.Level + 1
		s.Tournament = &t
	}
	s.Seats = max(s.Seats, len(began.Chairs))
	taken := s.chairs(began.Chairs)
	for i, e := range s.Events {
		if n, ok := noteOf(e, taken); ok {
			n.After = i + 1
			s.Notes = append(s.Notes, n)
		}
	}
	return s, nil
}

// chairs takes those who are at the table, and returns their seats.
func (s *Source) chairs(chairs []poker.Chair) game.Seats {
	var taken game.Seats
	for i, c := range chairs {
		seat := game.Seat(i)
		if !c.Taken {
			continue
		}
		taken |= game.SeatSet(seat)
		dealt := slices.ContainsFunc(s.Setup.Players, func(p poker.Player) bool { return p.Seat == seat })
		switch {
		case !dealt:
			s.Away = append(s.Away, Away{Seat: seat, Name: s.Names[seat], Stack: c.Stack})
		case c.Out:
			s.Absent |= game.SeatSet(seat)
		}
	}
	return taken
}

// noteOf returns what an event of the table says, if anything.
func noteOf(e game.Event, taken game.Seats) (Note, bool) {
	switch e := e.(type) {
	case poker.Bought:
		if taken.Has(e.Seat) {
			return Note{Seat: e.Seat, What: Added, Amount: e.Chips}, true
		}
		return Note{Seat: e.Seat, What: Joined, Amount: e.Chips}, true
	case poker.Protected:
		return Note{Seat: e.Seat, What: Protected}, true
	case poker.Placed:
		return Note{Seat: e.Seat, What: Placed, Place: e.Place, Amount: e.Prize}, true
	case poker.SatIn:
		return Note{Seat: e.Seat, What: SatIn}, true
	case poker.Seated:
		switch e.EventType() {
		case "sat-out":
			return Note{Seat: e.Seat, What: SatOut}, true
		case "left":
			return Note{Seat: e.Seat, What: Left, Amount: e.Chips}, true
		}
	}
	return Note{}, false
}
