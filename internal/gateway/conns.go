package gateway

import (
	"context"
	"net"
	"sync"

	"kibitz/internal/cluster"
)

// conns are the connections to app servers, by address. It is safe for
// concurrent use.
type conns struct {
	mu  sync.Mutex
	all map[string]map[*conn]struct{}
}

// conn is one of them.
type conn struct {
	net.Conn
	of *conns
	at string
}

// dialing returns dial, with its connections kept.
func (x *conns) dialing(dial func(ctx context.Context, network, addr string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		raw, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		c := &conn{raw, x, addr}
		x.mu.Lock()
		defer x.mu.Unlock()
		if x.all[addr] == nil {
			x.all[addr] = make(map[*conn]struct{})
		}
		x.all[addr][c] = struct{}{}
		return c, nil
	}
}

// Close implements net.Conn.
func (c *conn) Close() error {
	c.of.mu.Lock()
	delete(c.of.all[c.at], c)
	if len(c.of.all[c.at]) == 0 {
		delete(c.of.all, c.at)
	}
	c.of.mu.Unlock()
	return c.Conn.Close()
}

// addrs returns where there are connections to.
func (x *conns) addrs() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	all := make([]string, 0, len(x.all))
	for addr := range x.all {
		all = append(all, addr)
	}
	return all
}

// cut ends all connections to an address, and returns how many there were.
func (x *conns) cut(addr string) int {
	x.mu.Lock()
	list := make([]*conn, 0, len(x.all[addr]))
	for c := range x.all[addr] {
		list = append(list, c)
	}
	x.mu.Unlock()
	for _, c := range list {
		_ = c.Close()
	}
	return len(list)
}

// What must happen before all connections to an app server are cut: it has not
// been among the living for so many rounds of checks, or has not answered so
// many in a row. One that is frozen, or that a broken cable has left behind,
// takes what is sent and never says a word.
const (
	roundsGone  = 2
	checksUnmet = 5
)

// sever cuts the connections to app servers that are lost: what waits for an
// answer is then asked elsewhere or fails, and sockets come back.
func (g *Gateway) sever() {
	living := make(map[string]cluster.NodeID)
	for _, n := range g.cfg.Cluster.Nodes() {
		living[n.Addr] = n.ID
	}
	for _, addr := range g.conns.addrs() {
		id, lives := living[addr]
		if !g.lost(addr, id, lives) {
			continue
		}
		if n := g.conns.cut(addr); n > 0 {
			g.cfg.Log.Warn("the connections to an app server are cut", "addr", addr, "connections", n, "lives", lives)
		}
	}
}

// lost counts for how long an app server was not heard of, and reports whether
// that is too long.
func (g *Gateway) lost(addr string, id cluster.NodeID, lives bool) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if lives {
		delete(g.gone, addr)
		return g.mute[id] >= checksUnmet
	}
	g.gone[addr]++
	return g.gone[addr] >= roundsGone
}
