// Package relay carries what sockets say to the node that it is for, and the
// answers back, over the bus of a cluster. A Line is a socket's way to one
// node: in order, without a gap, or broken. Questions get one answer each.
package relay

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/cluster"
)

// Errors of a Relay.
var (
	// ErrBroken: the line has ended.
	ErrBroken = errors.New("the line is broken")
	// ErrNoAnswer: a node did not answer in time.
	ErrNoAnswer = errors.New("a node does not answer")
)

// Receiver is one end of a line. The relay calls it from one goroutine, for all
// lines: it must not block.
type Receiver interface {
	// Receive gets a frame, which is the receiver's to keep.
	Receive(frame []byte)
	// Broken is called once, when frames were lost or the other end has gone. Seen
	// is when the way was last known to be whole: the last sign of life of the node
	// there when that has died, what came last in order when frames were lost, and
	// zero when the other end closed the line.
	Broken(seen time.Time)
}

// Config is what a Relay needs. Bus, Self and Dead must be given.
type Config struct {
	Bus  cluster.Bus
	Self cluster.NodeID
	// Dead reports whether a node is known not to live, and its last sign of life,
	// zero when there was none.
	Dead func(cluster.NodeID) (seen time.Time, dead bool)
	// Accept returns the end of a line that another node has opened with a
	// greeting, or nil for none. It must not block.
	Accept func(greeting []byte, l *Line) Receiver
	// Answers are what is done for other nodes, each under a name.
	Answers map[string]Answer
	// Every is the time between two looks whether lines are whole. Default: 5 s.
	Every time.Duration
	// Log hears of what makes no sense. Default: slog.Default.
	Log *slog.Logger
}

// Answer answers a question of another node.
type Answer func(ctx context.Context, question []byte) ([]byte, error)

// Relay is safe for concurrent use.
type Relay struct {
	cfg   Config
	last  atomic.Uint64 // number of a line, or a question
	work  sync.WaitGroup
	asked atomic.Int64 // questions that are being answered

	mu      sync.Mutex
	lines   map[lineKey]*Line
	waiting map[uint64]chan reply
}

// New returns a relay that carries nothing until Run.
func New(cfg Config) (*Relay, error) {
	if cfg.Bus == nil || cfg.Self == "" || cfg.Dead == nil {
		return nil, errors.New("relay: Bus, Self and Dead must be given")
	}
	if cfg.Accept == nil {
		cfg.Accept = func([]byte, *Line) Receiver { return nil }
	}
	if cfg.Every <= 0 {
		cfg.Every = 5 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Relay{cfg: cfg, lines: make(map[lineKey]*Line), waiting: make(map[uint64]chan reply)}, nil
}

// waitingMessages is how many messages of other nodes may wait to be taken.
const waitingMessages = 1 << 17

func subjectOf(id cluster.NodeID) string { return "relay." + string(id) }

// Run carries until ctx is done. Then every line is broken.
func (r *Relay) Run(ctx context.Context) {
	defer r.work.Wait()
	defer r.breakAll(func(*Line) bool { return true }, time.Time{})
	r.work.Go(func() { r.watch(ctx) })
	for ctx.Err() == nil {
		if err := r.listen(ctx); err != nil && ctx.Err() == nil {
			r.cfg.Log.Warn("other nodes cannot be heard for a moment", "err", err)
			pause(ctx, r.cfg.Every/5)
		}
	}
}

func (r *Relay) listen(ctx context.Context) error {
	sub, err := r.cfg.Bus.Subscribe(subjectOf(r.cfg.Self), waitingMessages)
	if err != nil {
		return err
	}
	defer sub.Close()
	for {
		msg, err := sub.Next(ctx)
		if err != nil {
			return err
		}
		m, err := parse(msg.Data)
		if err != nil {
			r.cfg.Log.Warn("a message of another node makes no sense", "err", err)
			continue
		}
		r.take(ctx, m)
	}
}

// take does what one message asks for.
func (r *Relay) take(ctx context.Context, m message) {
	switch m.kind {
	case kindAsk:
		r.answer(ctx, m)
	case kindAnswer, kindRefusal:
		r.answered(m)
	default:
		r.onLine(m)
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// kind says what a message is.
type kind byte

const (
	kindOpen    kind = 'o' // begins a line; the body is the greeting
	kindFrame   kind = 'f'
	kindPulse   kind = 'p' // says how many frames there were
	kindClose   kind = 'c' // ends a line, by closed or lost
	kindAsk     kind = 'q' // the body is the name of an Answer, a line feed and the question
	kindAnswer  kind = 'a'
	kindRefusal kind = 'e'
)

// How a line ends: somebody closed it, or frames were lost.
const (
	closed uint64 = iota
	lost
)

// message is what goes over the bus: a line of words, and behind it a body.
type message struct {
	from cluster.NodeID
	kind kind
	// dialed says that the line was opened by who sends the message.
	dialed bool
	// id is that of the line, given by who opened it, or of the question.
	id uint64
	// n is the number of the frame, or how many there were; of an end it is lost or
	// closed.
	n    uint64
	body []byte
}

func (m message) bytes() []byte {
	b := make([]byte, 0, len(m.from)+48+len(m.body))
	side := byte('-')
	if m.dialed {
		side = '+'
	}
	b = append(b, m.from...)
	b = append(b, ' ', byte(m.kind), side, ' ')
	b = strconv.AppendUint(b, m.id, 10)
	b = append(b, ' ')
	b = strconv.AppendUint(b, m.n, 10)
	b = append(b, '\n')
	return append(b, m.body...)
}

var errMessage = errors.New("not a message of a relay")

func parse(b []byte) (message, error) {
	head, body, ok := bytes.Cut(b, []byte{'\n'})
	words := bytes.Split(head, []byte{' '})
	if !ok || len(words) != 4 || len(words[0]) == 0 || len(words[1]) != 2 {
		return message{}, fmt.Errorf("%w: %.40q", errMessage, b)
	}
	m := message{from: cluster.NodeID(words[0]), kind: kind(words[1][0]), dialed: words[1][1] == '+', body: body}
	var err error
	if m.id, err = strconv.ParseUint(string(words[2]), 10, 64); err != nil {
		return message{}, fmt.Errorf("%w: %.40q", errMessage, b)
	}
	if m.n, err = strconv.ParseUint(string(words[3]), 10, 64); err != nil {
		return message{}, fmt.Errorf("%w: %.40q", errMessage, b)
	}
	return m, nil
}
