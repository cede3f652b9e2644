package cluster_test

import (
	"context"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/inmem"
)

// stalling is leases whose watches yield what was there at first and then, while
// they are stalled, nothing.
type stalling struct {
	inmem.Leases
	stalled atomic.Bool
}

func (s *stalling) Watch(ctx context.Context) iter.Seq2[[]cluster.Lease, error] {
	return func(yield func([]cluster.Lease, error) bool) {
		for leases, err := range s.Leases.Watch(ctx) {
			for s.stalled.Load() && ctx.Err() == nil {
				time.Sleep(time.Second)
			}
			if !yield(leases, err) {
				return
			}
		}
	}
}

// While nobody is told what is stored, nodes tell each other who owns what.
func TestKeeperStalledWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a, b, c := w.start(app(1)), w.start(app(2)), w.start(app(3))
		time.Sleep(20 * time.Second)
		synctest.Wait()
		w.leases.stalled.Store(true)
		c.die()
		w.mu.Lock()
		for p := range w.serves { // with the process
			delete(w.serves[p], "app-3")
		}
		w.mu.Unlock()
		w.wantServing("one was killed", 4*time.Second, "map[app-1:128 app-2:128]")
		all, _ := a.Map()
		if got := len(all.Of("app-2")); got != 128 {
			t.Errorf("the other is known to own %d, want 128", got)
		}
		w.leases.stalled.Store(false)
		time.Sleep(time.Second)
		a.end()
		b.end()
	})
}
