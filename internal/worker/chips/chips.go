// Package chips is the projection of the journal into the ledger: what tables
// pay to those who leave, and which chips on their way have come.
package chips

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/ledger"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// Journal is what the projection needs of the journal.
type Journal interface {
	Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error)
}

// Config is what Chips need. Fields without a default must be given.
type Config struct {
	Journal Journal
	Book    ledger.Follower
	Catalog game.Catalog
	// Now is the time. Default: time.Now.
	Now func() time.Time
	// Log hears of what cannot be understood. Default: slog.Default.
	Log *slog.Logger
}

// Chips is a worker.Projection.
type Chips struct {
	cfg     Config
	bankers []game.Banker
	// stored is when it was last stored how far the projection is, and moved how
	// far it has come since: Project's own.
	stored time.Time
	moved  map[int]table.Position
}

var _ worker.Projection = (*Chips)(nil)

// New returns the projection.
func New(cfg Config) (*Chips, error) {
	if cfg.Journal == nil || cfg.Book == nil || cfg.Catalog == nil {
		return nil, errors.New("chips: Journal, Book and Catalog must be given")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	c := &Chips{cfg: cfg, moved: make(map[int]table.Position)}
	for _, rules := range cfg.Catalog {
		if b, ok := rules.(game.Banker); ok {
			c.bankers = append(c.bankers, b)
		}
	}
	return c, nil
}

// Positions implements worker.Projection.
func (c *Chips) Positions(ctx context.Context) (map[int]table.Position, error) {
	clear(c.moved) // another may have followed meanwhile
	return c.cfg.Book.LedgerPositions(ctx)
}

// Project implements worker.Projection.
func (c *Chips) Project(ctx context.Context, entries []worker.Entry) error {
	e := ledger.Entries{Positions: make(map[int]table.Position)}
	for i := range entries {
		entry := &entries[i]
		e.Positions[entry.Partition] = max(e.Positions[entry.Partition], entry.Position)
		if !c.moves(&entry.Record) {
			continue
		}
		if err := c.enter(ctx, &e, &entry.Record); err != nil {
			return err
		}
	}
	maps.Copy(c.moved, e.Positions)
	e.Positions = c.moved
	if len(e.Settled)+len(e.Moves) == 0 && c.cfg.Now().Sub(c.stored) < storeEvery {
		return nil // seeing it again would change nothing
	}
	c.stored = c.cfg.Now()
	err := c.cfg.Book.Enter(ctx, e)
	if err == nil {
		clear(c.moved)
	}
	return err
}

// storeEvery is how often it is stored how far the projection is, when nothing
// moves chips.
const storeEvery = 15 * time.Second

// moves reports whether a record may move chips: it does in some game.
func (c *Chips) moves(r *table.Record) bool {
	for _, b := range c.bankers {
		if t, err := b.Transfer(r.Type, r.Data); err != nil || t.Chips != 0 {
			return true
		}
	}
	return false
}

// enter adds what a record moves. Whose chips leave a table, its records tell.
func (c *Chips) enter(ctx context.Context, e *ledger.Entries, r *table.Record) error {
	records, err := c.cfg.Journal.Read(ctx, r.Table, 0)
	if errors.Is(err, table.ErrUnknownTable) {
		c.cfg.Log.Error("a table was forgotten before its chips were paid", "table", r.Table, "seq", r.Seq)
		return nil
	}
	if err != nil {
		return fmt.Errorf("chips of %s: %w", r.Table, err)
	}
	var reader table.Ledger
	for i := range records {
		moved, err := reader.Read(c.cfg.Catalog, &records[i])
		if err != nil {
			c.cfg.Log.Error("the chips of a table cannot be followed", "table", r.Table, "seq", r.Seq, "err", err)
			return nil
		}
		if records[i].Seq == r.Seq {
			add(e, r, moved)
			return nil
		}
	}
	return nil
}

// add enters what a record moved.
func add(e *ledger.Entries, r *table.Record, moved table.Moved) {
	switch {
	case moved.Chips > 0:
		e.Settled = append(e.Settled, table.Voucher(r.Table, r.Actor, r.Action))
	case moved.Chips < 0:
		e.Moves = append(e.Moves, ledger.Transfer{
			ID: fmt.Sprintf("%s.%d", r.Table, r.Seq), At: r.At, From: ledger.OfTable(r.Table), To: ledger.Of(moved.Player),
			Chips: -moved.Chips, Why: "cash-out", State: ledger.Done,
		})
	}
}
