package httpapi

import (
	"testing"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"
)

// TestBucket compares a bucket with a rate.Limiter, to the microsecond.
func TestBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		perSecond := rapid.IntRange(1, 100).Draw(t, "per second")
		burst := rapid.IntRange(1, 100).Draw(t, "burst")
		b, l := newBucket(perSecond, burst), rate.NewLimiter(rate.Limit(perSecond), burst)
		now := time.UnixMilli(1_700_000_000_000)
		for range 200 {
			// Times at which no token is just about to come.
			now = now.Add(time.Duration(rapid.IntRange(0, 40).Draw(t, "ms"))*time.Millisecond + 17*time.Microsecond)
			got, want := b.take(now), take(l, now)
			if (got - want).Abs() > time.Microsecond {
				t.Fatalf("at %v of %d a second, %d at once: wait %v, want %v", now, perSecond, burst, got, want)
			}
		}
	})
}
