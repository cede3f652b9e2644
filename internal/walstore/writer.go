package walstore

import (
	"fmt"
	"sync"
	"time"

	"kibitz/internal/table"
)

// scratches are buffers that batches are encoded in.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// writer is the one goroutine that stores: it takes what waits, writes it as
// one group, syncs once, and answers each request by itself.
type writer struct {
	store   *Store
	tail    *segment // the last of store.segments
	at      link
	buf     []byte
	group   []*request
	pending map[key]table.Seq // where the tables of this group will stand
	sizes   [2]int            // of the last groups, in requests
	failed  error             // answers everything from then on
}

func (w *writer) run() {
	for {
		w.group = w.store.queue.take(w.group[:0], w.wanted(), w.store.options.Window)
		if len(w.group) == 0 {
			return
		}
		w.sizes = [2]int{w.sizes[1], len(w.group)}
		if w.failed == nil {
			w.failed = w.storeGroup()
		}
		w.answer()
		if w.failed == nil {
			w.failed = w.rotate()
		}
		clear(w.group)
	}
}

// wanted is for how many requests a group waits: most of what the groups
// before it had, for their senders are the ones to come again. After a group
// of one nobody is waited for.
func (w *writer) wanted() int { return max(w.sizes[0], w.sizes[1]) * 3 / 4 }

// storeGroup stores the group, or fails for all of it.
func (w *writer) storeGroup() error {
	s := w.store
	n := w.assemble()
	if n == 0 {
		return nil
	}
	if s.options.Grouped != nil {
		begun := time.Now()
		defer func() { s.options.Grouped(n, time.Since(begun)) }()
	}
	tail := w.tail
	after := sealGroup(w.buf, w.at)
	if _, err := tail.file.WriteAt(w.buf, tail.size); err != nil {
		return s.fail(fmt.Errorf("write %s: %w", tail.name(), err))
	}
	if err := tail.file.Sync(); err != nil {
		return s.fail(fmt.Errorf("sync %s: %w", tail.name(), err))
	}
	if err := s.acked.write(after); err != nil {
		return s.fail(fmt.Errorf("write %s: %w", ackedName, err))
	}
	w.at = after
	w.apply()
	return nil
}

// assemble puts the items of those requests into the buffer that may be
// stored, settles the others, and returns how many it put.
func (w *writer) assemble() int {
	w.buf = append(w.buf[:0], make([]byte, groupHeaderLen)...)
	clear(w.pending)
	n := 0
	for _, r := range w.group {
		r.off, r.err = 0, nil
		last, ok := w.pending[r.key]
		if !ok {
			last = w.store.index.last(r.key)
		}
		switch {
		case r.count == 0 && last == 0:
			continue
		case r.count > 0 && r.expected != last:
			r.err = table.ErrConflict
			continue
		}
		w.pending[r.key] = 0
		if r.count > 0 {
			w.pending[r.key] = last + table.Seq(r.count)
		}
		r.off = len(w.buf)
		w.buf = append(w.buf, r.item...)
		n++
	}
	return n
}

// apply shows readers what is now stored.
func (w *writer) apply() {
	s, tail := w.store, w.tail
	s.mu.Lock()
	defer s.mu.Unlock()
	forgot := false
	for _, r := range w.group {
		switch {
		case r.off == 0:
		case r.count == 0:
			s.drop(r.key)
			forgot = true
		default:
			it := item{key: r.key, first: r.expected + 1, count: r.count}
			s.index.add(&it, position(tail.number, tail.size+int64(r.off)))
			tail.batches++
		}
	}
	tail.size += int64(len(w.buf))
	tail.end = w.at
	if forgot {
		s.wishCompaction()
	}
}

// drop forgets a table in memory. The caller holds mu.
func (s *Store) drop(k key) {
	for _, pos := range s.index.forget(k) {
		s.segments[s.segmentOf(pos)].dead++
	}
}

// rotate starts the next segment when the tail is full.
func (w *writer) rotate() error {
	s, tail := w.store, w.tail
	if tail.size < s.options.SegmentBytes {
		return nil
	}
	next, err := createSegment(s.disk, tail.number+1, tail.end)
	if err != nil {
		return s.fail(fmt.Errorf("start %s: %w", segmentName(tail.number+1), err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.segments = append(s.segments[:len(s.segments):len(s.segments)], next)
	w.tail = next
	s.wishCompaction()
	return nil
}

func (w *writer) answer() {
	for _, r := range w.group {
		err := r.err
		if w.failed != nil {
			err = w.failed
		}
		r.done <- err
	}
}
