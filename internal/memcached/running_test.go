package memcached_test

import (
	"testing"

	"kibitz/internal/cluster"
	"kibitz/internal/cluster/clustertest"
	"kibitz/internal/memcached"
	"kibitz/internal/memcached/memcachedtest"
)

func TestRunning(t *testing.T) {
	a, b := memcachedtest.Start(t), memcachedtest.Start(t)
	clustertest.RunningTables(t, func(t *testing.T) cluster.RunningTables {
		return memcached.NewRunning(mustCache(t, a, b))
	})
}

// Without a server nothing is known, and nothing fails.
func TestRunningWithoutServers(t *testing.T) {
	dead := memcachedtest.Start(t)
	dead.Kill()
	r := memcached.NewRunning(mustCache(t, dead))
	r.Put(t.Context(), cluster.Running{Table: "R0000001"})
	r.Drop(t.Context(), "R0000002")
	if got := r.Get(t.Context(), "R0000001"); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
