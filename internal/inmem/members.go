package inmem

import (
	"context"
	"iter"
	"sync"
	"time"

	"kibitz/internal/cluster"
)

// Members is a cluster.Members within one process. The zero Members is ready
// to use.
type Members struct {
	mu      sync.Mutex
	turn    uint64
	all     map[cluster.NodeID]signed
	changed news
}

// signed is a sign with the turn in which it came.
type signed struct {
	cluster.Sign
	turn uint64
}

var _ cluster.Members = (*Members)(nil)

// Renew implements cluster.Members.
func (m *Members) Renew(ctx context.Context, n cluster.Node) error {
	return m.put(ctx, cluster.Sign{Node: n, At: time.Now()})
}

// Leave implements cluster.Members.
func (m *Members) Leave(ctx context.Context, id cluster.NodeID) error {
	return m.put(ctx, cluster.Sign{Node: cluster.Node{ID: id}, At: time.Now(), Left: true})
}

func (m *Members) put(ctx context.Context, s cluster.Sign) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = make(map[cluster.NodeID]signed)
	}
	m.turn++
	m.all[s.Node.ID] = signed{s, m.turn}
	m.changed.tell()
	return nil
}

// Watch implements cluster.Members.
func (m *Members) Watch(ctx context.Context) iter.Seq2[[]cluster.Sign, error] {
	return func(yield func([]cluster.Sign, error) bool) {
		told := uint64(0)
		for first := true; ctx.Err() == nil; first = false {
			m.mu.Lock()
			var fresh []cluster.Sign
			for _, s := range m.all {
				if s.turn > told && !(first && s.Left) {
					fresh = append(fresh, s.Sign)
				}
			}
			told = m.turn
			changed := m.changed.wait()
			m.mu.Unlock()
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
