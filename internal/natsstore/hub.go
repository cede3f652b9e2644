package natsstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// hub receives what is appended to one stream, once, for all who follow its
// partitions: 256 consumers would cost the servers seconds to set up. It runs
// while somebody follows.
type hub struct {
	j      *Journal
	stream int
	users  int // hubs.mu guards it
	stop   context.CancelFunc
	done   chan struct{}

	mu sync.Mutex
	// at is the last message that was handed on; begun is closed when it is
	// known.
	at        uint64
	begun     chan struct{}
	listeners map[int]map[*listener]struct{} // by partition
}

// listener is one who follows a partition.
type listener struct {
	partition int
	// queue is closed when it was full: the rest must be read.
	queue chan message
}

// What a listener may have waiting, and how long the servers remember a hub
// that is gone.
const (
	followAhead = 256
	hubFades    = 30 * time.Second
)

// hubs are those that run.
type hubs struct {
	mu  sync.Mutex
	all map[int]*hub // by stream
}

// enter returns the hub of a stream, which runs until leave.
func (x *hubs) enter(j *Journal, stream int) *hub {
	x.mu.Lock()
	defer x.mu.Unlock()
	h := x.all[stream]
	if h == nil {
		ctx, stop := context.WithCancel(j.life)
		h = &hub{
			j: j, stream: stream, stop: stop, done: make(chan struct{}), begun: make(chan struct{}),
			listeners: make(map[int]map[*listener]struct{}),
		}
		if x.all == nil {
			x.all = make(map[int]*hub)
		}
		x.all[stream] = h
		go h.run(ctx)
	}
	h.users++
	return h
}

func (x *hubs) leave(h *hub) {
	x.mu.Lock()
	h.users--
	last := h.users == 0
	if last {
		delete(x.all, h.stream)
		h.stop()
	}
	x.mu.Unlock()
	if last {
		<-h.done
	}
}

// join begins to listen. What comes after at will be in the queue.
func (h *hub) join(ctx context.Context, partition int) (l *listener, at uint64, err error) {
	select {
	case <-h.begun:
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	l = &listener{partition: partition, queue: make(chan message, followAhead)}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.listeners[partition] == nil {
		h.listeners[partition] = make(map[*listener]struct{})
	}
	h.listeners[partition][l] = struct{}{}
	return l, h.at, nil
}

func (h *hub) part(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.listeners[l.partition], l)
}

// hand gives a message to those who follow its partition. Nobody waits for who
// is slow.
func (h *hub) hand(m message, partition int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = m.seq
	for l := range h.listeners[partition] {
		select {
		case l.queue <- m:
		default:
			close(l.queue)
			delete(h.listeners[partition], l)
		}
	}
}

// run receives until ctx is done, whatever fails meanwhile.
func (h *hub) run(ctx context.Context) {
	defer close(h.done)
	for begun := false; ctx.Err() == nil; {
		var err error
		if !begun {
			if err = h.begin(ctx); err == nil {
				begun = true
				close(h.begun)
			}
		}
		if begun {
			err = h.receive(ctx)
		}
		if ctx.Err() != nil {
			return
		}
		h.j.log.Warn("the journal cannot be followed for a moment", "stream", streamName(h.stream), "err", err)
		select {
		case <-time.After(lastPause):
		case <-ctx.Done():
		}
	}
}

// begin finds the end of the stream.
func (h *hub) begin(ctx context.Context) error {
	return h.j.persist(ctx, func(ctx context.Context) error {
		s, err := h.j.js.Stream(ctx, streamName(h.stream))
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.at = s.CachedInfo().State.LastSeq
		return nil
	})
}

func (h *hub) receive(ctx context.Context) error {
	messages, err := h.open(ctx)
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		msg, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := msg.Metadata()
		if err != nil {
			return err
		}
		partition, err := partitionIn(msg.Subject())
		if err != nil {
			return err
		}
		h.hand(message{seq: meta.Sequence.Stream, header: msg.Headers(), data: msg.Data()}, partition)
	}
}

// open begins with the message after the last that was handed on.
func (h *hub) open(ctx context.Context) (messages jetstream.MessagesContext, err error) {
	h.mu.Lock()
	next := h.at + 1
	h.mu.Unlock()
	err = h.j.persist(ctx, func(ctx context.Context) error {
		c, err := h.j.js.OrderedConsumer(ctx, streamName(h.stream), jetstream.OrderedConsumerConfig{
			DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: next, InactiveThreshold: hubFades,
		})
		if err == nil {
			messages, err = c.Messages()
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		return nil
	})
	return messages, err
}

// partitionIn returns the partition that a subject names.
func partitionIn(subject string) (int, error) {
	words := strings.Split(subject, ".")
	if len(words) != 4 {
		return 0, fmt.Errorf("%w: subject %q", errMisfit, subject)
	}
	p, err := strconv.Atoi(words[2])
	if err != nil {
		return 0, fmt.Errorf("%w: subject %q", errMisfit, subject)
	}
	return p, nil
}
