package scale

import (
	"testing"
	"time"
)

// TestLag prints how far the archive falls behind, and holds it against what can
// be said by hand.
func TestLag(t *testing.T) {
	rows := []struct {
		name   string
		rate   float64
		outage time.Duration
		keeps  bool
		steady [2]time.Duration // from and to
	}{
		{"1,000 games, a worker that was killed", 100, 3 * time.Second, true, [2]time.Duration{500 * time.Millisecond, 600 * time.Millisecond}},
		{"10,000 games, a worker that was killed", 1_000, 3 * time.Second, true, [2]time.Duration{500 * time.Millisecond, 700 * time.Millisecond}},
		{"10,000 games, an hour without PostgreSQL", 1_000, time.Hour, true, [2]time.Duration{500 * time.Millisecond, 700 * time.Millisecond}},
		{"a 32nd of a million games, a worker that was killed", 3_125, 3 * time.Second, true, [2]time.Duration{700 * time.Millisecond, 2 * time.Second}},
		{"a 32nd of a million games, an hour without PostgreSQL", 3_125, time.Hour, true, [2]time.Duration{700 * time.Millisecond, 2 * time.Second}},
		{"100,000 games", 10_000, 0, false, [2]time.Duration{}},
	}
	for _, row := range rows {
		q := Following(row.rate)
		if got := q.Keeps(); got != row.keeps {
			t.Errorf("%s: keeps %v, want %v", row.name, got, row.keeps)
		}
		if !row.keeps {
			t.Logf("%s: one worker is too slow", row.name)
			continue
		}
		got := q.After(row.outage)
		t.Logf("%s: a lag of %v, %v after %v of nothing, and caught up in %v", row.name, got.Steady.Round(time.Millisecond), got.Worst.Round(time.Millisecond), row.outage, got.CaughtUp.Round(time.Second))
		if got.Steady < row.steady[0] || got.Steady > row.steady[1] {
			t.Errorf("%s: a lag of %v, want %v to %v", row.name, got.Steady, row.steady[0], row.steady[1])
		}
		if got.Worst < row.outage || got.Worst > row.outage+got.Steady+3*time.Second {
			t.Errorf("%s: a lag of %v after %v", row.name, got.Worst, row.outage)
		}
		// What came meanwhile and comes on is stored at what the worker has to spare.
		full := float64(q.Batch) / (q.PerBatch + time.Duration(q.Batch)*q.PerRecord).Seconds()
		byHand := time.Duration(row.outage.Seconds() * row.rate / (full - row.rate) * float64(time.Second))
		if got.CaughtUp < byHand*9/10 || got.CaughtUp > byHand*12/10+5*time.Second {
			t.Errorf("%s: caught up in %v, want about %v", row.name, got.CaughtUp, byHand)
		}
	}
}
