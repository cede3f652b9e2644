package clock

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// ErrControl is wrapped, with a reason a person can read, by every refusal of
// a time control.
var ErrControl = errors.New("bad time control")

// Control is how much time the players of a game have. The zero Control means
// that there is no clock.
type Control struct {
	// Initial is what every player starts with. With zero and an increment the
	// start is the increment, at least 3 s.
	Initial time.Duration
	// Increment is added after every move (Fischer).
	Increment time.Duration
	// Delay is the part of every turn that is free (simple delay). It is not
	// saved up.
	Delay time.Duration
}

// The limits of chess.md 2.1.
const (
	maxInitial   = 180 * time.Minute
	maxIncrement = 180 * time.Second
	maxDelay     = 60 * time.Second
	// minStart is what a player starts with at least when there is only an
	// increment.
	minStart = 3 * time.Second
)

// movesExpected is the length of game that an estimate assumes.
const movesExpected = 40

// Unlimited reports whether there is no clock at all.
func (c Control) Unlimited() bool { return c == Control{} }

// Validate refuses, with ErrControl, what the server does not offer for chess.
// Having no clock is valid.
func (c Control) Validate() error {
	switch {
	case c.Unlimited():
		return nil
	case !offered(c.Initial):
		return fmt.Errorf("%w: initial time %v; choose 0, 15, 30, 45, 60 or 90 seconds or 2 to 180 whole minutes", ErrControl, c.Initial)
	case !wholeSeconds(c.Increment, maxIncrement):
		return fmt.Errorf("%w: increment %v; choose 0 to 180 whole seconds", ErrControl, c.Increment)
	case !wholeSeconds(c.Delay, maxDelay):
		return fmt.Errorf("%w: delay %v; choose 0 to 60 whole seconds", ErrControl, c.Delay)
	case c.Increment > 0 && c.Delay > 0:
		return fmt.Errorf("%w: increment %v and delay %v; choose one of the two", ErrControl, c.Increment, c.Delay)
	case c.Initial == 0 && c.Increment == 0:
		return fmt.Errorf("%w: a delay of %v and no initial time; add initial time", ErrControl, c.Delay)
	}
	return nil
}

// offered reports whether d is one of the initial times.
func offered(d time.Duration) bool {
	if d >= 2*time.Minute {
		return d <= maxInitial && d%time.Minute == 0
	}
	return slices.Contains([]time.Duration{0, 15 * time.Second, 30 * time.Second, 45 * time.Second, time.Minute, 90 * time.Second}, d)
}

// wholeSeconds reports whether d is a whole number of seconds from 0 to most.
func wholeSeconds(d, most time.Duration) bool {
	return d >= 0 && d <= most && d%time.Second == 0
}

// Estimate is how long a player can be expected to think in a whole game: the
// initial time and 40 increments or delays. It is zero when there is no clock.
func (c Control) Estimate() time.Duration {
	return c.Initial + movesExpected*(c.Increment+c.Delay)
}

// start is what every player has before the first move.
func (c Control) start() time.Duration {
	if c.Initial == 0 && c.Increment > 0 {
		return max(c.Increment, minStart)
	}
	return c.Initial
}

// Low is where a clock begins to warn its player: a tenth of the initial time,
// within 5 s and 30 s (ux.md 2.3). It is zero when there is no clock.
func Low(c Control) time.Duration {
	if c.Unlimited() {
		return 0
	}
	return min(max(c.Initial/10, 5*time.Second), 30*time.Second)
}
