package scale

import (
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// node is one app server: what cluster.Keeper does, in virtual time. A test
// compares the two.
type node struct {
	self cluster.Node
	dead bool
	held map[int]*holding
	// asked is what was claimed and may not have shown yet, and until when that
	// is believed.
	asked map[int]claim
	busy  map[int]bool // a claim is under way
	// epochs are those of the look before; calm is when others will have changed
	// nothing for a beat.
	epochs        [table.Partitions]uint64
	calm          time.Duration
	taking, hands int
	waiting       []func() // takes that wait for their turn
}

// holding is one partition that a node owns.
type holding struct {
	epoch           uint64
	serves, handing bool
}

type claim struct {
	epoch uint64
	until time.Duration
}

// join adds a node, which beats and looks from a moment within the next beat.
func (s *simulation) join(name string) *node {
	n := &node{
		self: cluster.Node{ID: cluster.NodeID(name), Name: name, Role: cluster.App, Started: epoch.Add(s.now)},
		held: make(map[int]*holding), asked: make(map[int]claim), busy: make(map[int]bool),
	}
	for p := range n.epochs {
		n.epochs[p] = s.seen[p].Epoch
	}
	s.nodes = append(s.nodes, n)
	s.after(s.upTo(s.Times.BeatEvery), func() {
		s.beats(n)
		s.looks(n)
	})
	return n
}

// beats says every so often that a node lives.
func (s *simulation) beats(n *node) {
	if n.dead {
		return
	}
	s.say(n)
	s.after(s.Times.BeatEvery, func() { s.beats(n) })
}

// say is one beat. Who hears of somebody, or that he drains, looks.
func (s *simulation) say(n *node) {
	said := n.self
	s.after(s.Times.Hop, func() {
		before, known := s.roll.Node(said.ID)
		s.roll.Beat(said, s.at())
		if !known || before.Draining != said.Draining {
			s.alive = nil
			s.round()
		}
	})
}

// looks has a node look twice in a beat.
func (s *simulation) looks(n *node) {
	if n.dead {
		return
	}
	s.look(n)
	s.after(s.Times.BeatEvery/2, func() { s.looks(n) })
}

// round has all nodes look, soon.
func (s *simulation) round() {
	if s.looking {
		return
	}
	s.looking = true
	s.after(0, func() {
		s.looking = false
		for _, n := range s.nodes {
			s.look(n)
		}
	})
}

// look compares what is with what should be.
func (s *simulation) look(n *node) {
	if n.dead {
		return
	}
	nodes := s.living()
	s.announce(n, nodes)
	s.calmDown(n)
	s.takeAndLose(n)
	for _, move := range s.plan(n, nodes) {
		switch {
		case move.From == n.self.ID && (n.self.Draining || s.now > n.calm):
			s.hand(n, move)
		case move.To == n.self.ID && s.roll.Hears(s.at()) && s.free(move.From):
			s.claim(n, move.Partition)
		}
	}
}

// plan returns what a node has to do. Nodes that have claimed nothing all see the
// same.
func (s *simulation) plan(n *node, nodes []cluster.Node) []cluster.Move {
	if len(n.asked) > 0 {
		return s.plans.of(s.count(n), nodes)[n.self.ID]
	}
	if c := &s.current; c.by == nil || c.heard != s.heard || c.told != s.told {
		*c = current{s.heard, s.told, s.plans.of(&s.seen, nodes)}
	}
	return s.current.by[n.self.ID]
}

func (s *simulation) announce(n *node, nodes []cluster.Node) {
	if !n.self.Draining {
		return
	}
	for _, one := range nodes {
		if one.ID == n.self.ID && !one.Draining {
			s.say(n)
		}
	}
}

// calmDown notes whether others have changed anything since the last look.
func (s *simulation) calmDown(n *node) {
	for p := range s.seen {
		if s.seen[p].Epoch == n.epochs[p] {
			continue
		}
		if h := n.held[p]; h == nil || !h.handing {
			n.calm = s.now + s.Times.BeatEvery
		}
		n.epochs[p] = s.seen[p].Epoch
	}
}

func (s *simulation) free(from cluster.NodeID) bool { return from == "" || s.roll.Dead(from, s.at()) }

// count returns the map with what the node has claimed as if it had it.
func (s *simulation) count(n *node) *cluster.Map {
	m := s.seen
	for p, c := range n.asked {
		if m[p].Epoch != c.epoch || s.now > c.until {
			delete(n.asked, p)
			continue
		}
		m[p].Owner = n.self.ID
	}
	return &m
}

// takeAndLose takes what the map says is the node's, and lets go of the rest.
func (s *simulation) takeAndLose(n *node) {
	for p, h := range n.held {
		if s.seen[p].Epoch != h.epoch {
			delete(n.held, p)
		}
	}
	for p := range s.seen {
		if s.seen[p].Owner == n.self.ID && n.held[p] == nil {
			s.take(n, p)
		}
	}
}

// take reads and claims the tables of a partition, when it is its turn.
func (s *simulation) take(n *node, p int) {
	h := &holding{epoch: s.seen[p].Epoch}
	n.held[p] = h
	s.queue(n, func() {
		tables := s.Tables / table.Partitions
		asked := s.now + s.Times.Ask
		read := max(asked+time.Duration(tables*s.Read)*s.Times.Record, s.reads.serve(asked, tables*s.Read))
		claimed := s.claims.serve(read, tables)
		s.after(claimed-s.now, func() {
			s.release(n)
			if n.held[p] == h && !n.dead {
				h.serves = true
				s.served(p)
			}
		})
	})
}

// queue has a node do something of which it does only so many at a time.
func (s *simulation) queue(n *node, do func()) {
	if n.taking == takesAtOnce {
		n.waiting = append(n.waiting, do)
		return
	}
	n.taking++
	do()
}

func (s *simulation) release(n *node) {
	n.taking--
	if len(n.waiting) > 0 {
		next := n.waiting[0]
		n.waiting = n.waiting[1:]
		s.queue(n, next)
	}
}

// claim asks for a partition that nobody alive owns.
func (s *simulation) claim(n *node, p int) {
	if n.busy[p] {
		return
	}
	was := s.seen[p].Epoch
	n.busy[p], n.asked[p] = true, claim{was, s.now + s.Times.DeadAfter}
	s.assign(was, p, n.self.ID, func() { delete(n.busy, p) })
}

// assign stores who owns a partition, if that is still what it was.
func (s *simulation) assign(was uint64, p int, to cluster.NodeID, done func()) {
	stored := s.leases.serve(s.now+s.Times.LeaseAlone/2, 1)
	s.after(stored-s.now, func() {
		if s.stored[p].Epoch == was {
			s.epochs++
			s.stored[p].Owner, s.stored[p].Epoch = to, s.epochs
			s.after(s.Times.LeaseAlone/2, func() {
				s.seen[p] = s.stored[p]
				s.told++
				s.round()
			})
		}
		s.after(s.Times.LeaseAlone/2, done)
	})
}

// hand finishes what is in flight of a partition, and gives it to the next.
func (s *simulation) hand(n *node, move cluster.Move) {
	h := n.held[move.Partition]
	if h == nil || h.handing || !h.serves || n.hands == handsAtOnce {
		return
	}
	h.handing = true
	n.hands++
	s.interrupted(move.Partition)
	s.after(s.Times.Finish, func() {
		s.assign(h.epoch, move.Partition, move.To, func() { n.hands-- })
	})
}
