package server

import (
	"context"
	"math"
	"runtime"
	"sync/atomic"
	"time"
)

// load is how busy the processors are with this process, as of a moment ago.
type load struct{ share atomic.Uint64 }

// busy returns it, from 0 to 1.
func (l *load) busy() float64 { return math.Float64frombits(l.share.Load()) }

// loadEvery is the time between two looks.
const loadEvery = time.Second

// run looks until ctx is done.
func (l *load) run(ctx context.Context) {
	ticker := time.NewTicker(loadEvery)
	defer ticker.Stop()
	at, used := time.Now(), processorTime()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		now, more := time.Now(), processorTime()
		share := (more - used).Seconds() / now.Sub(at).Seconds() / float64(runtime.NumCPU())
		l.share.Store(math.Float64bits(min(max(share, 0), 1)))
		at, used = now, more
	}
}
