package game

import "time"

// Room is implemented by states of games at which people come and go while
// there is play. A table of such a game begins with free seats, does not wait
// until all are taken, and knows no claims and no rematch.
//
// The Rules of such a game must decode the actions ActionBuy, by which the
// player of a free seat comes in, and ActionLeave, by which one goes.
type Room interface {
	State
	// Occupied are the seats that somebody holds. Whoever holds a seat that is
	// no more among them after an event has left the table.
	Occupied() Seats
	// Next returns what the game does by itself, as an action of NoSeat, and
	// how long after it fell due; nil when it waits for a player. The time
	// counts from the event after which Next first said so.
	Next() (Action, time.Duration)
	// Chips are all that people brought to the table and nobody took away, in
	// the terms of Banker; 0 where no chips are played for.
	Chips() int64
	// Brief returns what a list of tables shows.
	Brief() View
	// Close returns the action of NoSeat by which a table that everybody has
	// left alone ends, and all who sit there leave with what is theirs.
	Close() Action
}

// Interval is implemented by states of Rooms where at times nothing is at stake,
// as between hands.
type Interval interface {
	// Interval reports whether the table may end now without touching what
	// anybody plays for.
	Interval() bool
}

// The actions that every Room knows.
const (
	// ActionBuy brings chips to the own seat: {"chips":N}, and without chips
	// what the table asks of everybody.
	ActionBuy = "buy"
	// ActionLeave gives up the own seat, as soon as the rules allow it.
	ActionLeave = "leave"
)

// Transfer is chips that an event moves between a player's account and the
// table.
type Transfer struct {
	Seat Seat
	// Chips that come to the table are positive, and those that go negative.
	Chips int64
}

// Banker is implemented by Rules of games that are played for chips.
type Banker interface {
	// Transfer reads what a stored event moves, the zero Transfer for most. It
	// fails with an error wrapping ErrMalformed.
	Transfer(typ string, data []byte) (Transfer, error)
}

// Grant is time that an event of a game gives to clocks.
type Grant struct {
	Seats Seats
	Time  time.Duration
	// Refill stops at what a clock began with.
	Refill bool
}

// Granter is implemented by events that give time.
type Granter interface {
	Event
	Grant() Grant
}

// Stamped is implemented by actions of a Room itself that depend on when they
// are taken.
type Stamped interface {
	Action
	// Stamp returns the action as taken at a time.
	Stamp(at time.Time) Action
}

// Returning is implemented by an ActionBuy that depends on what its player left
// the table with.
type Returning interface {
	Action
	// Returning returns the action of a player who left with so many chips a
	// short while ago.
	Returning(chips int64) Action
}
