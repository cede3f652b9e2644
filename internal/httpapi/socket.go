package httpapi

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"
	"time"
	"unique"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/cluster"
	"kibitz/internal/relay"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// The limits of one socket (docs/protocol.md).
const (
	messagesPerSecond = 40
	actionsPerSecond  = 20
	// maxRefused is how many messages in a row may be too fast before the
	// socket is closed.
	maxRefused = 400
	idleTime   = 30 * time.Second
	// touchEvery is how exactly idleTime is kept: a deadline costs more than
	// most messages.
	touchEvery = 2 * time.Second
	// pingEvery is the time between two measurements of the round trip of a
	// player: with a move, at most so often.
	pingEvery = 2 * time.Second
)

// socket is one WebSocket connection. One goroutine reads it; anybody may
// Send. What is not atomic belongs to the reader.
type socket struct {
	visitor
	pipe *pipe
	hash account.TokenHash
	// token says that a personal access token opened the socket; client and
	// since are who did, and when.
	token  bool
	client account.Client
	since  time.Time
	// through is the gateway through which it came, if any.
	through unique.Handle[cluster.NodeID]

	// acted is set once an action came: then the round trip is measured.
	acted atomic.Bool
	// pinged is when the last ping was staged, in nanoseconds since the hub
	// was made, and awaited the one whose pong has not come, or 0.
	pinged, awaited atomic.Int64
	// heard is when something last came, in nanoseconds since the hub was made.
	heard atomic.Int64
	lag   clock.LagMeter

	messages, actions bucket
	refused           int
	touched           time.Time

	mu     sync.Mutex
	tables []table.ID // those it follows
	// lobbied is set once it asked for something of the lobby, in a cluster.
	lobbied atomic.Bool
	// away are the ways to other nodes; nil without a cluster.
	away *away
}

func newSocket(h *hub, p *pipe, login *account.Login) *socket {
	s := &socket{
		visitor: visitor{hub: h}, pipe: p,
		messages: newBucket(messagesPerSecond, messagesPerSecond),
		actions:  newBucket(actionsPerSecond, actionsPerSecond),
	}
	s.conn = s
	if h.peers != nil {
		s.away = &away{lines: make(map[cluster.NodeID]*relay.Line)}
	}
	if login != nil {
		user := login.User // the rest of the login is let go of
		s.user, s.hash = &user, login.Session.Hash
	}
	return s
}

// follow notes that the socket follows a table, unless it follows too many.
func (s *socket) follow(id table.ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(s.tables, id) {
		return true
	}
	if len(s.tables) >= wire.MaxTables {
		return false
	}
	s.tables = append(s.tables, id)
	return true
}

func (s *socket) unfollow(id table.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.Index(s.tables, id); i >= 0 {
		s.tables = slices.Delete(s.tables, i, i+1)
	}
}

// followed returns the tables that the socket follows.
func (s *socket) followed() []table.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.tables)
}

// Send implements host.Conn and lobby.Conn.
func (s *socket) Send(frame []byte) bool {
	if !s.pipe.room(len(frame)) {
		s.cut()
		return false
	}
	if s.acted.Load() {
		s.ping()
	}
	return s.write(opText, frame)
}

// Unheard implements host.Far.
func (s *socket) Unheard() (since time.Time, unheard bool) { return s.hub.unheard(s.gateway()) }

// gateway is the one that the socket came through, empty for none.
func (s *socket) gateway() cluster.NodeID {
	if s.through == (unique.Handle[cluster.NodeID]{}) {
		return ""
	}
	return s.through.Value()
}

// write sends one frame, and reports whether the socket is still there.
func (s *socket) write(op byte, payload []byte) bool {
	if s.pipe.send(op, payload) != nil {
		_ = s.pipe.Close()
		return false
	}
	return true
}

// cut closes a socket that does not read.
func (s *socket) cut() {
	s.pipe.abandon(appendFrame(nil, opClose, closePayload(closeTryAgain, "too slow; reconnect and resume")))
	_ = s.pipe.Close()
}

// close ends a socket with a reason.
func (s *socket) close(code uint16, reason string) {
	_ = s.pipe.send(opClose, closePayload(code, reason))
	_ = s.pipe.Close()
}

// ping stages a ping with a time in it, when it is time for one.
func (s *socket) ping() {
	now := int64(s.hub.age())
	last := s.pinged.Load()
	if now-last < int64(pingEvery) || !s.pinged.CompareAndSwap(last, now) {
		return
	}
	s.awaited.Store(now)
	s.pipe.stage(now)
}

// pong takes a measured round trip. A time that was not asked for is a lie.
func (s *socket) pong(payload []byte) {
	if len(payload) != 8 {
		return
	}
	at := int64(binary.BigEndian.Uint64(payload))
	if at != 0 && s.awaited.CompareAndSwap(at, 0) {
		s.lag.Add(s.hub.age() - time.Duration(at))
	}
}

// silent reports whether nothing came for so long that it should be prodded.
func (s *socket) silent() bool { return s.hub.age()-time.Duration(s.heard.Load()) >= s.hub.prodEvery }

// touch puts off the end of an idle socket.
func (s *socket) touch(now time.Time) {
	s.heard.Store(int64(s.hub.age()))
	if now.Sub(s.touched) < touchEvery && !s.touched.IsZero() {
		return
	}
	s.touched = now
	_ = s.pipe.SetReadDeadline(now.Add(idleTime + touchEvery))
}

// limit returns how long a message comes too early, which is then not to be
// looked at.
func (s *socket) limit(m wire.Message, now time.Time) time.Duration {
	wait := s.messages.take(now)
	if _, acts := m.(wire.Act); acts && wait == 0 {
		wait = s.actions.take(now)
	}
	if wait == 0 {
		s.refused = 0
		return 0
	}
	if s.refused++; s.refused > maxRefused {
		s.close(closePolicy, "too many messages")
	}
	return wait
}
