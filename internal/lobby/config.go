package lobby

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
)

// QuickControls returns the time controls of the pools (ux.md 1).
func QuickControls() []clock.Control {
	var all []clock.Control
	for _, c := range []struct{ minutes, seconds time.Duration }{
		{1, 0}, {2, 1}, {3, 0}, {3, 2}, {5, 0}, {5, 3}, {10, 0}, {10, 5}, {15, 10}, {30, 0}, {30, 20},
	} {
		all = append(all, clock.Control{Initial: c.minutes * time.Minute, Increment: c.seconds * time.Second})
	}
	return all
}

func (c Config) withDefaults() Config {
	if c.Pools == nil {
		c.Pools = QuickControls()
	}
	if c.Counts == nil {
		c.Counts = func() (int, int) { return 0, 0 }
	}
	if c.CountEvery <= 0 {
		c.CountEvery = 2 * time.Second
	}
	if c.Mine == nil {
		c.Mine = func(context.Context, account.ID) []byte { return nil }
	}
	if c.Every <= 0 {
		c.Every = 500 * time.Millisecond
	}
	if c.People == nil {
		c.People = nobody{}
	}
	if c.WaveEvery <= 0 {
		c.WaveEvery = 3 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	return c
}
