// Package worker is the slow path: what becomes of the journal's records.
// A Worker follows the journal with one projection, the archiver, and the
// archive with others. Each stores what it makes together with how far it is,
// so that a worker that is killed anywhere repeats nothing and skips nothing.
package worker

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Projection makes something of the journal.
type Projection interface {
	// Positions returns how far it is, by partition.
	Positions(ctx context.Context) (map[int]table.Position, error)
	// Project stores what entries mean, and how far they reach, all or nothing.
	// It sets aside what it cannot understand; its errors are worth another
	// try. Entries that it has done before change nothing. It does not keep the
	// slice.
	Project(ctx context.Context, entries []Entry) error
}

// Step makes something of the archive, or tidies up.
type Step interface {
	// Name is for the log.
	Name() string
	// Step does the next part, and reports whether there is more to do at
	// once. Its errors are worth another try.
	Step(ctx context.Context) (more bool, err error)
}

// Config is what a Worker needs. Fields without a default must be given.
type Config struct {
	Journal    Journal
	Projection Projection
	// Steps are done one after the other, whenever the projection has moved
	// on, and every so often.
	Steps []Step
	// Every is the longest time between two rounds of steps. Default: 5 s.
	Every time.Duration
	// Linger is how long a batch waits for more: the archive is that much
	// behind. Default: 500 ms.
	Linger time.Duration
	// Batch is how many entries a batch holds at most. Default: 8192.
	Batch int
	// Now is the time. Default: time.Now.
	Now func() time.Time
	// Log hears of failures. Default: slog.Default.
	Log *slog.Logger
}

func (c Config) withDefaults() (Config, error) {
	if c.Journal == nil || c.Projection == nil {
		return c, errors.New("worker: Journal and Projection must be given")
	}
	if c.Every <= 0 {
		c.Every = 5 * time.Second
	}
	if c.Linger <= 0 {
		c.Linger = 500 * time.Millisecond
	}
	if c.Batch <= 0 {
		c.Batch = 8192
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c, nil
}

// Worker runs projections until it is told to stop.
type Worker struct {
	cfg     Config
	running sync.WaitGroup
	moved   chan struct{} // holds one call to do the steps
	hurry   bool          // the last batch was full: Run's own

	mu    sync.Mutex
	state State
}

// State is how a worker does.
type State struct {
	// Records and Batches count what was projected since the start.
	Records, Batches int64
	// Failures counts what was tried again.
	Failures int64
	// Lag is how old the oldest record of the last batch was when the batch
	// was stored, and Waiting when a batch that is not stored yet was begun.
	Lag     time.Duration
	Waiting time.Time
	// Held counts the records that are at hand and not stored: of a long
	// backlog only the beginning. Oldest is when the oldest of the batch that
	// is collected or stored arrived, zero for none.
	Held   int64
	Oldest time.Time
}

// Behind returns how old the oldest record is that is at hand and not stored, 0
// for none.
func (s State) Behind(now time.Time) time.Duration {
	if s.Oldest.IsZero() {
		return 0
	}
	return max(0, now.Sub(s.Oldest))
}

// New returns a worker that does nothing until Run.
func New(cfg Config) (*Worker, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Worker{cfg: cfg, moved: make(chan struct{}, 1)}, nil
}

// State returns how the worker does. It is safe for concurrent use.
func (w *Worker) State() State {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state
}

func (w *Worker) note(change func(*State)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change(&w.state)
}

// Run works until ctx is done, and returns when everything it started has
// ended. What was not done is done by the next Run.
func (w *Worker) Run(ctx context.Context) {
	defer w.running.Wait()
	var from map[int]table.Position
	if !w.retry(ctx, "positions", func() (err error) {
		from, err = w.cfg.Projection.Positions(ctx)
		return err
	}) {
		return
	}
	w.running.Go(func() { w.steps(ctx) })
	in := w.feed(ctx, from)
	var batch []Entry
	for {
		batch = w.collect(ctx, in, batch[:0])
		if len(batch) == 0 || !w.project(ctx, batch) {
			return
		}
		clear(batch)
	}
}

// project stores a batch, however often it takes, and reports whether to go
// on.
func (w *Worker) project(ctx context.Context, batch []Entry) bool {
	oldest := batch[0].Record.At
	for _, e := range batch {
		if e.Record.At.Before(oldest) {
			oldest = e.Record.At
		}
	}
	w.note(func(s *State) { s.Waiting, s.Oldest = w.cfg.Now(), oldest })
	if !w.retry(ctx, "projection", func() error { return w.cfg.Projection.Project(ctx, batch) }) {
		return false
	}
	w.note(func(s *State) {
		s.Records += int64(len(batch))
		s.Batches++
		s.Held -= int64(len(batch))
		s.Oldest = time.Time{}
		s.Lag, s.Waiting = max(0, w.cfg.Now().Sub(oldest)), time.Time{}
	})
	select {
	case w.moved <- struct{}{}:
	default:
	}
	return true
}

// retry does something until it works, and reports false when ctx ended first.
func (w *Worker) retry(ctx context.Context, what string, do func() error) bool {
	pause := backoff{}
	for {
		err := do()
		if err == nil {
			return true
		}
		if ctx.Err() != nil {
			return false
		}
		w.note(func(s *State) { s.Failures++ })
		w.cfg.Log.Error("the worker tries again", "what", what, "err", err)
		pause.wait(ctx)
	}
}

// steps does the steps whenever there may be something to do.
func (w *Worker) steps(ctx context.Context) {
	ticker := time.NewTicker(w.cfg.Every)
	defer ticker.Stop()
	for {
		for _, s := range w.cfg.Steps {
			for more := true; more; {
				if !w.retry(ctx, s.Name(), func() (err error) {
					more, err = s.Step(ctx)
					return err
				}) {
					return
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-w.moved:
		case <-ticker.C:
		}
	}
}
