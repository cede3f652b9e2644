// Package cluster decides which node of a cluster runs which tables. A node
// owns partitions by leases; nodes hear each other's beats, take over from the
// dead, and hand partitions over to who has fewer. A lease only steers traffic:
// what keeps two owners apart is the journal, which takes the appends of one.
package cluster

import (
	"context"
	"errors"
	"iter"
	"time"

	"kibitz/internal/table"
)

// ErrTaken: a lease is not what it was; somebody else was faster.
var ErrTaken = errors.New("the lease has changed hands")

// NodeID names one life of one node: a process that starts again is another. It
// is letters, digits and dashes.
type NodeID string

// Role says what a node does.
type Role string

// The roles.
const (
	Gateway Role = "gateway"
	App     Role = "app"
	Worker  Role = "worker"
)

// Node is what a node says of itself with every beat.
type Node struct {
	ID NodeID `json:"id"`
	// Name outlives the process. Of two lives with one name, the one that
	// started later is alive and the other is not.
	Name string `json:"name"`
	Role Role   `json:"role"`
	// Addr is where other nodes reach it, as host:port.
	Addr    string    `json:"addr"`
	Started time.Time `json:"started"`
	// Weight is its share of the partitions, beside those of others; below 1 is
	// 1.
	Weight int `json:"weight,omitempty"`
	// Tables and Sockets are how many it has, of MaxTables and MaxSockets.
	Tables     int `json:"tables"`
	Sockets    int `json:"sockets"`
	MaxTables  int `json:"maxTables,omitempty"`
	MaxSockets int `json:"maxSockets,omitempty"`
	// Busy is how much of its processors is in use, from 0 to 1.
	Busy float64 `json:"busy"`
	// Draining nodes take no new tables, and give their partitions away.
	Draining bool `json:"draining,omitempty"`
	// Gone is said by the last beat of a node that ends in good order.
	Gone bool `json:"gone,omitempty"`
}

// place is what at most one life has at a time.
func (n Node) place() string { return string(n.Role) + " " + n.Name }

// Room is how much of a node is free, from 1 down to 0, and below where it has
// more than it should: the fullest of its tables, sockets and processors
// counts.
func (n Node) Room() float64 {
	full := max(n.Busy, share(n.Tables, n.MaxTables), share(n.Sockets, n.MaxSockets))
	return 1 - full
}

func share(n, limit int) float64 {
	if limit <= 0 {
		return 0
	}
	return float64(n) / float64(limit)
}

// Lease says who owns a partition.
type Lease struct {
	Partition int
	// Owner is empty when nobody owns it.
	Owner NodeID
	// Epoch grows whenever the owner changes; 0 means that there never was one.
	Epoch uint64
	// Seen is when the tables were last alive under the owner before: when it
	// let go of them in good order, or gave its last sign of life. It is zero
	// when nobody knows.
	Seen time.Time
}

// Map is every lease, by partition.
type Map [table.Partitions]Lease

// NewMap returns the map of a cluster that nobody has joined yet.
func NewMap() Map {
	var m Map
	for p := range m {
		m[p].Partition = p
	}
	return m
}

// Of returns the partitions that a node owns.
func (m *Map) Of(id NodeID) []int {
	var all []int
	for p := range m {
		if m[p].Owner == id {
			all = append(all, p)
		}
	}
	return all
}

// Leases keeps who owns which partition, over any crash. It is safe for
// concurrent use.
type Leases interface {
	// Assign makes a node the owner, or nobody, if the lease is still what it
	// was, and returns the new one; ErrTaken if not. After another error nobody
	// knows before Watch has told. Seen is noted in the lease, in whole
	// milliseconds.
	Assign(ctx context.Context, was Lease, to NodeID, seen time.Time) (Lease, error)
	// Read returns the lease of a partition, the zero Lease of that partition when
	// it was never assigned. It may be a moment old.
	Read(ctx context.Context, partition int) (Lease, error)
	// Watch yields all leases that were ever assigned, perhaps none, and then
	// those that change, until ctx is done. Of changes that follow each other
	// fast, only the last is sure to come.
	Watch(ctx context.Context) iter.Seq2[[]Lease, error]
}

// Sign is a stored sign of life.
type Sign struct {
	Node Node
	// At is when it was stored, by the clock of the store.
	At time.Time
	// Left says that the node has ended in good order.
	Left bool
}

// Members keeps when each node was last alive, over any crash, for a few days.
// It is safe for concurrent use.
type Members interface {
	// Renew stores a sign of life.
	Renew(ctx context.Context, n Node) error
	// Leave takes a node off the list.
	Leave(ctx context.Context, id NodeID) error
	// Watch yields the last sign of each node on the list, perhaps none, and
	// then those that come and go, until ctx is done.
	Watch(ctx context.Context) iter.Seq2[[]Sign, error]
}

// Message is one message of the bus. Nobody may change its data.
type Message struct {
	Subject string
	Data    []byte
}

// Bus carries news between nodes: at most once, in the order of each sender,
// and to nobody who is not listening. It is safe for concurrent use.
type Bus interface {
	// Publish sends a message of at most MaxMessage bytes. It does not wait for
	// anybody. The subject is words of letters, digits, dashes and underscores
	// with dots between them.
	Publish(subject string, data []byte) error
	// Subscribe listens to a subject, in which the word * stands for any one and
	// a last word > for any that follow. At most buffer messages wait to be
	// taken; more are lost, and counted.
	Subscribe(subject string, buffer int) (Subscription, error)
}

// MaxMessage is how large a message of the bus may be.
const MaxMessage = 1 << 20

// Errors of a Bus.
var (
	// ErrBusClosed: the subscription, or the bus, has ended.
	ErrBusClosed = errors.New("the subscription has ended")
	// ErrSubject: no subject looks like that.
	ErrSubject = errors.New("not a subject of the bus")
	// ErrMessageTooLarge: a message is over MaxMessage.
	ErrMessageTooLarge = errors.New("the message is too large for the bus")
)

// Subscription is what one listener gets. One goroutine at a time may call
// Next.
type Subscription interface {
	// Next waits for a message. It fails with ErrBusClosed after Close.
	Next(ctx context.Context) (Message, error)
	// Lost counts the messages that did not fit the buffer.
	Lost() uint64
	// Close ends the subscription. Closing twice does nothing.
	Close()
}
