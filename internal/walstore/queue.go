package walstore

import (
	"context"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Limits of a group, and of what may wait for one.
const (
	maxGroupRecords = 4096
	maxGroupBytes   = table.MaxAppendBytes
	maxQueued       = 1 << 14
)

// request is an append or a forgetting that waits to be stored.
type request struct {
	key      key
	expected table.Seq
	count    int // of records; 0 forgets the table
	item     []byte
	done     chan error // takes one answer

	off int   // of the item in its group
	err error // the answer to come
}

var requests = sync.Pool{New: func() any { return &request{done: make(chan error, 1)} }}

// queue holds the requests for the next groups. One goroutine takes.
type queue struct {
	mu      sync.Mutex
	waiting []*request
	goal    int           // wakes the taker
	wake    chan struct{} // holds one call to look again
	room    chan struct{} // closed when some were taken; nil unless awaited
	closed  bool
}

func newQueue() *queue { return &queue{goal: 1, wake: make(chan struct{}, 1)} }

// push hands a request over. While the queue is full it waits, until ctx is
// done.
func (q *queue) push(ctx context.Context, r *request) error {
	for {
		q.mu.Lock()
		switch {
		case q.closed:
			q.mu.Unlock()
			return table.ErrStopped
		case len(q.waiting) < maxQueued:
			q.waiting = append(q.waiting, r)
			reached := len(q.waiting) == q.goal
			q.mu.Unlock()
			if reached {
				q.nudge()
			}
			return nil
		}
		if q.room == nil {
			q.room = make(chan struct{})
		}
		room := q.room
		q.mu.Unlock()
		select {
		case <-room:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (q *queue) nudge() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// close refuses further requests. Those that wait may still be taken.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	if q.room != nil {
		close(q.room)
		q.room = nil
	}
	q.nudge()
}

// take waits for a request, then at most the window for as many as wanted, and
// appends what fits into one group to group. Nothing means that the queue is
// closed and empty.
func (q *queue) take(group []*request, wanted int, window time.Duration) []*request {
	if q.await(1, nil) && wanted > 1 && window > 0 {
		timer := time.NewTimer(window)
		q.await(wanted, timer.C)
		timer.Stop()
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	n := fit(q.waiting)
	group = append(group, q.waiting[:n]...)
	rest := copy(q.waiting, q.waiting[n:])
	clear(q.waiting[rest:])
	q.waiting = q.waiting[:rest]
	if q.room != nil {
		close(q.room)
		q.room = nil
	}
	return group
}

// await returns when so many requests wait, and false when the queue is closed
// or late comes first.
func (q *queue) await(n int, late <-chan time.Time) bool {
	for {
		q.mu.Lock()
		q.goal = n
		there, closed := len(q.waiting) >= n, q.closed
		q.mu.Unlock()
		if there || closed {
			return !closed
		}
		select {
		case <-q.wake:
		case <-late:
			return false
		}
	}
}

// fit counts the requests that go into one group: at least the first.
func fit(waiting []*request) int {
	records, size := 0, 0
	for n, r := range waiting {
		records += r.count
		size += len(r.item)
		if n > 0 && (records > maxGroupRecords || size > maxGroupBytes) {
			return n
		}
	}
	return len(waiting)
}
