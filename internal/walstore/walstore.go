// Package walstore keeps the journal in a directory of one machine: a log of
// segments, written by one goroutine that stores many appends with one write
// and one sync. See docs/decisions/0002-journal-engine.md.
package walstore

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sort"
	"sync"
	"time"

	"kibitz/internal/table"
)

// ErrInUse is returned by Open for a directory that a running process has.
var ErrInUse = errors.New("the journal is in use by another process")

const lockName = "lock"

// Options tune a store. The zero value is right for a server.
type Options struct {
	// SegmentBytes is the size from which on a segment is full: 64 MiB by
	// default, at most 1 GiB.
	SegmentBytes int64
	// Window is how long a group may wait for as many appends as the groups
	// before it had: 1 ms by default, never with a negative one. An append
	// without company never waits.
	Window time.Duration
	// Logger hears of what went wrong behind the scenes; nobody by default.
	Logger *slog.Logger
	// Grouped is told of every group: how many appends it had, and how long its
	// write and sync took. It must not block. Nobody by default.
	Grouped func(appends int, took time.Duration)
}

func (o Options) withDefaults() (Options, error) {
	if o.SegmentBytes == 0 {
		o.SegmentBytes = 64 << 20
	}
	if o.SegmentBytes < segmentHeaderLen || o.SegmentBytes > 1<<30 {
		return o, fmt.Errorf("segments of %d bytes: choose 56 bytes to 1 GiB", o.SegmentBytes)
	}
	if o.Window == 0 {
		o.Window = time.Millisecond
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o, nil
}

// Store is a table.Journal in a directory. It is safe for concurrent use.
type Store struct {
	options Options
	disk    disk
	lock    *os.File
	queue   *queue
	acked   *acked

	// mu guards what follows. Only the writer changes the index and appends to
	// segments; only the compactor replaces segments.
	mu       sync.RWMutex
	index    *index
	segments []*segment // in order; the last one is written to
	cause    error      // why the store stopped; nil while it runs

	stopped    chan struct{} // closed once cause is set
	compacting chan struct{} // holds one wish to compact
	compaction sync.Mutex    // held by the one that is under way
	forgetting sync.RWMutex  // held for reading by Forget, so that a backup can put it off
	running    sync.WaitGroup
	closing    sync.Once
	closed     error
}

var _ table.Journal = (*Store)(nil)

// Open opens the journal in dir, and makes one where there is none. It reads
// everything that is stored, refuses with an error wrapping table.ErrDamaged
// that names file and offset what is not as it was written, and with ErrInUse
// a directory that another process has open.
func Open(dir string, opts Options) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	held, err := lock(dir)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	s, err := openOn(directory(dir), opts)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("journal in %s: %w", dir, err), held.Close())
	}
	s.lock = held
	return s, nil
}

// openOn opens the journal on a disk that nobody else has.
func openOn(d disk, opts Options) (*Store, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Store{
		options: opts, disk: d, queue: newQueue(), index: newIndex(),
		stopped: make(chan struct{}), compacting: make(chan struct{}, 1),
	}
	end, err := s.restore()
	if err != nil {
		s.closeFiles()
		return nil, err
	}
	w := &writer{store: s, tail: s.tail(), at: end, pending: make(map[key]table.Seq)}
	s.running.Go(w.run)
	s.running.Go(s.compactor)
	return s, nil
}

// Done is closed when the store has stopped: closed, or failed. A server then
// ends, for nothing is acknowledged any more; Err says why.
func (s *Store) Done() <-chan struct{} { return s.stopped }

// Err is nil while the store runs, and then says why it stopped. It wraps
// table.ErrStopped.
func (s *Store) Err() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cause
}

// Close stores what was appended before it, stops, and lets the directory go.
// Closing twice is no error.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.stop(table.ErrStopped)
		s.running.Wait()
		s.closed = s.closeFiles()
	})
	return s.closed
}

// stop ends every reader and the compactor, and makes the queue refuse. The
// first cause counts.
func (s *Store) stop(cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil {
		return
	}
	s.cause = cause
	close(s.stopped)
	s.queue.close()
	for i := range s.index.partitions {
		s.index.partitions[i].wake()
	}
}

// fail stops the store for good: after a write or a sync that failed nobody
// knows what the disk holds, so nothing may be acknowledged any more.
func (s *Store) fail(err error) error {
	cause := fmt.Errorf("%w: %w", table.ErrStopped, err)
	s.options.Logger.Error("the journal has stopped", "cause", err)
	s.stop(cause)
	return cause
}

func (s *Store) closeFiles() error {
	var errs []error
	if s.acked != nil {
		errs = append(errs, s.acked.file.Sync(), s.acked.file.Close())
	}
	for _, seg := range s.segments {
		seg.release()
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}

// segmentOf returns the place in s.segments of the file that a position is in.
// The caller holds mu.
func (s *Store) segmentOf(pos uint64) int {
	number := uint32(pos >> 32)
	return sort.Search(len(s.segments), func(i int) bool { return s.segments[i].number > number }) - 1
}

// tail is the segment that is written to. The caller holds mu.
func (s *Store) tail() *segment { return s.segments[len(s.segments)-1] }
