package server

import (
	"context"
	"encoding/json"
	"hash/maphash"
	"slices"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/memcached"
	"kibitz/internal/table"
)

// How often a node looks who is at its tables, and how long what it has put
// into the cache stays as it is: well below cluster.RunningLife, so that a cache
// that was lost is soon as full as before.
const (
	bookEvery  = 2 * time.Second
	renewEvery = 20 * time.Second
)

// book is what a node has told the cache of its running tables. One goroutine
// uses it.
type book struct {
	seed maphash.Seed
	told map[table.ID]entry
	// down says that some cache server was away when last looked at.
	down bool
}

// entry is a sum of what was put, and when.
type entry struct {
	sum uint64
	at  time.Time
}

// run keeps the cache informed until ctx is done.
func (b *book) run(ctx context.Context, n *appNode) {
	if n.server.stores.cache == nil {
		return
	}
	cache := memcached.NewRunning(n.server.stores.cache)
	b.seed, b.told = maphash.MakeSeed(), make(map[table.ID]entry)
	ticker := time.NewTicker(bookEvery)
	defer ticker.Stop()
	for {
		select {
		case now := <-ticker.C:
			b.refill(n.server.stores.cache)
			news, over := b.news(n.runningHere(now), now)
			cache.Put(ctx, news...)
			cache.Drop(ctx, slices.DeleteFunc(over, func(id table.ID) bool { return !n.has(id) })...) // else its new owner writes
		case <-ctx.Done():
			return
		}
	}
}

// refill forgets what was told when a cache server comes back, as that has
// forgotten it, too.
func (b *book) refill(cache *memcached.Cache) {
	before := b.down
	b.down = slices.ContainsFunc(cache.States(), func(s memcached.ServerState) bool { return s.Down })
	if before && !b.down {
		clear(b.told)
	}
}

// news returns what the cache does not know yet, or not for much longer, and
// which tables run no more.
func (b *book) news(tables []cluster.Running, now time.Time) (news []cluster.Running, over []table.ID) {
	seen := make(map[table.ID]bool, len(tables))
	for _, t := range tables {
		seen[t.Table] = true
		if sum, was := b.sum(t), b.told[t.Table]; sum != was.sum || now.Sub(was.at) >= renewEvery {
			b.told[t.Table] = entry{sum, now}
			news = append(news, t)
		}
	}
	for id := range b.told {
		if !seen[id] {
			delete(b.told, id)
			over = append(over, id)
		}
	}
	return news, over
}

// sum is the same for what says the same, at whatever time.
func (b *book) sum(t cluster.Running) uint64 {
	var h maphash.Hash
	h.SetSeed(b.seed)
	t.At = time.Time{}
	text, err := json.Marshal(t)
	if err != nil {
		return 0 // it has nothing that cannot be encoded
	}
	_, _ = h.Write(text)
	return h.Sum64()
}

// runningHere returns what others may know of the tables of this node.
func (n *appNode) runningHere(now time.Time) []cluster.Running {
	around := n.server.edge.Around()
	var all []cluster.Running
	for _, t := range n.server.host.Occupied() {
		slices.Sort(t.Players)
		all = append(all, cluster.Running{
			Table: t.Table, Node: n.self.ID, Players: t.Players, Watchers: t.Watchers, Connections: around[t.Table], At: now.UTC(),
		})
	}
	return all
}

// connections returns who is connected to a table of another node: as that says,
// or as the cache remembers while it does not answer.
func (n *appNode) connections(ctx context.Context, id table.ID) []cluster.Connection {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	if at, known := n.owner(id); known {
		var all []cluster.Connection
		answer, err := n.relay.Ask(ctx, at, "connections", []byte(id))
		if err == nil && json.Unmarshal(answer, &all) == nil {
			return all
		}
	}
	if cache := n.server.stores.cache; cache != nil {
		return memcached.NewRunning(cache).Get(context.WithoutCancel(ctx), id)[id].Connections
	}
	return nil
}
