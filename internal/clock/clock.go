// Package clock is the time of the players at one table: what a move costs,
// what of it was the network, and when a flag falls.
//
// A Clock is an immutable value, and judging is apart from applying. Judge
// turns an arrival into a Press, the table stores the Press, and Apply folds
// it into the next Clock. Only Judge looks at reports and quotas of the
// moment, so a journal replays to the same clocks for ever.
//
// Times are handed in and count in whole milliseconds of Unix time, the unit
// a record stores. What a player is charged counts in centiseconds, rounded
// down, in the player's favour. A time before the start of a turn, from a
// system clock that stepped back, counts as the start of the turn.
package clock

import (
	"math"
	"time"

	"kibitz/internal/game"
)

// centi is the unit in which a player is charged and compensated.
const centi = 10 * time.Millisecond

// Clock is the time of every seat at a table, of which at most one runs. The
// zero Clock has no seats and never runs out.
type Clock struct {
	control Control
	// pair holds the sides of a table of one or two, which thus allocates
	// nothing; more holds them at a larger table, and is never written to.
	pair [2]side
	more []side
	// since is when the turn began or was released, in Unix milliseconds.
	since int64
	// carried is what had elapsed of the turn when it was last held.
	carried time.Duration
	seats   int8
	// turn is one more than the running seat, so that zero is nobody.
	turn int8
	held bool
}

// side is the time of one seat: left is its time without the running turn,
// quota the lag it may still be compensated for.
type side struct{ left, quota time.Duration }

// New returns the stopped clock of a table before its first move. The number
// of seats is brought into the range of 0 to game.MaxSeats.
func New(control Control, seats int) Clock {
	seats = min(max(seats, 0), game.MaxSeats)
	c := Clock{control: control, seats: int8(seats)}
	full := control.full()
	if seats <= len(c.pair) {
		c.pair = [2]side{full, full}
		return c
	}
	c.more = make([]side, seats)
	for i := range c.more {
		c.more[i] = full
	}
	return c
}

// full is what every seat begins with.
func (c Control) full() side {
	return side{left: c.start(), quota: quotaAtStart * c.maxGain()}
}

// Control returns what the clock was made with.
func (c Clock) Control() Control { return c.control }

// Running returns the seat whose turn it is, also while the clock is held or
// unlimited, and NoSeat when nobody's is.
func (c Clock) Running() game.Seat { return game.Seat(c.turn - 1) }

// Held reports whether an outage has frozen the clock.
func (c Clock) Held() bool { return c.held }

// Start begins a turn of seat. A turn of another seat is stopped first; one
// of the same seat goes on as it was. On a held clock the turn begins frozen.
// Where a turn has days, it has no less than all of them.
func (c Clock) Start(seat game.Seat, at time.Time) Clock {
	if !c.has(seat) || c.Running() == seat {
		return c
	}
	c = c.Stop(at)
	if s := c.side(seat); c.control.Days > 0 && s.left < c.control.turn() {
		s.left = c.control.turn() // a turn that was taken back left less
		c = c.with(seat, s)
	}
	c.turn, c.since = int8(seat)+1, at.UnixMilli()
	return c
}

// Stop ends the running turn, and charges what has elapsed of it without
// compensation or increment, as for a takeback or the end of a game.
func (c Clock) Stop(at time.Time) Clock {
	seat := c.Running()
	if seat == game.NoSeat {
		return c
	}
	return c.charge(seat, c.cost(c.elapsed(at))).idle()
}

// Free ends a turn of seat that costs nothing and earns nothing, such as each
// player's first move. Lag reported with it touches no quota.
func (c Clock) Free(seat game.Seat) Clock {
	if c.turn == 0 || c.Running() != seat {
		return c
	}
	return c.idle()
}

// Hold freezes the clock because an outage began at the given time. What had
// elapsed by then stays elapsed, and nothing more runs until Release. Holding
// a held clock changes nothing.
func (c Clock) Hold(at time.Time) Clock {
	if c.held {
		return c
	}
	c.carried = c.elapsed(at)
	c.held = true
	return c
}

// Release lets a held clock go on from exactly where Hold froze it. It does
// nothing to a clock that is not held.
func (c Clock) Release(at time.Time) Clock {
	if !c.held {
		return c
	}
	c.since = at.UnixMilli()
	c.held = false
	return c
}

// idle returns c with nobody's turn.
func (c Clock) idle() Clock {
	c.turn, c.since, c.carried = 0, 0, 0
	return c
}

// has reports whether the table has the seat.
func (c Clock) has(seat game.Seat) bool { return seat >= 0 && int8(seat) < c.seats }

// side returns the time of a seat, which the table must have.
func (c Clock) side(seat game.Seat) side {
	if c.more != nil {
		return c.more[seat]
	}
	return c.pair[seat]
}

// with returns c with another side for a seat, which the table must have.
func (c Clock) with(seat game.Seat, s side) Clock {
	if c.more == nil {
		c.pair[seat] = s
		return c
	}
	c.more = append([]side(nil), c.more...)
	c.more[seat] = s
	return c
}

// charge takes d, which may exceed what is left, from a seat.
func (c Clock) charge(seat game.Seat, d time.Duration) Clock {
	if c.control.Unlimited() {
		return c
	}
	s := c.side(seat)
	s.left = max(0, s.left-max(0, d))
	return c.with(seat, s)
}

// elapsed is how much of the running turn has passed, in whole milliseconds.
func (c Clock) elapsed(at time.Time) time.Duration {
	if c.turn == 0 {
		return 0
	}
	if c.held {
		return c.carried
	}
	return min(maxTurn, c.carried+fromMillis(at.UnixMilli()-c.since))
}

// cost is what elapsed time takes from a clock: all but the delay.
func (c Clock) cost(elapsed time.Duration) time.Duration {
	return max(0, elapsed.Truncate(centi)-c.control.Delay)
}

// maxTurn bounds how long a turn can last, so that no sum overflows.
const maxTurn = time.Duration(math.MaxInt64 / 4)

// fromMillis turns milliseconds into a time from 0 to maxTurn.
func fromMillis(ms int64) time.Duration {
	return time.Duration(min(max(ms, 0), int64(maxTurn/time.Millisecond))) * time.Millisecond
}
