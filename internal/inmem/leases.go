package inmem

import (
	"context"
	"iter"
	"sync"
	"time"

	"kibitz/internal/cluster"
)

// Leases is a cluster.Leases within one process. The zero Leases is ready to
// use.
type Leases struct {
	mu      sync.Mutex
	epoch   uint64
	all     map[int]cluster.Lease
	changed news
}

var _ cluster.Leases = (*Leases)(nil)

// Assign implements cluster.Leases.
func (l *Leases) Assign(ctx context.Context, was cluster.Lease, to cluster.NodeID, seen time.Time) (cluster.Lease, error) {
	if err := ctx.Err(); err != nil {
		return cluster.Lease{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.all[was.Partition].Epoch != was.Epoch {
		return cluster.Lease{}, cluster.ErrTaken
	}
	if l.all == nil {
		l.all = make(map[int]cluster.Lease)
	}
	l.epoch++
	next := cluster.Lease{Partition: was.Partition, Owner: to, Epoch: l.epoch}
	if !seen.IsZero() {
		next.Seen = seen.Truncate(time.Millisecond).UTC()
	}
	l.all[was.Partition] = next
	l.changed.tell()
	return next, nil
}

// Read implements cluster.Leases.
func (l *Leases) Read(ctx context.Context, partition int) (cluster.Lease, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.all[partition]
	now.Partition = partition
	return now, ctx.Err()
}

// Watch implements cluster.Leases.
func (l *Leases) Watch(ctx context.Context) iter.Seq2[[]cluster.Lease, error] {
	return func(yield func([]cluster.Lease, error) bool) {
		told := make(map[int]uint64)
		for first := true; ctx.Err() == nil; first = false {
			l.mu.Lock()
			var fresh []cluster.Lease
			for p, lease := range l.all {
				if told[p] != lease.Epoch {
					told[p] = lease.Epoch
					fresh = append(fresh, lease)
				}
			}
			changed := l.changed.wait()
			l.mu.Unlock()
			if (first || len(fresh) > 0) && !yield(fresh, nil) {
				return
			}
			select {
			case <-changed:
			case <-ctx.Done():
			}
		}
	}
}

// news wakes those who wait for a change. Its owner's lock guards it.
type news struct{ changed chan struct{} }

func (n *news) wait() <-chan struct{} {
	if n.changed == nil {
		n.changed = make(chan struct{})
	}
	return n.changed
}

func (n *news) tell() {
	if n.changed != nil {
		close(n.changed)
		n.changed = nil
	}
}
