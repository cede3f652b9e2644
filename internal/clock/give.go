package clock

import (
	"errors"
	"fmt"
	"time"

	"kibitz/internal/game"
)

// ErrGive is wrapped, with a reason a person can read, by every refusal of
// Give.
var ErrGive = errors.New("cannot give time")

// GiveStep is what a player gives the opponent at a time (chess.md 2.1).
const GiveStep = 15 * time.Second

// giveBelow is where a clock is full: it is given nothing more. A clock of days
// is with a day more than a turn has.
const giveBelow = 2 * time.Hour

// fullAt is giveBelow for a control.
func (c Control) fullAt() time.Duration {
	if c.Days > 0 {
		return c.turn() + Day
	}
	return giveBelow
}

// Give adds time to the clock of a seat, running or not. It refuses, with
// ErrGive, when that clock held 2 h or more at the start of its turn, or where a
// turn has days, a day more than that. Of d only whole centiseconds count.
func (c Clock) Give(seat game.Seat, d time.Duration) (Clock, error) {
	d = d.Truncate(centi)
	switch {
	case c.control.Unlimited():
		return c, fmt.Errorf("%w: this game has no clock", ErrGive)
	case !c.has(seat):
		return c, fmt.Errorf("%w: there is no seat %d", ErrGive, seat)
	case d <= 0 || d > c.control.fullAt():
		return c, fmt.Errorf("%w: %v is not between 10ms and %v", ErrGive, d, c.control.fullAt())
	}
	s := c.side(seat)
	if full := c.control.fullAt(); s.left >= full {
		return c, fmt.Errorf("%w: the clock already holds %v", ErrGive, full)
	}
	s.left += d
	return c.with(seat, s), nil
}

// Refill adds time to the clock of a seat, up to what it began with. It does
// nothing where there is no clock or no such seat.
func (c Clock) Refill(seat game.Seat, d time.Duration) Clock {
	if c.control.Unlimited() || !c.has(seat) || d <= 0 {
		return c
	}
	s := c.side(seat)
	s.left = max(s.left, min(s.left+d.Truncate(centi), c.control.start()))
	return c.with(seat, s)
}

// Renew gives a seat the clock of a new player.
func (c Clock) Renew(seat game.Seat) Clock {
	if !c.has(seat) {
		return c
	}
	return c.with(seat, c.control.full())
}
