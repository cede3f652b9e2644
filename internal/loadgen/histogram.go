package loadgen

import (
	"math/bits"
	"sync/atomic"
	"time"
)

// A Histogram counts lengths of time in buckets that are at most 1/64 wide of
// what they hold, from 1 microsecond to over an hour. The zero Histogram is
// empty. It is safe for concurrent use, and adding allocates nothing.
type Histogram struct {
	buckets [bucketCount]atomic.Uint64
	most    atomic.Int64
}

const (
	// subBits is how finely a power of two is divided.
	subBits     = 6
	subCount    = 1 << subBits
	bucketCount = (33 - subBits) * subCount
)

// Add counts one length. A negative one counts as zero.
func (h *Histogram) Add(d time.Duration) {
	d = max(0, d)
	h.buckets[bucketOf(d)].Add(1)
	for {
		most := h.most.Load()
		if int64(d) <= most || h.most.CompareAndSwap(most, int64(d)) {
			return
		}
	}
}

// bucketOf returns the place of a length, in microseconds. The first 64 have
// one each; then every power of two has 64.
func bucketOf(d time.Duration) int {
	us := uint64(d / time.Microsecond)
	if us < subCount {
		return int(us)
	}
	shift := bits.Len64(us) - subBits - 1
	return min(shift*subCount+int(us>>shift), bucketCount-1)
}

// ceiling is the longest length that a bucket holds.
func ceiling(bucket int) time.Duration {
	if bucket < 2*subCount {
		return time.Duration(bucket+1)*time.Microsecond - 1
	}
	shift := bucket/subCount - 1
	from := uint64(bucket-shift*subCount) << shift
	return time.Duration(from+1<<shift)*time.Microsecond - 1
}

// Count returns how many were added.
func (h *Histogram) Count() uint64 {
	var n uint64
	for i := range h.buckets {
		n += h.buckets[i].Load()
	}
	return n
}

// Quantile returns a length that the given share of all, from 0 to 1, does not
// exceed; at most 1/64 too long. It is zero when nothing was added.
func (h *Histogram) Quantile(share float64) time.Duration {
	total := h.Count()
	rank := uint64(share * float64(total))
	if float64(rank) < share*float64(total) || rank == 0 {
		rank++
	}
	var n uint64
	for i := range h.buckets {
		if n += h.buckets[i].Load(); n >= rank {
			return min(ceiling(i), h.Max())
		}
	}
	return h.Max()
}

// Max returns the longest length, exactly.
func (h *Histogram) Max() time.Duration { return time.Duration(h.most.Load()) }
