package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"
	"unique"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/host"
	"kibitz/internal/relay"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// Peers are the other nodes of a cluster, as the edge of one sees them. A socket
// may be on any node: what it says goes to the node that it is for.
type Peers struct {
	Relay *relay.Relay
	// Owner returns the node that has a table, empty for this one, and false
	// while none has.
	Owner func(id table.ID) (cluster.NodeID, bool)
	// Lobby does so for the lobby, of which there is one.
	Lobby func() (cluster.NodeID, bool)
	// Unheard reports whether a node is silent for longer than one that is well,
	// and since when.
	Unheard func(cluster.NodeID) (since time.Time, unheard bool)
	// Connections returns who is connected to a table that another node has, as
	// far as that is known.
	Connections func(ctx context.Context, id table.ID) []cluster.Connection
}

// errBetween is for what no node has at the moment.
var errBetween = fmt.Errorf("%w: this moves to another server; please try again", wire.ErrBusy)

// place returns the node that a message is for, empty for this one.
func (p *Peers) place(m wire.Message) (cluster.NodeID, error) {
	find := p.Lobby
	if id, ok := tableOf(m); ok {
		find = func() (cluster.NodeID, bool) { return p.Owner(id) }
	}
	to, known := find()
	if _, leaves := m.(wire.Leave); !known && !leaves { // whoever has it next knows nothing of the socket
		return "", errBetween
	}
	return to, nil
}

// Follow has a conn follow a table that another node has, until the line is
// closed. When it breaks, lost is called.
func (p *Peers) Follow(at cluster.NodeID, j host.Join, lost func()) (*relay.Line, error) {
	var who greeting
	if u := j.User; !u.Free() {
		who.User = &account.User{ID: u.ID, Name: u.Name, Guest: u.Guest, Role: account.RoleUser}
		if u.Bot {
			who.User.Role = account.RoleBot
		}
	}
	if via, ok := j.Conn.(interface{ Gateway() cluster.NodeID }); ok {
		who.Through = via.Gateway()
	}
	hello, err := json.Marshal(who)
	if err != nil {
		return nil, err
	}
	ask, err := json.Marshal(map[string]any{"type": "join", "table": j.Table, "after": j.After, "watch": j.Watch})
	if err != nil {
		return nil, err
	}
	line, err := p.Relay.Dial(at, hello, follower{j.Conn, lost})
	if err != nil {
		return nil, err
	}
	if err := line.Send(append([]byte("0\n"), ask...)); err != nil {
		line.Close()
		return nil, err
	}
	return line, nil
}

// follower gives a conn what another node sends it.
type follower struct {
	host.Conn
	lost func()
}

// Receive implements relay.Receiver. Who is gone closes the line by itself.
func (f follower) Receive(frame []byte) { f.Send(frame) }

// Broken implements relay.Receiver.
func (f follower) Broken(time.Time) { f.lost() }

// tableOf returns the table that a message is about; the others are about the
// lobby.
func tableOf(m wire.Message) (table.ID, bool) {
	switch m := m.(type) {
	case wire.Act:
		return m.Table, true
	case wire.Join:
		return m.Table, true
	case wire.Leave:
		return m.Table, true
	}
	return "", false
}

// away is the ways of a socket to other nodes, made when they are needed.
type away struct {
	mu     sync.Mutex
	lines  map[cluster.NodeID]*relay.Line
	closed bool
}

// greeting is what another node is told of a socket.
type greeting struct {
	User *account.User `json:"user"`
	// Client and Since are who opened it, and when.
	Client account.Client `json:"client,omitzero"`
	Since  time.Time      `json:"since,omitzero"`
	// Through is the gateway that it came through, if any.
	Through cluster.NodeID `json:"through,omitempty"`
}

// forward sends a frame to the node that it is for, unless that is not known
// because of err.
func (s *socket) forward(to cluster.NodeID, frame []byte, err error) error {
	if err != nil {
		return err
	}
	line, err := s.lineTo(to)
	if err == nil {
		b := strconv.AppendInt(make([]byte, 0, len(frame)+20), int64(s.lag.Mean()), 10)
		err = line.Send(append(append(b, '\n'), frame...))
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errBetween, err)
	}
	return nil
}

