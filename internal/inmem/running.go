package inmem

import (
	"context"
	"sync"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// RunningTables is a cluster.RunningTables within one process. The zero
// RunningTables is ready to use.
type RunningTables struct {
	mu  sync.Mutex
	all map[table.ID]put
	// swept is when what is too old was last thrown away.
	swept time.Time
}

type put struct {
	cluster.Running
	until time.Time
}

var _ cluster.RunningTables = (*RunningTables)(nil)

// Put implements cluster.RunningTables.
func (r *RunningTables) Put(_ context.Context, tables ...cluster.Running) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	if r.all == nil {
		r.all = make(map[table.ID]put)
	}
	for _, t := range tables {
		r.all[t.Table] = put{t, now.Add(cluster.RunningLife)}
	}
	if now.Sub(r.swept) < cluster.RunningLife {
		return
	}
	r.swept = now
	for id, p := range r.all {
		if now.After(p.until) {
			delete(r.all, id)
		}
	}
}

// Drop implements cluster.RunningTables.
func (r *RunningTables) Drop(_ context.Context, ids ...table.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		delete(r.all, id)
	}
}

// Get implements cluster.RunningTables.
func (r *RunningTables) Get(_ context.Context, ids ...table.ID) map[table.ID]cluster.Running {
	r.mu.Lock()
	defer r.mu.Unlock()
	got := make(map[table.ID]cluster.Running)
	for _, id := range ids {
		if p, ok := r.all[id]; ok && time.Now().Before(p.until) {
			got[id] = p.Running
		}
	}
	return got
}
