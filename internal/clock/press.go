package clock

import (
	"time"

	"kibitz/internal/game"
)

// Press is the outcome of a turn, as a record stores it. Its times are whole
// centiseconds.
type Press struct {
	// Seat is who moved. The Press of NoSeat changes nothing.
	Seat game.Seat
	// Spent is what the turn takes from the clock, after compensation and
	// delay and before the increment.
	Spent time.Duration
	// Comp is the lag that was compensated; it is taken from the quota.
	Comp time.Duration
	// Gain is what the quota grows by, or zero for all that the control
	// allows. It depends on the frame lag of the moment, so a replay needs it.
	Gain time.Duration
	// Flagged means that the time was up when the move arrived: the move does
	// not count, the clock shows zero, and there is no increment. A record may
	// leave it out: a move that counts was in time.
	Flagged bool
}

// Judge says what the running turn costs when the move arrived at the given
// time. It changes nothing. When nobody's turn runs, the seat is NoSeat; when
// there is no clock, everything but the seat is zero.
func (c Clock) Judge(at time.Time, r Report) Press {
	seat := c.Running()
	if seat == game.NoSeat || c.control.Unlimited() {
		return Press{Seat: seat}
	}
	s := c.side(seat)
	elapsed := c.elapsed(at).Truncate(centi)
	comp := min(r.lag(elapsed), s.quota)
	return Press{
		Seat:    seat,
		Spent:   c.cost(elapsed - comp),
		Comp:    comp,
		Gain:    c.control.gain(r.FrameLag),
		Flagged: elapsed-comp >= s.left+c.control.Delay,
	}
}

// Apply ends a turn with what Judge said of it, now or in a replay, and starts
// no other. A seat that the table does not have is left out.
func (c Clock) Apply(p Press) Clock {
	if !c.has(p.Seat) {
		return c
	}
	if c.Running() == p.Seat {
		c = c.idle()
	}
	if c.control.Unlimited() {
		return c
	}
	return c.with(p.Seat, c.side(p.Seat).pressed(p, c.control))
}

// pressed returns the side after a turn. Negative times, which Judge never
// gives, count as zero.
func (s side) pressed(p Press, control Control) side {
	gain := p.Gain
	if gain <= 0 {
		gain = control.maxGain()
	}
	s.quota = max(0, s.quota-max(0, p.Comp))
	s.quota = min(quotaAtMost*control.maxGain(), s.quota+min(gain, control.maxGain()))
	if p.Flagged || p.Spent >= s.left {
		s.left = 0
		return s
	}
	s.left += control.Increment - max(0, p.Spent)
	if control.Days > 0 {
		s.left = control.turn() // what was given is used up with the turn
	}
	return s
}