func (s *socket) lineTo(to cluster.NodeID) (*relay.Line, error) {
	s.away.mu.Lock()
	defer s.away.mu.Unlock()
	if s.away.closed {
		return nil, relay.ErrBroken
	}
	if line := s.away.lines[to]; line != nil {
		return line, nil
	}
	b, err := json.Marshal(greeting{s.user, s.client, s.since, s.gateway()})
	if err != nil {
		return nil, err
	}
	line, err := s.hub.peers.Relay.Dial(to, b, homeward{s})
	if err == nil {
		s.away.lines[to] = line
	}
	return line, err
}

// close ends all ways, and lose ends them as lost.
func (a *away) close() { a.end((*relay.Line).Close) }
func (a *away) lose()  { a.end((*relay.Line).Lose) }

func (a *away) end(how func(*relay.Line)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	for _, line := range a.lines {
		how(line)
	}
}

// homeward gives a socket what another node sends it.
type homeward struct{ *socket }

// Receive implements relay.Receiver.
func (h homeward) Receive(frame []byte) { h.Send(frame) }

// Broken implements relay.Receiver: a client that comes back resumes.
func (h homeward) Broken(time.Time) {
	h.close(closeRestart, "a server was lost; reconnect and resume")
}

// Moved closes the sockets for whom something is on another node now: a table
// for which the condition holds, or the lobby.
func (s *Server) Moved(which func(table.ID) bool, lobby bool) {
	for _, x := range s.hub.all(func(x *socket) bool { return lobby && x.lobbied.Load() || x.followsAny(which) }) {
		x.close(closeRestart, "a table moved to another server; reconnect and resume")
	}
}

// Strand closes the sockets of everybody who is at a table, here or elsewhere, or
// in the lobby: this node was cut off from the others since then, which no player
// pays for.
func (s *Server) Strand(since time.Time) {
	all := s.hub.all(func(x *socket) bool { return x.lobbied.Load() || x.followsAny(func(table.ID) bool { return true }) })
	for _, x := range all {
		s.hub.host.Lose(x, since)
	}
	s.hub.peers.Relay.Lose(since)
	for _, x := range all {
		x.close(closeRestart, "this server is cut off; reconnect and resume")
	}
}

// CloseThrough closes the sockets that came through a gateway, which ends: their
// clients come back through another.
func (s *Server) CloseThrough(gateway cluster.NodeID) {
	for _, x := range s.hub.through(gateway) {
		x.close(closeRestart, "a gateway restarts; reconnect and resume")
	}
}

// LoseThrough closes the sockets that came through a gateway, which died: seen was
// its last sign of life, and no player pays for what came after.
func (s *Server) LoseThrough(gateway cluster.NodeID, seen time.Time) {
	for _, x := range s.hub.through(gateway) {
		s.hub.host.Lose(x, seen)
		x.away.lose()
		x.close(closeRestart, "a gateway was lost; reconnect and resume")
	}
}

// Heard gives the players their time back to whom the way leads through a node that
// was unheard since then, and is heard again.
func (s *Server) Heard(node cluster.NodeID, since time.Time) {
	for _, x := range s.hub.through(node) {
		s.hub.host.Heard(x, since)
	}
	for _, g := range s.hub.company() {
		if g.line.Peer() == node || g.through == node {
			s.hub.host.Heard(g, since)
		}
	}
}

// unheard reports whether any of some nodes is, and since when one is longest.
func (h *hub) unheard(nodes ...cluster.NodeID) (since time.Time, unheard bool) {
	for _, id := range nodes {
		if id == "" || h.peers == nil {
			continue
		}
		if at, so := h.peers.Unheard(id); so && (!unheard || at.Before(since)) {
			since, unheard = at, true
		}
	}
	return since, unheard
}

func (h *hub) through(gateway cluster.NodeID) []*socket {
	at := unique.Make(gateway)
	return h.all(func(x *socket) bool { return x.through == at })
}

func (s *socket) followsAny(which func(table.ID) bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.tables {
		if which(id) {
			return true
		}
	}
	return false
}

// errGreeting: another node says what makes no sense.
var errGreeting = errors.New("a socket of another node cannot be understood")

// Accept takes a socket of another node, for relay.Config.
func (s *Server) Accept(b []byte, line *relay.Line) relay.Receiver {
	var from greeting
	if err := json.Unmarshal(b, &from); err != nil {
		s.cfg.Log.Error("a guest is refused", "err", fmt.Errorf("%w: %w", errGreeting, err))
		return nil
	}
	g := &guest{visitor: visitor{hub: s.hub, user: from.User}, line: line, client: from.Client, since: from.Since, through: from.Through}
	g.conn = g
	s.hub.welcome(g)
	return g
}
