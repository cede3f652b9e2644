package loadgen

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestQuantilesAreCloseAndNeverShort(t *testing.T) {
	var h Histogram
	random := rand.New(rand.NewPCG(1, 1))
	var all []time.Duration
	for range 20_000 {
		d := time.Duration(random.ExpFloat64() * float64(3*time.Millisecond))
		all = append(all, d)
		h.Add(d)
	}
	slices.Sort(all)
	for _, share := range []float64{0.001, 0.5, 0.9, 0.99, 0.999, 1} {
		want := all[max(0, int(share*float64(len(all)))-1)]
		got := h.Quantile(share)
		if got < want || got > want+want/subCount+time.Microsecond {
			t.Errorf("quantile %v: got %v, want %v and at most 1/64 more", share, got, want)
		}
	}
	if got, want := h.Max(), all[len(all)-1]; got != want {
		t.Errorf("max: got %v, want %v", got, want)
	}
	if got, want := h.Count(), uint64(len(all)); got != want {
		t.Errorf("count: got %d, want %d", got, want)
	}
}

func TestEveryLengthIsInItsBucket(t *testing.T) {
	for us := time.Duration(0); us < 1<<32; us += us/97 + 1 {
		d := us * time.Microsecond
		b := bucketOf(d)
		if d > ceiling(b) || b > 0 && d <= ceiling(b-1) {
			t.Fatalf("%v is in bucket %d of %v to %v", d, b, ceiling(b-1), ceiling(b))
		}
	}
}

func TestHistogramBounds(t *testing.T) {
	for _, row := range []struct {
		name string
		add  []time.Duration
		want time.Duration
	}{
		{"nothing", nil, 0},
		{"negative", []time.Duration{-time.Second}, 0},
		{"one", []time.Duration{5 * time.Millisecond}, 5 * time.Millisecond},
		{"beyond the last bucket", []time.Duration{100 * time.Hour}, ceiling(bucketCount - 1)},
	} {
		var h Histogram
		for _, d := range row.add {
			h.Add(d)
		}
		if got := h.Quantile(0.5); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

func TestAddAllocatesNothing(t *testing.T) {
	var h Histogram
	if got := testing.AllocsPerRun(100, func() { h.Add(time.Millisecond) }); got != 0 {
		t.Errorf("got %v allocations, want 0", got)
	}
}
