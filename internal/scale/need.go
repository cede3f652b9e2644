package scale

import (
	"math"
	"time"
)

// Load is what people do.
type Load struct {
	// Games run at a time, with two sockets each.
	Games int
	// Between is the time between two moves of a game, and Plies how many moves
	// a game has.
	Between time.Duration
	Plies   int
	// Keep is how long the journal keeps a record.
	Keep time.Duration
}

// Usual returns a load of games in which people think for 10 s, 80 moves long,
// with a journal that keeps them for 72 h.
func Usual(games int) Load {
	return Load{Games: games, Between: 10 * time.Second, Plies: 80, Keep: 72 * time.Hour}
}

// Moves and Begun are how many moves are made and games begun a second.
func (l Load) Moves() float64 { return float64(l.Games) / l.Between.Seconds() }

// Begun is how many games begin a second, and end.
func (l Load) Begun() float64 { return l.Moves() / float64(l.Plies) }

func (l Load) sockets() float64 { return 2 * float64(l.Games) }

// cores is how many processors a part keeps busy.
func (l Load) cores(c Cost) float64 { return l.Moves()*c.Move.Seconds() + l.Begun()*c.Game.Seconds() }

// Machine is what one process of each part may use.
type Machine struct {
	// Cores are its processors, of which Fill is to be used.
	Cores, Fill float64
	// AppSockets and GatewaySockets are how many sockets one process should have
	// at most. That of app servers is what they say of themselves.
	AppSockets, GatewaySockets float64
	// StreamAppends is how many appends a second one stream took.
	StreamAppends float64
}

// Ordinary returns a machine of 4 cores, to be half full.
func Ordinary() Machine {
	return Machine{Cores: 4, Fill: 0.5, AppSockets: 20_000, GatewaySockets: 50_000, StreamAppends: 1_700}
}

// Need is how many of each part there must be, and what they have to hold.
type Need struct {
	// Apps and Gateways have one more than they need, so that one may fail.
	Apps, Gateways int
	// NATS servers are at least three, each with as many Streams to lead as
	// fall to it.
	NATS, Streams int
	// Workers is over how many processes the archive must be divided, by table:
	// one process does it today, with a second that waits.
	Workers int
	// Databases is over how many servers the rows must be divided.
	Databases int
	// Memcached are two, for one may fail, until they are asked too often.
	Memcached int
	// Partitions are enough when an app server has at least eight.
	Partitions int
	// JournalBytes are in the files of all NATS servers, and SubjectBytes in the
	// memory of each.
	JournalBytes, SubjectBytes float64
	// DatabaseBytes are added every day, and WALBytes every second.
	DatabaseBytes, WALBytes float64
	// GatewayMemory and AppMemory are for the sockets of one process.
	GatewayMemory, AppMemory float64
}

// Replicas are the copies of a stream.
const replicas = 3

// partitionsEach is how many partitions an app server should have, so that
// those of one that dies go to many others.
const partitionsEach = 8

// writerCores is how many processors a process uses whose work is done by one
// goroutine and its database: the archive is one batch after the other.
const writerCores = 1.0

// cacheAsked is how many questions a second are put to one memcached. It answers
// far more; a number at which nobody has to think about it.
const cacheAsked = 20_000.0

// For returns what a load needs on such machines at such costs.
func For(l Load, m Machine, c Costs) Need {
	part := func(cost Cost) float64 { return l.cores(cost) / (m.Cores * m.Fill) }
	n := Need{
		Apps:      1 + up(max(part(c.App), l.sockets()/m.AppSockets)),
		Gateways:  1 + up(max(part(c.Gateway), l.sockets()/m.GatewaySockets)),
		NATS:      max(replicas, up(part(c.NATS))),
		Streams:   max(4, up(l.Moves()/m.StreamAppends)),
		Workers:   max(1, up(l.cores(c.Worker)/(writerCores*m.Fill))),
		Databases: max(1, up(part(c.Database))),
		Memcached: max(2, up(l.Begun()*c.Asked/cacheAsked)),
	}
	n.Partitions = max(256, powerOfTwo(partitionsEach*n.Apps))
	kept := l.Keep.Seconds()
	n.JournalBytes = l.Moves() * kept * float64(c.JournalBytes*replicas)
	n.SubjectBytes = l.Begun() * kept * float64(c.SubjectBytes) * replicas / float64(n.NATS)
	n.DatabaseBytes = l.Begun() * (24 * time.Hour).Seconds() * float64(c.GameBytes)
	n.WALBytes = l.Moves()*float64(c.MoveWALBytes) + l.Begun()*float64(c.GameWALBytes)
	n.GatewayMemory = l.sockets() / float64(n.Gateways) * float64(c.GatewaySocketBytes)
	n.AppMemory = l.sockets() / float64(n.Apps) * float64(c.AppSocketBytes)
	return n
}

func up(x float64) int { return int(math.Ceil(x)) }

// powerOfTwo returns the next one.
func powerOfTwo(n int) int {
	p := 1
	for p < n {
		p *= 2
	}
	return p
}

// Spread says how evenly partitions lie on nodes when each has its share: how
// many nodes have none, and how much more than the average the fullest has, in
// parts of the average.
func Spread(partitions, nodes int) (idle int, over float64) {
	fullest := (partitions + nodes - 1) / nodes
	return max(0, nodes-partitions), float64(fullest*nodes)/float64(partitions) - 1
}
