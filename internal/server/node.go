package server

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	lines "kibitz/internal/relay"
	"kibitz/internal/table"
)

// What one app server should have at most, before others are filled.
const (
	maxTables  = 20_000
	maxSockets = 20_000
)

// appNode is an app server's part in its cluster. A nil appNode is alone.
type appNode struct {
	cfg      Config
	self     cluster.Node
	server   *Server
	keeper   *cluster.Keeper
	relay    *lines.Relay
	draining atomic.Bool
	found    atomic.Bool // see joined
	load     load
	taking   chan struct{}           // has room for takesAtOnce
	gateways map[cluster.NodeID]bool // those that lived when look last looked: its own

	mu      sync.Mutex
	touched map[account.ID]struct{} // whose tables changed, for the lobby elsewhere

	watched   watched
	presences presences
	book      book
}

// takesAtOnce is how many partitions are read at a time.
const takesAtOnce = 32

// newNodeID names one life of a process.
func newNodeID() (cluster.NodeID, error) {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return "", fmt.Errorf("name the node: %w", err)
	}
	return cluster.NodeID(hex.EncodeToString(b[:])), nil
}

// identity is what a process says of itself.
func (c Config) identity(role cluster.Role) (cluster.Node, error) {
	id, err := newNodeID()
	return cluster.Node{ID: id, Name: c.Cluster.Name, Role: role, Addr: c.Cluster.Advertise, Started: time.Now().UTC()}, err
}

// openNode makes a node of a server that is being put together.
func openNode(s *Server) (*appNode, error) {
	if !s.cfg.Cluster.on() {
		return nil, nil
	}
	self, err := s.cfg.identity(cluster.App)
	if err != nil {
		return nil, err
	}
	self.MaxTables, self.MaxSockets = maxTables, maxSockets
	n := &appNode{cfg: s.cfg, self: self, server: s, taking: make(chan struct{}, takesAtOnce), touched: make(map[account.ID]struct{})}
	nats := s.stores.nats
	n.keeper, err = cluster.NewKeeper(cluster.Config{
		Bus: nats.client.Bus(), Leases: nats.leases, Members: nats.members, Self: n.say, Log: s.cfg.Log, Heard: n.heard,
	}, n)
	if err != nil {
		return nil, err
	}
	n.relay, err = lines.New(lines.Config{
		Bus: nats.client.Bus(), Self: self.ID, Dead: n.keeper.Dead, Log: s.cfg.Log, Answers: n.answers(),
		Accept: func(greeting []byte, l *lines.Line) lines.Receiver { return s.edge.Accept(greeting, l) },
	})
	return n, err
}

// say is what the node says of itself now.
func (n *appNode) say() cluster.Node {
	now := n.self
	if n.server.edge == nil { // it is being put together
		return now
	}
	now.Tables, now.Sockets, now.Busy = n.server.host.Counts().Running, n.server.edge.Online(), n.load.busy()
	now.Draining = n.draining.Load()
	return now
}

// heard passes on that a node is heard again.
func (n *appNode) heard(id cluster.NodeID, since time.Time) {
	if id != n.self.ID {
		n.cfg.Log.Warn("a node was not heard for a moment", "node", id, "since", since)
		n.server.edge.Heard(id, since)
		n.server.lichess.Heard(id, since)
	}
}

// share has a host share its journal.
func (n *appNode) share(c host.Config) host.Config {
	if n != nil {
		journal := n.server.stores.nats.journal
		c.Shared, c.Index, c.CarryAfter = true, journal, journal.MaxAge()/3
	}
	return c
}

// peers are the others, for the edge.
func (n *appNode) peers() *httpapi.Peers {
	if n == nil {
		return nil
	}
	return &httpapi.Peers{
		Relay: n.relay,
		Owner: n.owner,
		Lobby: func() (cluster.NodeID, bool) { return n.owner(lobbyTable) },

		Unheard: n.unheard, Connections: n.connections,
	}
}

