package clock

import (
	"time"

	"kibitz/internal/game"
)

// FlagAt is when the server must look whether the running flag has fallen: the
// first time at which Flagged is true with grace. There is none when nobody's
// turn runs, the clock is held, or there is no clock.
func (c Clock) FlagAt() (time.Time, bool) {
	if !c.ticking() {
		return time.Time{}, false
	}
	return time.UnixMilli(c.since).Add(c.allowed(true) - c.carried), true
}

// Flagged reports whether the running flag has fallen. With grace, a move that
// may still be under way is waited for, as long as its lag could be
// compensated and at most 2 s. There is no grace when the player whose time is
// up claims it. A flag that had fallen stays fallen while the clock is held.
func (c Clock) Flagged(at time.Time, grace bool) bool {
	if c.turn == 0 || c.control.Unlimited() {
		return false
	}
	return c.elapsed(at) >= c.allowed(grace)
}

// allowed is how long the running turn may last.
func (c Clock) allowed(grace bool) time.Duration {
	s := c.side(c.Running())
	allowed := s.left + c.control.Delay
	if grace {
		allowed += min(s.quota, graceAtMost)
	}
	return allowed
}

// ticking reports whether somebody's time runs now.
func (c Clock) ticking() bool {
	return c.turn != 0 && !c.held && !c.control.Unlimited()
}

// Remaining is the time of a seat that a viewer should see: whole
// milliseconds, without any compensation to come, and never below zero. It is
// zero for a seat that the table does not have, and when there is no clock.
func (c Clock) Remaining(seat game.Seat, at time.Time) time.Duration {
	if !c.has(seat) || c.control.Unlimited() {
		return 0
	}
	left := c.side(seat).left
	if c.Running() != seat {
		return left
	}
	return max(0, left-max(0, c.elapsed(at)-c.control.Delay))
}

// State is a clock as a viewer sees it at one moment. Everybody may know it.
type State struct {
	// At is the moment.
	At time.Time
	// Remaining is the time of every seat; it is nil when there is no clock.
	Remaining []time.Duration
	// Delay is how much of the running turn is still free. Until it is used
	// up, no Remaining counts down.
	Delay time.Duration
	// Running is whose turn it is, or NoSeat.
	Running game.Seat
	// Held means that an outage has frozen the clock.
	Held bool
}

// State returns what a viewer should see at the given time.
func (c Clock) State(at time.Time) State {
	s := State{At: at, Running: c.Running(), Held: c.held}
	if c.control.Unlimited() {
		return s
	}
	s.Remaining = make([]time.Duration, c.seats)
	for i := range s.Remaining {
		s.Remaining[i] = c.Remaining(game.Seat(i), at)
	}
	if c.turn != 0 {
		s.Delay = max(0, c.control.Delay-c.elapsed(at))
	}
	return s
}
