package httpapi_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/httpapi"
	"kibitz/internal/inmem"
	"kibitz/internal/relay"
	"kibitz/internal/table"
)

// nodePair is two nodes with the same accounts: every table, and the lobby, is on
// the far one.
type nodePair struct {
	near, far *world
	// lost is closed when nobody has them any more.
	lost chan struct{}
	// died is the last sign of life of the near one, once the far one knows.
	died atomic.Pointer[time.Time]
	// silent is since when the far one has not heard the near one; nil for never.
	silent atomic.Pointer[time.Time]
}

// unheard is what a node knows of the silence of the near one.
func (p *nodePair) unheard(id cluster.NodeID) (time.Time, bool) {
	if since := p.silent.Load(); since != nil && id == "near" {
		return *since, true
	}
	return time.Time{}, false
}

// nearDied is what the far node knows of the other.
func (p *nodePair) nearDied(cluster.NodeID) (time.Time, bool) {
	if seen := p.died.Load(); seen != nil {
		return *seen, true
	}
	return time.Time{}, false
}

func newNodePair(t *testing.T) *nodePair {
	t.Helper()
	p := &nodePair{lost: make(chan struct{})}
	bus := &inmem.Bus{}
	alive := func(cluster.NodeID) (time.Time, bool) { return time.Time{}, false }
	far, err := relay.New(relay.Config{
		Bus: bus, Self: "far", Dead: p.nearDied,
		Accept: func(greeting []byte, l *relay.Line) relay.Receiver { return p.far.server.Accept(greeting, l) },
	})
	check(t, err)
	near, err := relay.New(relay.Config{Bus: bus, Self: "near", Dead: alive})
	check(t, err)
	var peopleOfFar httpapi.Config
	p.far = newWorld(t, func(c *httpapi.Config) {
		c.Peers = &httpapi.Peers{
			Relay: far, Owner: func(table.ID) (cluster.NodeID, bool) { return "", true }, Lobby: func() (cluster.NodeID, bool) { return "", true },
			Unheard: p.unheard,
		}
		peopleOfFar = *c
	})
	owner := func() (cluster.NodeID, bool) {
		select {
		case <-p.lost:
			return "", false
		default:
			return "far", true
		}
	}
	p.near = newWorld(t, func(c *httpapi.Config) {
		c.Accounts = peopleOfFar.Accounts
		c.Peers = &httpapi.Peers{Relay: near, Owner: func(table.ID) (cluster.NodeID, bool) { return owner() }, Lobby: owner, Unheard: p.unheard}
	})
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { near.Run(ctx) })
	running.Go(func() { far.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	waitFor(t, func() bool { // until both listen
		asking, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
		defer cancel()
		_, err := near.Ask(asking, "far", "are you there?", nil)
		return errors.Is(err, relay.Refusal("this node does not answer that"))
	})
	return p
}

// at is the person on the other node.
func (p *person) at(w *world) *person {
	other := *p
	other.w = w
	return &other
}

// TestPlayThroughAnotherNode plays at a table of one node through sockets of
// another, as if they were its own.
func TestPlayThroughAnotherNode(t *testing.T) {
	p := newNodePair(t)
	anna, bert := p.far.guest(), p.far.guest()
	id := anna.table(friendTable)
	a, b := anna.at(p.near).open(), bert.at(p.near).open()
	for _, c := range []*client{a, b} {
		c.send(fmt.Sprintf(`{"type":"join","table":%q}`, id))
		c.want("table")
	}
	b.send(fmt.Sprintf(`{"type":"act","table":%q,"id":"sit","action":{"type":"sit"}}`, id))
	if got := b.want("events"); got["ack"] != "sit" {
		t.Errorf("got %v, want the acknowledgement", got)
	}
	a.want("events")
	if m := b.want("table"); m["waiting"] != false {
		t.Errorf("got %v, want the table from the seat", m)
	}
	if got := p.far.host.Counts().Sockets; got != 2 {
		t.Errorf("%d sockets follow the table, want 2", got)
	}
	a.send(`{"type":"act","table":"zzzzzzzz","id":"x","action":{"type":"resign"}}`)
	a.wantError("unknown-table")
	check(t, a.conn.NetConn().Close())
	waitFor(t, func() bool { return p.far.host.Counts().Sockets == 1 })
	b.send(`{"type":"lobby","on":true}`)
	b.want("lobby")
	p.near.server.Moved(func(other table.ID) bool { return string(other) == id }, false)
	if err := b.wantClosed(); err == nil {
		t.Error("the socket was closed without a reason")
	}
	waitFor(t, func() bool { return p.far.host.Counts().Sockets == 0 })
}

// When a node dies or is cut off, the clock waits for the player whose socket was
// there.
func TestClockWaitsForALostSocket(t *testing.T) {
	for _, row := range []struct {
		name string
		lose func(p *nodePair, seen time.Time)
	}{
		{"the node of the socket dies", func(p *nodePair, seen time.Time) { p.died.Store(&seen) }},
		{"the gateway of the socket dies", func(p *nodePair, seen time.Time) { p.near.server.LoseThrough("", seen) }},
		{"the node of the socket is cut off", func(p *nodePair, seen time.Time) { p.near.server.Strand(seen) }},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := newNodePair(t)
			a, b, _ := p.dealt()
			row.lose(p, time.Now())
			if m := b.want("events"); !held(m) {
				t.Errorf("got %v, want the clock held", m)
			}
			if err := a.wantClosed(); err == nil {
				t.Error("the socket was closed without a reason")
			}
		})
	}
	t.Run("the node of the table is cut off", func(t *testing.T) {
		p := newNodePair(t)
		a, b, join := p.dealt()
		p.far.server.Strand(time.Now())
		for _, c := range []*client{a, b} {
			if err := c.wantClosed(); err == nil {
				t.Error("a socket was closed without a reason")
			}
		}
		waitFor(t, func() bool { return p.far.host.Counts().Sockets == 0 })
		looker := p.far.guest().open()
		looker.send(join)
		if m := looker.want("table"); !held(m) {
			t.Errorf("got %v, want the clock held", m)
		}
	})
}

