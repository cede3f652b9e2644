package httpapi

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/relay"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// guest is a socket of another node that follows a table of this one, or the
// lobby. While something waits it has one goroutine, to which the visitor
// belongs.
type guest struct {
	visitor
	line *relay.Line
	// client and since are those of the socket.
	client account.Client
	since  time.Time
	// through is the gateway that it came through, if any.
	through cluster.NodeID

	mu      sync.Mutex
	waiting []arrival
	// busy means that the goroutine runs, over that nothing more is taken, and
	// left that it has let go of everything.
	busy, over, left bool
	tables           []table.ID // those it follows
	// seen is the last sign of life of a node that died with the socket.
	seen time.Time
}

// arrival is a frame, and when it came to this node: all moves at a table are timed
// by one clock, that of its owner, however much waits there.
type arrival struct {
	frame []byte
	at    time.Time
}

// guestFrames is how many frames of a guest may wait to be done.
const guestFrames = 256

// Send implements host.Conn and lobby.Conn. After a frame that could not be
// sent there is a gap, and the socket must come back. One whose line has ended
// lets go by itself, and says why.
func (g *guest) Send(frame []byte) bool {
	if err := g.line.Send(frame); err == nil || errors.Is(err, relay.ErrBroken) {
		return true
	}
	g.line.Close()
	g.Broken(time.Time{})
	return false
}

// Unheard implements host.Far.
func (g *guest) Unheard() (since time.Time, unheard bool) {
	return g.hub.unheard(g.line.Peer(), g.through)
}

// Receive implements relay.Receiver.
func (g *guest) Receive(frame []byte) {
	g.mu.Lock()
	full := len(g.waiting) >= guestFrames
	if !full && !g.over {
		g.waiting = append(g.waiting, arrival{frame, time.Now()})
		g.wake()
	}
	g.mu.Unlock()
	if full {
		g.line.Close()
		g.Broken(time.Time{})
	}
}

// Broken implements relay.Receiver.
func (g *guest) Broken(seen time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.over {
		g.over, g.seen = true, seen
		g.wake()
	}
}

// wake sees to it that somebody works. Its caller holds the lock.
func (g *guest) wake() {
	if !g.busy {
		g.busy = true
		go g.work()
	}
}

// work does what waits, and in the end lets go of everything.
func (g *guest) work() {
	for a, ok := g.next(); ok; a, ok = g.next() {
		if a.frame == nil {
			g.hub.farewell(g)
			g.letGo()
			continue
		}
		g.receive(a.frame, a.at)
	}
}

// letGo lets go of everything, and says where the way here was lost rather than
// the socket.
func (g *guest) letGo() {
	g.mu.Lock()
	seen := g.seen
	g.mu.Unlock()
	if !seen.IsZero() {
		g.hub.host.Lose(g, seen)
	}
	g.gone()
}

// next returns the next frame, none to let go of everything, or false when there
// is nothing to do.
func (g *guest) next() (arrival, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.over && !g.left:
		g.left, g.waiting = true, nil
		return arrival{}, true
	case g.over || len(g.waiting) == 0:
		g.busy, g.waiting = false, nil
		return arrival{}, false
	}
	first := g.waiting[0]
	g.waiting = g.waiting[1:]
	return first, true
}

// receive does what one frame asks for, which the other node has let pass.
func (g *guest) receive(b []byte, now time.Time) {
	first, frame, _ := bytes.Cut(b, []byte{'\n'})
	lag, err := strconv.ParseInt(string(first), 10, 64)
	if err != nil {
		g.hub.codec.Log.Error("a frame is left out", "err", fmt.Errorf("%w: %w", errGreeting, err))
		return
	}
	m, ref, err := wire.Decode(frame)
	g.heed(m)
	if err == nil {
		err = g.do(m, now, time.Duration(lag))
	}
	if err != nil {
		g.refuse(ref, err)
	}
}

// heed notes which tables the guest follows.
func (g *guest) heed(m wire.Message) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch m := m.(type) {
	case wire.Join:
		if !slices.Contains(g.tables, m.Table) && len(g.tables) < wire.MaxTables {
			g.tables = append(g.tables, m.Table)
		}
	case wire.Leave:
		g.tables = slices.DeleteFunc(g.tables, func(id table.ID) bool { return id == m.Table })
	}
}

// follows returns the tables that the guest follows.
func (g *guest) follows() []table.ID {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.tables)
}