// owner returns who has a table: empty for this node, and false for nobody.
func (n *appNode) owner(id table.ID) (cluster.NodeID, bool) {
	one, _, ok := n.keeper.Owner(id)
	if ok && one.ID == n.self.ID {
		return "", true
	}
	return one.ID, ok
}

// Take implements cluster.Owner.
func (n *appNode) Take(ctx context.Context, l cluster.Lease) error {
	select {
	case n.taking <- struct{}{}:
		defer func() { <-n.taking }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return n.server.host.TakeOver(ctx, host.Tenure{Partition: l.Partition, Epoch: l.Epoch, Alive: l.Seen})
}

// Hand implements cluster.Owner.
func (n *appNode) Hand(ctx context.Context, partition int) { n.server.host.Release(ctx, partition) }

// Lost implements cluster.Owner.
func (n *appNode) Lost(partition int) {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	n.server.host.Release(ctx, partition)
}

// lookEvery is how soon sockets are closed whose tables have moved.
const lookEvery = 100 * time.Millisecond

// run takes part in the cluster until ctx is done.
func (n *appNode) run(ctx context.Context) {
	if n == nil {
		return
	}
	var running sync.WaitGroup
	running.Go(func() { n.relay.Run(ctx) })
	running.Go(func() { n.keeper.Run(ctx) })
	running.Go(func() { n.load.run(ctx) })
	running.Go(func() { n.look(ctx) })
	running.Go(func() { n.book.run(ctx, n) })
	running.Wait()
}

// look closes the sockets of what has moved, and passes on whose tables have
// changed.
func (n *appNode) look(ctx context.Context) {
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	last, _ := n.keeper.Map()
	cut := false
	for turn := 0; ; turn++ {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		n.heedGateways()
		now, _ := n.keeper.Map()
		var m moved
		any := false
		for p := range now {
			m[p] = now[p].Epoch != last[p].Epoch && last[p].Epoch != 0
			any = any || m[p]
		}
		last = now
		if any {
			n.server.edge.Moved(m.has, m.has(lobbyTable))
		}
		cut = n.strand(cut)
		if turn%5 == 0 {
			n.tellLobby()
		}
	}
}

// strand closes the sockets of all tables when the node was cut off from the
// others: what it owns is somebody else's soon, and browsers must find out.
func (n *appNode) strand(before bool) (cut bool) {
	since, cut := n.keeper.CutOff()
	if cut && !before {
		n.cfg.Log.Warn("this node is cut off from the others, and lets its sockets go", "since", since)
		n.server.edge.Strand(since)
	}
	return cut
}

// drainTime bounds how long a node that ends waits for others to take what it
// has.
const drainTime = 20 * time.Second

// drain hands everything over to others, if there are any.
func (n *appNode) drain() {
	if n == nil {
		return
	}
	n.draining.Store(true)
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	go n.whileOthers(ctx, cancel)
	begun := time.Now()
	if err := n.keeper.Drained(ctx); err != nil {
		n.cfg.Log.Warn("not all partitions were handed over", "err", err)
		return
	}
	n.cfg.Log.Info("everything is handed over", "after", time.Since(begun).Round(time.Millisecond))
}

// whileOthers gives up when nobody is there who could take anything.
func (n *appNode) whileOthers(ctx context.Context, giveUp func()) {
	for ctx.Err() == nil {
		if len(n.others()) == 0 {
			n.cfg.Log.Warn("no other app server takes the tables; they wait in the journal")
			giveUp()
		}
		select {
		case <-time.After(lookEvery):
		case <-ctx.Done():
		}
	}
}

// others returns the app servers that live and take tables, without this one.
func (n *appNode) others() []cluster.Node {
	var all []cluster.Node
	for _, one := range n.keeper.Nodes() {
		if one.Role == cluster.App && one.ID != n.self.ID && !one.Draining {
			all = append(all, one)
		}
	}
	return all
}
