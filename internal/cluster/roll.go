package cluster

import (
	"cmp"
	"slices"
	"time"
)

// Roll is who is alive, as far as one node can tell from the beats and the
// stored signs of life that reach it. It is not safe for concurrent use; times
// are handed in, by the monotonic clock of the process.
type Roll struct {
	self      NodeID
	deadAfter time.Duration
	lapse     time.Duration
	// beats and signs are how well the node hears what it says itself, and stored
	// when it could store what it said, heard or not.
	beats, signs, stored echo
	nodes                map[NodeID]*known
	// newest is when the latest life of each name began.
	newest map[string]time.Time
}

// known is what is known of one node.
type known struct {
	node Node
	// beat is when the last beat came, sign when a stored sign of life came, and
	// at when the store says it was stored.
	beat, sign, at time.Time
	// gone is set when the node has said goodbye.
	gone bool
}

// echo is how well a node hears itself. Who has not heard itself for a moment has
// perhaps not heard others, either.
type echo struct {
	// last is when the node last heard itself, and since when it has without a
	// gap.
	last, since time.Time
}

func (e *echo) hear(now time.Time, gap time.Duration) {
	if e.last.IsZero() || now.Sub(e.last) > gap {
		e.since = now
	}
	e.last = now
}

// silent reports whether the node was heard, and is not any more.
func (e *echo) silent(now time.Time, after time.Duration) bool {
	return !e.last.IsZero() && now.Sub(e.last) > after
}

// good reports whether what has not come for the longer time was not said.
func (e *echo) good(now time.Time, gap, whole time.Duration) bool {
	return !e.last.IsZero() && now.Sub(e.last) <= gap && now.Sub(e.since) >= whole
}

// NewRoll returns a roll as kept by a node. A node is dead whose beats have
// been missing for deadAfter, and one that has not stored a sign of life for
// the lapse, while the node itself was heard and could store.
func NewRoll(self NodeID, deadAfter, lapse time.Duration) *Roll {
	return &Roll{self: self, deadAfter: deadAfter, lapse: lapse, nodes: make(map[NodeID]*known), newest: make(map[string]time.Time)}
}

func (r *Roll) of(n Node) *known {
	k := r.nodes[n.ID]
	if k == nil {
		k = &known{node: n}
		r.nodes[n.ID] = k
	}
	return k
}

// Beat notes a beat that came now, the node's own included, and returns since when
// the node was unheard until then; zero when it was not.
func (r *Roll) Beat(n Node, now time.Time) (unheard time.Time) {
	since, late := r.Unheard(n.ID, now)
	if late {
		unheard = since
	}
	if n.ID == r.self {
		r.beats.hear(now, r.deadAfter/2)
	}
	k := r.of(n)
	k.node, k.beat, k.gone = n, now, n.Gone
	if n.Started.After(r.newest[n.place()]) {
		r.newest[n.place()] = n.Started
	}
	return unheard
}

// Unheard reports whether a node that lives for all that is known should have been
// heard of again by now, and when it last was: it may be well, and the way to it
// not, or the other way round.
func (r *Roll) Unheard(id NodeID, now time.Time) (since time.Time, unheard bool) {
	k := r.nodes[id]
	if k == nil || k.gone || k.beat.IsZero() || now.Sub(k.beat) <= r.deadAfter/2 {
		return time.Time{}, false
	}
	return k.beat, true
}

// Sign notes a stored sign of life that came now.
func (r *Roll) Sign(s Sign, now time.Time) {
	if s.Left {
		if k := r.nodes[s.Node.ID]; k != nil {
			k.gone = true
		}
		return
	}
	if s.Node.ID == r.self {
		r.signs.hear(now, r.lapse/2)
	}
	k := r.of(s.Node)
	k.sign, k.at = now, s.At
	if k.beat.IsZero() {
		k.node = s.Node
	}
}

// Stored notes that the node has stored a sign of life now.
func (r *Roll) Stored(now time.Time) { r.stored.hear(now, r.lapse/2) }

// Hears reports whether the absence of beats means anything: the node's own come
// back, and have for long enough.
func (r *Roll) Hears(now time.Time) bool {
	return r.beats.good(now, r.deadAfter/2, r.deadAfter)
}

// Deaf reports whether the node has not heard itself, or could not store that it
// lives, for so long that others take it for dead, and since when. One that is
// together with a server that is cut off from the others hears itself and stores
// nothing.
func (r *Roll) Deaf(now time.Time) (since time.Time, deaf bool) {
	if r.beats.silent(now, r.deadAfter) {
		since, deaf = r.beats.last, true
	}
	if r.stored.silent(now, r.lapse) && (!deaf || r.stored.last.Before(since)) {
		since, deaf = r.stored.last, true
	}
	return since, deaf
}

// Dead reports whether a node is known not to live: one that has not been heard
// of at all is dead, too, once there was time to hear of it. A node that hears
// nobody takes nobody for dead.
func (r *Roll) Dead(id NodeID, now time.Time) bool {
	if id == r.self {
		return false
	}
	k := r.nodes[id]
	if k != nil && (k.gone || r.outlived(k.node)) {
		return true
	}
	if !r.Hears(now) {
		return false
	}
	if k == nil || now.Sub(k.beat) > r.deadAfter {
		return true
	}
	return !k.sign.IsZero() && now.Sub(k.sign) > r.lapse && r.signs.good(now, r.lapse/2, r.lapse)
}

// outlived reports whether a later life of the same name has been heard of.
func (r *Roll) outlived(n Node) bool { return r.newest[n.place()].After(n.Started) }

// lives reports whether a node has been heard of and is not dead.
func (r *Roll) lives(id NodeID, now time.Time) bool {
	k := r.nodes[id]
	return k != nil && !k.beat.IsZero() && !r.Dead(id, now)
}

// Alive returns the nodes that have been heard of and are not dead, by id.
func (r *Roll) Alive(now time.Time) []Node {
	var all []Node
	for id, k := range r.nodes {
		if r.lives(id, now) {
			all = append(all, k.node)
		}
	}
	slices.SortFunc(all, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// Node returns what a node last said of itself.
func (r *Roll) Node(id NodeID) (Node, bool) {
	k := r.nodes[id]
	if k == nil {
		return Node{}, false
	}
	return k.node, true
}

// LastSeen returns the last sign of life of a node, zero when there was none.
func (r *Roll) LastSeen(id NodeID) time.Time {
	k := r.nodes[id]
	switch {
	case k == nil:
		return time.Time{}
	case k.beat.After(k.at):
		return k.beat
	}
	return k.at
}

// Prune forgets nodes that have been dead for long.
func (r *Roll) Prune(now time.Time, after time.Duration) {
	for id, k := range r.nodes {
		if now.Sub(k.beat) > after && now.Sub(k.sign) > after {
			delete(r.nodes, id)
		}
	}
}
