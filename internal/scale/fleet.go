package scale

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// Fleet is the app servers of a cluster, to be simulated. Who owns what is
// decided by cluster.Plan, and who is alive by a cluster.Roll.
type Fleet struct {
	Nodes int
	// Tables run at a time in all of them, and Read is how many records are read
	// of each when it is taken over.
	Tables, Read int
	// Seed decides when nodes beat, and who dies.
	Seed  uint64
	Times Times
}

// Times are how long things take, and how often they are done.
type Times struct {
	// BeatEvery and DeadAfter are those of cluster.Config, and so is what
	// follows from them.
	BeatEvery, DeadAfter time.Duration
	// Hop is the way of a message from node to node, and Lease how long it takes
	// to store one of many leases, beside LeaseAlone for the way there and back.
	Hop, Lease, LeaseAlone time.Duration
	// Finish is how long a node needs to finish what is in flight of a partition
	// that it hands over.
	Finish time.Duration
	// Ask is the first question of a takeover, and Record how long it takes one
	// node to read one of many records. Read and Claim are the processor time of
	// all NATS servers for a record that is read and for one that is appended,
	// of which the servers have Cores.
	Ask, Record, Read, Claim time.Duration
	Cores                    float64
	// Notice is the longest time until sockets hear that their table has moved,
	// and Back what a player needs at least to be there again. Insist is how
	// often who was not answered asks again.
	Notice, Back, Insist time.Duration
	// Pace is the time between two moves of a table. Moves that are made sooner
	// than Blind after a fault do not show that the game goes on.
	Pace, Blind time.Duration
}

// takesAtOnce and handsAtOnce are how many partitions a node takes and gives away
// at a time.
const (
	takesAtOnce = 32
	handsAtOnce = 32
)

// DefaultTimes returns the times of a cluster with default settings whose NATS
// servers have so many cores, with players as those of TestCluster in
// internal/server. What the servers take is rounded up from what TestJournalCosts
// measured, and for reading from docs/decisions/0013.
func DefaultTimes(cores float64) Times {
	return Times{
		BeatEvery: time.Second, DeadAfter: 3 * time.Second,
		Hop: time.Millisecond, Lease: 150 * time.Microsecond, LeaseAlone: 2 * time.Millisecond,
		Finish: 5 * time.Millisecond,
		Ask:    5 * time.Millisecond, Record: 60 * time.Microsecond,
		Read: 60 * time.Microsecond, Claim: 110 * time.Microsecond, Cores: cores,
		Notice: 100 * time.Millisecond, Back: 60 * time.Millisecond, Insist: 200 * time.Millisecond,
		Pace: 420 * time.Millisecond, Blind: 100 * time.Millisecond,
	}
}

// shared is what a part of what all servers do takes of the time.
func (t Times) shared(work time.Duration) station {
	return station{each: time.Duration(float64(work) / t.Cores)}
}

// Outage is what came of a fault.
type Outage struct {
	// Moved are the partitions that changed hands.
	Moved int
	// Served is how long after the fault each of these was served again, and
	// Paused how long nobody had served it. Next is how long after the fault the
	// next move came, of some tables of each.
	Served, Paused, Next []time.Duration
	// Share is how many partitions a node has at most afterwards.
	Share int
	// Unserved partitions had nobody at the end.
	Unserved int
}

// patience is how long a fault is followed.
const patience = 10 * time.Minute

// warmUp is how long nodes hear each other before anything happens to them.
const warmUp = 5 * time.Second

// observer is who hears everybody. All nodes of a simulation hear the same.
const observer cluster.NodeID = "observer"

// epoch is when a simulation begins. Any moment would do.
var epoch = time.Unix(1_700_000_000, 0)

// simulation is a Fleet in virtual time.
type simulation struct {
	Fleet
	timeline
	random *rand.Rand
	nodes  []*node
	roll   *cluster.Roll
	// stored are the leases as they are, and seen as nodes have heard of them.
	stored, seen cluster.Map
	epochs       uint64
	leases       station
	reads        station
	claims       station
	plans        plans
	alive        []cluster.Node
	aliveAt      time.Duration
	// heard and told grow when alive and seen change: while they do not, current
	// is the plan.
	heard, told int
	current     current
	looking     bool // a round of looks is due

	down    [table.Partitions]time.Duration // since when nobody serves it; 0: it is served
	outage  Outage
	faultAt time.Duration
	watched bool // the fault has begun
}

