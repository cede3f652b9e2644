package httpapi

import "time"

// bucket is a rate limit for one goroutine, as rate.Limiter is for many: it
// begins full with burst tokens, and gets one every so often.
type bucket struct {
	// each is the time that one token takes.
	each  time.Duration
	burst int
	// empty is when the bucket was, or will be, without any token.
	empty time.Time
}

func newBucket(perSecond, burst int) bucket {
	return bucket{each: time.Second / time.Duration(perSecond), burst: burst}
}

// take takes a token, or returns how long to wait for one and takes none.
func (b *bucket) take(now time.Time) time.Duration {
	if full := now.Add(-b.each * time.Duration(b.burst)); b.empty.Before(full) {
		b.empty = full
	}
	if wait := b.empty.Add(b.each).Sub(now); wait > 0 {
		return wait
	}
	b.empty = b.empty.Add(b.each)
	return 0
}