// dealt has two people play at a table of the far node, one of them through the
// near one. It is the turn of that one.
func (p *nodePair) dealt() (near, far *client, join string) {
	t := p.far.tb
	t.Helper()
	anna, bert := p.far.guest(), p.far.guest()
	id := anna.table(friendTable)
	a, b := anna.at(p.near).open(), bert.open()
	join = fmt.Sprintf(`{"type":"join","table":%q}`, id)
	for _, c := range []*client{a, b} {
		c.send(join)
		c.want("table")
	}
	b.send(actFrame(id, "sit", `{"type":"sit"}`))
	b.want("events")
	b.want("table")
	a.want("events")
	a.send(actFrame(id, "deal", `{"type":"deal"}`))
	a.want("events")
	b.want("events")
	b.send(actFrame(id, "show", `{"type":"show"}`))
	a.want("events")
	if m := b.want("events"); held(m) {
		t.Fatalf("got %v, want a clock that runs", m)
	}
	return a, b, join
}

// held reports whether a frame says that the clock waits for somebody.
func held(m map[string]any) bool {
	clocks, _ := m["clocks"].(map[string]any)
	return clocks["held"] == true
}

// While nobody has a table, who asks for it is told to ask again.
func TestNobodyHasTheTable(t *testing.T) {
	p := newNodePair(t)
	anna := p.far.guest()
	id := anna.table(friendTable)
	close(p.lost)
	a := anna.at(p.near).open()
	a.send(fmt.Sprintf(`{"type":"join","table":%q}`, id))
	if m := a.wantError("busy"); m["table"] != id {
		t.Errorf("got %v, want the table named", m)
	}
	a.send(`{"type":"pool","id":"p","control":"3+2"}`)
	a.wantError("busy")
}

// The clock waits for a player to whom the way is silent, until it is not.
func TestClockWaitsForASilentNode(t *testing.T) {
	p := newNodePair(t)
	_, b, _ := p.dealt()
	since := time.Now()
	p.silent.Store(&since)
	p.far.server.Heard("other", since)
	p.far.server.Heard("near", since)
	if m := b.want("events"); !held(m) {
		t.Errorf("got %v, want the clock held", m)
	}
	p.silent.Store(nil)
	p.far.server.Heard("near", since)
	if m := b.want("events"); held(m) {
		t.Errorf("got %v, want the clock to go on", m)
	}
}