// start puts a fleet together, with each node owning its share.
func (f Fleet) start() *simulation {
	s := &simulation{
		Fleet: f, random: rand.New(rand.NewPCG(f.Seed, 1)), roll: cluster.NewRoll(observer, f.Times.DeadAfter, time.Hour),
		leases: station{each: f.Times.Lease}, reads: f.Times.shared(f.Times.Read), claims: f.Times.shared(f.Times.Claim),
		plans: make(plans),
	}
	for n := range f.Nodes {
		s.roll.Beat(s.join(fmt.Sprintf("app%04d", n)).self, s.at())
	}
	s.hear(cluster.Node{ID: observer, Role: cluster.Gateway, Name: string(observer)})
	s.stored = cluster.NewMap()
	for _, move := range cluster.Plan(&s.stored, s.all()) {
		s.epochs++
		s.stored[move.Partition].Owner, s.stored[move.Partition].Epoch = move.To, s.epochs
	}
	s.seen = s.stored
	for _, n := range s.nodes {
		for p := range s.seen {
			n.epochs[p] = s.seen[p].Epoch
			if s.seen[p].Owner == n.self.ID {
				n.held[p] = &holding{epoch: s.seen[p].Epoch, serves: true}
			}
		}
	}
	s.until(warmUp+s.upTo(f.Times.BeatEvery), never)
	s.watched, s.faultAt = true, s.now
	return s
}

func never() bool { return false }

// upTo draws a time.
func (s *simulation) upTo(d time.Duration) time.Duration {
	return time.Duration(s.random.Int64N(int64(d) + 1))
}

func (s *simulation) all() []cluster.Node {
	var all []cluster.Node
	for _, n := range s.nodes {
		all = append(all, n.self)
	}
	return all
}

func (s *simulation) at() time.Time { return epoch.Add(s.now) }

// hear has somebody beat for as long as he lives.
func (s *simulation) hear(n cluster.Node) {
	s.roll.Beat(n, s.at())
	s.after(s.Times.BeatEvery, func() { s.hear(n) })
}

// askEvery is how often it is asked who is alive. All who look meanwhile are told
// the same.
const askEvery = 20 * time.Millisecond

// living returns who is alive.
func (s *simulation) living() []cluster.Node {
	if s.alive != nil && s.now-s.aliveAt <= askEvery {
		return s.alive
	}
	if now := s.roll.Alive(s.at()); !slices.Equal(now, s.alive) {
		s.alive = now
		s.heard++
	}
	s.aliveAt = s.now
	return s.alive
}

// Kill has so many nodes that own partitions die at the same moment, and follows
// what comes of it.
func (f Fleet) Kill(nodes int) Outage {
	s := f.start()
	var owners []*node
	for _, n := range s.nodes {
		if len(n.held) > 0 {
			owners = append(owners, n)
		}
	}
	s.random.Shuffle(len(owners), func(i, j int) { owners[i], owners[j] = owners[j], owners[i] })
	for _, n := range owners[:min(nodes, len(owners))] {
		n.dead = true
		for p := range n.held {
			s.interrupted(p)
			s.outage.Moved++
		}
	}
	return s.follow()
}

// Drain has one node that owns partitions hand all of them over.
func (f Fleet) Drain() Outage {
	s := f.start()
	for _, n := range s.nodes {
		if len(n.held) > 0 {
			n.self.Draining = true
			s.outage.Moved = len(n.held)
			break
		}
	}
	return s.follow()
}

// Join has a new node come, and get its share.
func (f Fleet) Join() Outage {
	s := f.start()
	n := s.join(fmt.Sprintf("app%04d", f.Nodes))
	s.outage.Moved = table.Partitions / (f.Nodes + 1)
	return s.followUntil(func() bool { return len(n.held) >= s.outage.Moved && s.unserved() == 0 })
}

// follow lets time pass until everything is served again and nothing is left to
// be done.
func (s *simulation) follow() Outage {
	moved := s.outage.Moved
	return s.followUntil(func() bool { return len(s.outage.Served) >= moved && s.unserved() == 0 })
}

func (s *simulation) followUntil(so func() bool) Outage {
	s.until(s.now+patience, so)
	for _, n := range s.nodes {
		if !n.dead {
			s.outage.Share = max(s.outage.Share, len(n.held))
		}
	}
	s.outage.Unserved = s.unserved()
	return s.outage
}

func (s *simulation) unserved() int {
	n := 0
	for _, since := range s.down {
		if since != 0 {
			n++
		}
	}
	return n
}

// interrupted notes that nobody serves a partition any more.
func (s *simulation) interrupted(p int) {
	if s.down[p] == 0 {
		s.down[p] = s.now
	}
}

// tablesSampled is of how many tables of a partition the next move is noted.
const tablesSampled = 4

// served notes that somebody serves a partition again, and when its players may
// go on.
func (s *simulation) served(p int) {
	if s.down[p] == 0 {
		return
	}
	paused := s.now - s.down[p]
	before := s.down[p] - s.faultAt
	s.down[p] = 0
	s.outage.Served = append(s.outage.Served, s.now-s.faultAt)
	s.outage.Paused = append(s.outage.Paused, paused)
	for range tablesSampled {
		next := s.Times.Blind + s.upTo(s.Times.Pace)
		if next > before {
			next = max(next, s.now-s.faultAt+s.upTo(s.Times.Notice)+s.Times.Back+s.upTo(s.Times.Insist))
		}
		s.outage.Next = append(s.outage.Next, next)
	}
}
