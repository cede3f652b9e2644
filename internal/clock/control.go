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
	// Days is the time of every turn by itself, in days, for games by
	// correspondence. It excludes all others.
	Days int
}

// Day is the unit of correspondence.
const Day = 24 * time.Hour

// DayChoices lists the days a turn that the server offers.
var DayChoices = [...]int{1, 2, 3, 5, 7, 10, 14}

// The limits of chess.md 2.1.
const (
	maxInitial   = 180 * time.Minute
	maxIncrement = 180 * time.Second
	maxDelay     = 60 * time.Second
	// minStart is what a player starts with at least when there is only an
	// increment.
	minStart = 3 * time.Second
)

// lowOfDays is where a clock of days begins to warn.
const lowOfDays = time.Hour

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
	case c.Days != 0:
		return c.validateDays()
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

// validateDays is Validate for a game by correspondence.
func (c Control) validateDays() error {
	if c != (Control{Days: c.Days}) {
		return fmt.Errorf("%w: days a turn and time for the game; choose one of the two", ErrControl)
	}
	if !slices.Contains(DayChoices[:], c.Days) {
		return fmt.Errorf("%w: %d days a turn; choose 1, 2, 3, 5, 7, 10 or 14", ErrControl, c.Days)
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
// initial time and 40 increments, delays or turns of days. It is zero when there
// is no clock.
func (c Control) Estimate() time.Duration {
	return c.Initial + movesExpected*(c.Increment+c.Delay+c.turn())
}

// turn is the time that every turn has by itself.
func (c Control) turn() time.Duration { return time.Duration(max(c.Days, 0)) * Day }

// start is what every player has before the first move.
func (c Control) start() time.Duration {
	if c.Days > 0 {
		return c.turn()
	}
	if c.Initial == 0 && c.Increment > 0 {
		return max(c.Increment, minStart)
	}
	return c.Initial
}

// Low is where a clock begins to warn its player: a tenth of the initial time,
// within 5 s and 30 s (ux.md 2.3); an hour where a turn has days. It is zero
// when there is no clock.
func Low(c Control) time.Duration {
	if c.Unlimited() {
		return 0
	}
	if c.Days > 0 {
		return lowOfDays
	}
	return min(max(c.Initial/10, 5*time.Second), 30*time.Second)
}
