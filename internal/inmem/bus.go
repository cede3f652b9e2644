package inmem

import (
	"bytes"
	"context"
	"sync"

	"kibitz/internal/cluster"
)

// Bus is a cluster.Bus within one process. The zero Bus is ready to use.
type Bus struct {
	mu   sync.RWMutex
	subs map[*subscription]struct{}
}

var _ cluster.Bus = (*Bus)(nil)

type subscription struct {
	bus     *Bus
	pattern string
	waiting chan cluster.Message
	closed  chan struct{}
	once    sync.Once
	mu      sync.Mutex
	lost    uint64
}

// Publish implements cluster.Bus.
func (b *Bus) Publish(subject string, data []byte) error {
	if err := cluster.CheckSubject(subject); err != nil {
		return err
	}
	if len(data) > cluster.MaxMessage {
		return cluster.ErrMessageTooLarge
	}
	msg := cluster.Message{Subject: subject, Data: bytes.Clone(data)}
	b.mu.RLock()
	defer b.mu.RUnlock()
	for s := range b.subs {
		if cluster.Matches(s.pattern, subject) {
			s.offer(msg)
		}
	}
	return nil
}

func (s *subscription) offer(msg cluster.Message) {
	select {
	case s.waiting <- msg:
	default:
		s.mu.Lock()
		s.lost++
		s.mu.Unlock()
	}
}

// Subscribe implements cluster.Bus.
func (b *Bus) Subscribe(pattern string, buffer int) (cluster.Subscription, error) {
	if err := cluster.CheckPattern(pattern); err != nil {
		return nil, err
	}
	s := &subscription{bus: b, pattern: pattern, waiting: make(chan cluster.Message, max(1, buffer)), closed: make(chan struct{})}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.subs == nil {
		b.subs = make(map[*subscription]struct{})
	}
	b.subs[s] = struct{}{}
	return s, nil
}

// Next implements cluster.Subscription.
func (s *subscription) Next(ctx context.Context) (cluster.Message, error) {
	select {
	case <-s.closed:
		return cluster.Message{}, cluster.ErrBusClosed
	default:
	}
	select {
	case msg := <-s.waiting:
		return msg, nil
	case <-s.closed:
		return cluster.Message{}, cluster.ErrBusClosed
	case <-ctx.Done():
		return cluster.Message{}, ctx.Err()
	}
}

// Lost implements cluster.Subscription.
func (s *subscription) Lost() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lost
}

// Close implements cluster.Subscription.
func (s *subscription) Close() {
	s.once.Do(func() {
		close(s.closed)
		s.bus.mu.Lock()
		defer s.bus.mu.Unlock()
		delete(s.bus.subs, s)
	})
}
