package poker

import (
	"time"

	"kibitz/internal/game"
)

// How long a table waits before it goes on by itself.
const (
	firstDeal   = 3 * time.Second
	fastDeal    = 100 * time.Millisecond
	afterFold   = 2500 * time.Millisecond
	afterShow   = 6 * time.Second
	perStreet   = 1200 * time.Millisecond
	answerWait  = 8 * time.Second
	protection  = 30 * time.Second
	refill      = 5 * time.Second
	refillEvery = 10
)

// Bounds of patience with a seat, in hands.
const (
	// protectAgain is after how many hands a lost connection is given extra
	// time again.
	protectAgain = 25
	// idleAtMost is how many hands a cash player may sit out before the seat is
	// given up.
	idleAtMost = 60
	// lapsesAtMost is how often in a row the time may run out before a player
	// sits out.
	lapsesAtMost = 2
)

// longestGap is what counts at most of the time between two hands towards the
// level.
const longestGap = 5 * time.Minute

var _ game.Room = (*state)(nil)

// ownAction is what the table itself does. No decoder makes one.
type ownAction struct {
	typ string
	// at is when, in Unix milliseconds.
	at int64
}

const (
	actRunOnce = "run-once"
	actClose   = "close"
	actProtect = "protect"
)

// ActionType is the name that viewers are told beforehand.
func (a ownAction) ActionType() string { return a.typ }

// Stamp returns the action as taken at a time.
func (a ownAction) Stamp(at time.Time) game.Action {
	a.at = at.UnixMilli()
	return a
}

// Occupied are the seats that somebody holds.
func (s *state) Occupied() game.Seats {
	var set game.Seats
	for i := range game.Seat(s.n) {
		if s.chairs[i].Taken {
			set |= game.SeatSet(i)
		}
	}
	return set
}

// Next deals when a hand can be dealt, and goes on without those who do not say
// how often they want the board.
func (s *state) Next() (game.Action, time.Duration) {
	switch {
	case s.result.Over():
	case s.running() && s.hand.Asked() != 0:
		return ownAction{typ: actRunOnce}, answerWait
	case !s.running() && s.dealable():
		return ownAction{typ: actDeal}, s.gap()
	}
	return nil, 0
}

// Close ends a table that everybody has left alone.
func (s *state) Close() game.Action { return ownAction{typ: actClose} }

// Interval implements game.Interval: a cash table may end between hands.
func (s *state) Interval() bool {
	return !s.running() && (!s.stakes.freezeout() || s.number == 0)
}

// dealable reports whether a hand can be dealt: to two who are ready, and where
// nobody can buy in later, not before everybody sits.
func (s *state) dealable() bool {
	if s.stakes.freezeout() && s.number == 0 && s.Occupied().Len() < int(s.n) {
		return false
	}
	return s.ready(s.stakes.freezeout()).Len() >= 2
}

// gap is how long after a hand the next one is dealt: the time to see it.
func (s *state) gap() time.Duration {
	switch {
	case s.resting:
		return time.Duration(s.stakes.BreakSeconds) * time.Second
	case s.stakes.Fast:
		return fastDeal
	case s.hand == nil:
		return firstDeal
	case s.hand.shown == 0:
		return afterFold
	}
	return afterShow + time.Duration(s.runout)*perStreet
}

// decideOwn judges what the table does by itself.
func (s *state) decideOwn(seat game.Seat, a ownAction, chance game.Chance) ([]game.Event, error) {
	switch a.typ {
	case actDeal:
		return s.decideDeal(a.at, chance)
	case actRunOnce:
		return s.decideRunOnce()
	case actClose:
		return s.decideClose(), nil
	case actProtect:
		return []game.Event{Protected{Seat: seat}}, nil
	}
	return nil, refused("poker has no such action")
}

// decideRunOnce answers for those who have not.
func (s *state) decideRunOnce() ([]game.Event, error) {
	if !s.running() || s.hand.Asked() == 0 {
		return nil, refused("nobody is asked")
	}
	return s.hand.Decide(s.hand.Asked().First(), Action{Act: Run, Amount: 1})
}

// decideClose has everybody leave with what is theirs: at a cash table the
// chips, those in a running hand as it began; before a tournament the entry, and
// in it a place by the chips.
func (s *state) decideClose() []game.Event {
	var events []game.Event
	if s.stakes.freezeout() && s.number > 0 {
		return append(s.place(s.rest(), 1), Finished{Status: statusClosed})
	}
	for seat := range s.Occupied().All() {
		events = append(events, s.leaving(seat, s.stackOf(seat)))
	}
	return append(events, Finished{Status: statusClosed})
}

// stackOf is what a seat has: in a running hand, what it began with.
func (s *state) stackOf(seat game.Seat) Chips {
	if pos := s.posOf(seat); pos != NoPos && s.running() {
		return s.hand.Players[pos].Stack
	}
	return s.chairs[seat].Stack
}

// chipsOf is what a seat has now, also in a running hand.
func (s *state) chipsOf(seat game.Seat) Chips {
	if pos := s.posOf(seat); pos != NoPos && s.running() {
		return s.hand.Stack(pos)
	}
	return s.chairs[seat].Stack
}

// playing reports whether a seat can still win something of a running hand.
func (s *state) playing(seat game.Seat) bool {
	pos := s.posOf(seat)
	return s.running() && pos != NoPos && !s.hand.folded.Has(pos)
}

// leaving is the event of a player who goes with so many chips, and those that
// were to come.
func (s *state) leaving(seat game.Seat, chips Chips) Seated {
	chips += s.chairs[seat].Coming
	if s.stakes.freezeout() {
		chips = s.stakes.Entry
	}
	return Seated{typ: typeLeft, Seat: seat, Chips: chips}
}
