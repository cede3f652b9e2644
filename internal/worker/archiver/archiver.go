// Package archiver is the projection of the journal into the archive: live
// moves, finished games, and whose they were.
package archiver

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// Journal is what the archiver needs of the journal.
type Journal interface {
	Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error)
	Forget(ctx context.Context, id table.ID) error
}

// Store is where the archiver writes.
type Store interface {
	archive.Chronicle
	archive.Erasures
}

// Config is what an Archiver needs. Fields without a default must be given.
type Config struct {
	Journal Journal
	Store   Store
	Catalog game.Catalog
	// Opening names how a finished game began. Default: nothing has a name.
	Opening func(*table.Table) archive.Opening
	// Busy reports whether somebody still uses a table that is over, so that the journal
	// must keep it. Default: nobody does.
	Busy func(archive.Live) bool
	// Settle is how long after its last record a finished table stays in the
	// journal, for chat and a rematch. Default: 30 min.
	Settle time.Duration
	// Now is the time. Default: time.Now.
	Now func() time.Time
	// Log hears of what was set aside. Default: slog.Default.
	Log *slog.Logger
}

// Archiver is a worker.Projection. One at a time may work on an archive.
type Archiver struct {
	cfg Config
	// work is held by a batch and by a sweep: neither may see the other's
	// half.
	work  sync.Mutex
	known known // guarded by work
}

var _ worker.Projection = (*Archiver)(nil)

// New returns an archiver.
func New(cfg Config) (*Archiver, error) {
	if cfg.Journal == nil || cfg.Store == nil || cfg.Catalog == nil {
		return nil, errors.New("archiver: Journal, Store and Catalog must be given")
	}
	if cfg.Opening == nil {
		cfg.Opening = func(*table.Table) archive.Opening { return archive.Opening{} }
	}
	if cfg.Busy == nil {
		cfg.Busy = func(archive.Live) bool { return false }
	}
	if cfg.Settle <= 0 {
		cfg.Settle = 30 * time.Minute
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Archiver{cfg: cfg, known: make(known)}, nil
}

// Positions implements worker.Projection.
func (a *Archiver) Positions(ctx context.Context) (map[int]table.Position, error) {
	a.work.Lock()
	clear(a.known) // another may have archived meanwhile
	a.work.Unlock()
	return a.cfg.Store.Positions(ctx, archive.ProjectArchive)
}

// Project implements worker.Projection.
func (a *Archiver) Project(ctx context.Context, entries []worker.Entry) error {
	a.work.Lock()
	defer a.work.Unlock()
	b, err := a.begin(ctx, entries)
	if err != nil {
		return err
	}
	for i := range entries {
		if err := b.take(ctx, &entries[i].Record); err != nil {
			return err
		}
	}
	if err := b.finish(ctx); err != nil {
		return err
	}
	if err := a.cfg.Store.Write(ctx, b.out()); err != nil {
		clear(a.known) // it may be stored all the same
		return err
	}
	a.known.learn(b.order)
	for _, p := range b.batch.Poison {
		a.cfg.Log.Error("a table was set aside", "table", p.Subject, "seq", p.Seq, "why", p.Why)
	}
	return nil
}
