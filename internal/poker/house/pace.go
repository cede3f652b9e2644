package house

import (
	"time"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// The shortest and the longest pause before a decision is seen.
const (
	minPause = 600 * time.Millisecond
	maxPause = 4 * time.Second
)

// Pause returns how long a decision should seem to take, from 0.6 to 4 seconds:
// longer where it was close, and never the same. A host takes less where less
// time is left.
func (d Decision) Pause(chance eval.Chance) time.Duration {
	const steps = 1000
	roll := float64(chance.IntN(steps)) / steps
	spread := float64(maxPause - minPause)
	base := 0.03
	if d.Type == string(poker.Bet) || d.Type == string(poker.Raise) {
		base = 0.1
	}
	part := base + (1-base)*d.Hard*(0.35+0.65*roll) + 0.12*roll
	return minPause + time.Duration(spread*min(1, part))
}
