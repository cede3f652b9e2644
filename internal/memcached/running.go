package memcached

import (
	"context"
	"encoding/json"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// Running is a cluster.RunningTables in memcached.
type Running struct{ cache *Cache }

var _ cluster.RunningTables = Running{}

// NewRunning keeps running tables in the cache.
func NewRunning(c *Cache) Running { return Running{c} }

func tableKey(id table.ID) string { return "table:" + string(id) }

// runningPage is how many tables are asked for in one line.
const runningPage = 100

// Put implements cluster.RunningTables.
func (r Running) Put(ctx context.Context, tables ...cluster.Running) {
	for _, t := range tables {
		b, err := json.Marshal(t)
		if err != nil || ctx.Err() != nil {
			continue
		}
		r.cache.set(tableKey(t.Table), b, cluster.RunningLife)
	}
}

// Drop implements cluster.RunningTables.
func (r Running) Drop(ctx context.Context, ids ...table.ID) {
	for _, id := range ids {
		if ctx.Err() == nil {
			r.cache.remove(tableKey(id))
		}
	}
}

// Get implements cluster.RunningTables.
func (r Running) Get(ctx context.Context, ids ...table.ID) map[table.ID]cluster.Running {
	all := make(map[table.ID]cluster.Running)
	for len(ids) > 0 && ctx.Err() == nil {
		var keys []string
		n := min(len(ids), runningPage)
		for _, id := range ids[:n] {
			if _, err := table.ParseID(string(id)); err == nil {
				keys = append(keys, tableKey(id))
			}
		}
		ids = ids[n:]
		for _, b := range r.cache.many(keys) {
			var t cluster.Running
			if json.Unmarshal(b, &t) == nil {
				all[t.Table] = t
			}
		}
	}
	return all
}
