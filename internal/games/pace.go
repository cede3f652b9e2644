package games

import (
	"context"
	"time"

	"kibitz/internal/host"
)

// How long the house takes over a move, and over working it out.
const (
	maxPause = 2500 * time.Millisecond
	// pauseShare is the part of its time that a move may pause for, and
	// hurry the time below which the house plays as fast as it can.
	pauseShare = 100
	hurry      = 20 * time.Second
	// openingPlies are played twice as fast.
	openingPlies = 12

	maxBudget   = 3 * time.Second
	minBudget   = 10 * time.Millisecond
	budgetShare = 30
)

// left returns the time of the seat that is to play, and false when there is
// no clock.
func left(turn host.Turn) (time.Duration, bool) {
	if turn.Clocks == nil || int(turn.Seat) >= len(turn.Clocks.Remaining) {
		return 0, false
	}
	return turn.Clocks.Remaining[turn.Seat] + turn.Clocks.Delay, true
}

// pause returns how long a move should take to look like a person's: from a
// quarter to all of what the clock allows, and nothing in time trouble.
func pause(turn host.Turn, roll func(n int) int) time.Duration {
	most := maxPause
	if time, ok := left(turn); ok {
		if time < hurry {
			return 0
		}
		most = min(most, time/pauseShare)
	}
	if turn.Ply < openingPlies {
		most /= 2
	}
	return most/4 + time.Duration(roll(int(most-most/4)+1))
}

// budget returns how long a move may be worked out, so that the clock lasts
// for the game.
func budget(turn host.Turn) time.Duration {
	time, ok := left(turn)
	if !ok {
		return maxBudget
	}
	return min(maxBudget, max(minBudget, time/budgetShare))
}

// wait returns after d, or with the context's error when ctx is done before.
func wait(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
