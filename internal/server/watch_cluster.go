package server

import (
	"kibitz/internal/cluster"
	"kibitz/internal/memcached"
	"kibitz/internal/sqlstore"
)

// surroundings is what a node of a cluster sees around it.
type surroundings struct {
	// connected reports whether a NATS server answers.
	connected func() bool
	nodes     func() []cluster.Node
	leases    func() (cluster.Map, bool)
	// caches is nil where there is no memcached.
	caches func() []memcached.ServerState
}

// around returns what a process sees through its watcher.
func (s *shared) around(w *cluster.Watcher) surroundings {
	return surroundings{connected: s.client.Connected, nodes: w.Nodes, leases: w.Map}
}

// stored adds what the stores of a process say.
func (a surroundings) stored(s *stores) surroundings {
	if s.cache != nil {
		a.caches = s.cache.States
	}
	return a
}

// gaugeCluster shows the cluster as one node sees it.
func (w *watch) gaugeCluster(a surroundings) {
	if w == nil {
		return
	}
	w.metrics.Gauge("nats_connected", "Whether a NATS server answers: 1 or 0.", func() int { return one(a.connected()) })
	w.metrics.Gauges("cluster_nodes", "Nodes that live, by role, as this one sees it.", "role", func() map[string]float64 {
		all := map[string]float64{string(cluster.App): 0, string(cluster.Gateway): 0, string(cluster.Worker): 0}
		for _, n := range a.nodes() {
			all[string(n.Role)]++
		}
		return all
	})
	w.metrics.Gauge("cluster_partitions_without_owner", "Partitions of which no node that lives has the tables, as this one sees it.",
		func() int { return orphans(a) })
	if a.caches != nil {
		w.gaugeCaches(a.caches)
	}
}

// gaugePartitions shows how many partitions an app server has.
func (w *watch) gaugePartitions(owned func() int) {
	w.metrics.Gauge("partitions", "Partitions whose tables this node has.", owned)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// orphans counts the partitions without an owner that lives.
func orphans(a surroundings) int {
	leases, known := a.leases()
	if !known {
		return len(leases)
	}
	alive := make(map[cluster.NodeID]bool)
	for _, n := range a.nodes() {
		alive[n.ID] = true
	}
	n := 0
	for _, l := range leases {
		n += one(!alive[l.Owner])
	}
	return n
}

// gaugeDatabase shows the connections to the database.
func (w *watch) gaugeDatabase(stats func() sqlstore.Pool) {
	w.metrics.Gauge("database_up", "Whether the database answered when it was asked the last time: 1 or 0.", func() int { return one(!stats().Away) })
	w.metrics.Gauges("database_connections", "Connections to the database, by what they do: busy, idle, or most of all.", "state", func() map[string]float64 {
		is := stats()
		return map[string]float64{"busy": float64(is.Busy), "idle": float64(is.Idle), "most": float64(is.Most)}
	})
	w.metrics.Counter("database_waits_total", "What waited for a connection to the database.", func() int64 { return stats().Waits })
}

// gaugeCaches shows the memcached servers.
func (w *watch) gaugeCaches(states func() []memcached.ServerState) {
	each := func(of func(memcached.ServerState) int64) func() map[string]float64 {
		return func() map[string]float64 {
			all := make(map[string]float64)
			for _, s := range states() {
				all[s.Addr] = float64(of(s))
			}
			return all
		}
	}
	w.metrics.Gauges("cache_up", "Whether a memcached server answers: 1 or 0.", "server",
		each(func(s memcached.ServerState) int64 { return int64(one(!s.Down)) }))
	w.metrics.Counters("cache_hits_total", "What a memcached server knew.", "server", each(func(s memcached.ServerState) int64 { return s.Hits }))
	w.metrics.Counters("cache_misses_total", "What a memcached server did not know, or was not asked while it is down.", "server",
		each(func(s memcached.ServerState) int64 { return s.Misses }))
	w.metrics.Counters("cache_failures_total", "Questions that a memcached server did not answer in time.", "server",
		each(func(s memcached.ServerState) int64 { return s.Failures }))
}
