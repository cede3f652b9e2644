package relay

import (
	"context"
	"slices"
	"sync"
	"time"

	"kibitz/internal/cluster"
)

// lineKey names a line on one of its nodes.
type lineKey struct {
	peer cluster.NodeID
	// dialed says that this node opened it.
	dialed bool
	id     uint64
}

// Line is one end of a line. It is safe for concurrent use.
type Line struct {
	relay *Relay
	key   lineKey
	// to gets what comes, got counts it, and heard is when something last came in
	// order: all belong to Relay.listen, but for the end, which is anybody's who
	// removes the line from Relay.lines.
	to    Receiver
	got   uint64
	heard time.Time

	mu   sync.Mutex // held while sending, so that frames go out by their numbers
	sent uint64
	over bool
}

// Dial opens a line to a node, which is told the greeting.
func (r *Relay) Dial(to cluster.NodeID, greeting []byte, end Receiver) (*Line, error) {
	l := &Line{relay: r, key: lineKey{to, true, r.last.Add(1)}, to: end, heard: time.Now()}
	r.mu.Lock()
	r.lines[l.key] = l
	r.mu.Unlock()
	if err := r.send(l, kindOpen, 0, greeting); err != nil {
		r.remove(l)
		return nil, err
	}
	return l, nil
}

// Peer returns the node at the other end.
func (l *Line) Peer() cluster.NodeID { return l.key.peer }

// Send sends a frame, which it does not keep. When it fails the frame was not
// sent: with ErrBroken none will be, and after another error the next may be.
func (l *Line) Send(frame []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		return ErrBroken
	}
	if err := l.relay.send(l, kindFrame, l.sent+1, frame); err != nil {
		return err
	}
	l.sent++
	return nil
}

// Close ends the line, and has the other end told. Its own end is not told.
func (l *Line) Close() { l.end(closed) }

// Lose is Close for a line that nobody wanted to end: the way to it was lost.
func (l *Line) Lose() { l.end(lost) }

func (l *Line) end(how uint64) {
	if l.relay.remove(l) {
		_ = l.relay.send(l, kindClose, how, nil)
	}
}

func (r *Relay) send(l *Line, k kind, n uint64, body []byte) error {
	m := message{from: r.cfg.Self, kind: k, dialed: l.key.dialed, id: l.key.id, n: n, body: body}
	return r.cfg.Bus.Publish(subjectOf(l.key.peer), m.bytes())
}

// remove takes a line out, and reports whether it was there.
func (r *Relay) remove(l *Line) bool {
	r.mu.Lock()
	there := r.lines[l.key] == l
	if there {
		delete(r.lines, l.key)
	}
	r.mu.Unlock()
	l.mu.Lock()
	l.over = true
	l.mu.Unlock()
	return there
}

// onLine takes a message of a line.
func (r *Relay) onLine(m message) {
	key := lineKey{m.from, !m.dialed, m.id}
	if m.kind == kindOpen {
		r.accept(key, m.body)
		return
	}
	r.mu.Lock()
	l := r.lines[key]
	r.mu.Unlock()
	switch {
	case l == nil && m.kind == kindClose:
	case l == nil: // the sender does not know yet
		_ = r.send(&Line{key: key}, kindClose, lost, nil)
	case m.kind == kindClose:
		if r.remove(l) {
			l.to.Broken(l.whole(m.n == lost))
		}
	case m.kind == kindPulse && m.n == l.got:
		l.heard = time.Now()
	case m.kind == kindFrame && m.n == l.got+1:
		l.got, l.heard = l.got+1, time.Now()
		l.to.Receive(m.body)
	default:
		r.cfg.Log.Warn("frames were lost between nodes", "node", m.from, "got", l.got, "at", m.n)
		r.snap(l, l.heard)
	}
}

// whole returns when the line was last known to be, if frames were lost.
func (l *Line) whole(lost bool) time.Time {
	if lost {
		return l.heard
	}
	return time.Time{}
}

// accept takes a line that another node opens.
func (r *Relay) accept(key lineKey, greeting []byte) {
	l := &Line{relay: r, key: key, heard: time.Now()}
	if l.to = r.cfg.Accept(greeting, l); l.to == nil {
		_ = r.send(l, kindClose, closed, nil)
		return
	}
	r.mu.Lock()
	r.lines[key] = l
	r.mu.Unlock()
}

// snap ends a line that is lost, of which its receiver is told, and the other end.
func (r *Relay) snap(l *Line, seen time.Time) {
	if r.remove(l) {
		_ = r.send(l, kindClose, lost, nil)
		l.to.Broken(seen)
	}
}

// Lose breaks every line: this node was cut off from the others since then.
func (r *Relay) Lose(since time.Time) {
	r.breakAll(func(*Line) bool { return true }, since)
}

// looks is how often dead nodes are looked for between two pulses.
const looks = 20

// watch says every so often how many frames there were, so that the last one
// is missed, too, and breaks the lines of dead nodes.
func (r *Relay) watch(ctx context.Context) {
	for turn := 1; ; turn++ {
		pause(ctx, r.cfg.Every/looks)
		if ctx.Err() != nil {
			return
		}
		peers := make(map[cluster.NodeID]struct{})
		for _, l := range r.all() {
			peers[l.key.peer] = struct{}{}
		}
		for peer := range peers {
			if seen, dead := r.cfg.Dead(peer); dead {
				r.breakAll(func(l *Line) bool { return l.key.peer == peer }, seen)
			}
		}
		if turn%looks == 0 {
			r.pulse()
		}
	}
}

func (r *Relay) pulse() {
	for _, l := range r.all() {
		l.mu.Lock()
		if !l.over {
			_ = r.send(l, kindPulse, l.sent, nil)
		}
		l.mu.Unlock()
	}
}

func (r *Relay) all() []*Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]*Line, 0, len(r.lines))
	for _, l := range r.lines {
		all = append(all, l)
	}
	return all
}

func (r *Relay) breakAll(which func(*Line) bool, seen time.Time) {
	for _, l := range slices.DeleteFunc(r.all(), func(l *Line) bool { return !which(l) }) {
		r.snap(l, seen)
	}
}

// answerTime bounds how long a question of another node is worked on.
const answerTime = 10 * time.Second
