// Package hands is the projection of the journal into the archive of hands:
// every hand that ends at a table is stored, with what its players did.
package hands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// Journal is what the projection needs of the journal.
type Journal interface {
	Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error)
}

// Config is what Hands need. Fields without a default must be given.
type Config struct {
	Journal Journal
	Store   hands.Chronicle
	// Dealers are by the games that are played in hands.
	Dealers map[game.Kind]hands.Dealer
	// Now is the time. Default: time.Now.
	Now func() time.Time
	// Log hears of what cannot be understood. Default: slog.Default.
	Log *slog.Logger
}

// Hands is a worker.Projection.
type Hands struct {
	cfg Config
	mu  sync.Mutex
	// open are tables as far as they were read, so that the records of a hand
	// are read once.
	open map[table.ID]*reading
	// stored is when it was last stored how far the projection is, and moved how
	// far it has come since.
	stored time.Time
	moved  map[int]table.Position
}

var _ worker.Projection = (*Hands)(nil)

// New returns the projection.
func New(cfg Config) (*Hands, error) {
	if cfg.Journal == nil || cfg.Store == nil || len(cfg.Dealers) == 0 {
		return nil, errors.New("hands: Journal, Store and Dealers must be given")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	return &Hands{cfg: cfg, open: make(map[table.ID]*reading), moved: make(map[int]table.Position)}, nil
}

// Positions implements worker.Projection.
func (p *Hands) Positions(ctx context.Context) (map[int]table.Position, error) {
	p.mu.Lock()
	clear(p.open) // another may have followed meanwhile
	clear(p.moved)
	p.mu.Unlock()
	return p.cfg.Store.HandPositions(ctx)
}

// maxOpen is how many tables are kept as far as they were read.
const maxOpen = 20_000

// storeEvery is how often it is stored how far the projection is, when no hand
// ends.
const storeEvery = 15 * time.Second

// Project implements worker.Projection.
func (p *Hands) Project(ctx context.Context, entries []worker.Entry) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	b, err := p.batch(ctx, entries)
	if err == nil {
		maps.Copy(p.moved, b.Positions)
		b.Positions = p.moved
	}
	if err == nil && (len(b.Hands)+len(b.Poison) > 0 || p.cfg.Now().Sub(p.stored) >= storeEvery) {
		if err = p.cfg.Store.WriteHands(ctx, b); err == nil {
			clear(p.moved)
		}
		p.stored = p.cfg.Now()
	}
	if err != nil || len(p.open) > maxOpen {
		clear(p.open) // they are read again from the journal
	}
	return err
}

// span is the first and the last record of a table that tells of hands.
type span struct{ first, last table.Seq }

// batch makes of entries what is to be stored.
func (p *Hands) batch(ctx context.Context, entries []worker.Entry) (*hands.Batch, error) {
	b := &hands.Batch{Positions: make(map[int]table.Position)}
	spans := make(map[table.ID]span)
	var order []table.ID
	for i := range entries {
		e := &entries[i]
		b.Positions[e.Partition] = max(b.Positions[e.Partition], e.Position)
		if role := p.role(e.Record.Type); role == hands.None || role == hands.Begins {
			continue
		}
		id, seq := e.Record.Table, e.Record.Seq
		s, known := spans[id]
		if !known {
			order, s = append(order, id), span{seq, seq}
		}
		spans[id] = span{min(s.first, seq), max(s.last, seq)}
	}
	for _, id := range order {
		if err := p.table(ctx, b, id, spans[id]); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// role returns what events of a type mean in any game.
func (p *Hands) role(typ string) hands.Role {
	for _, d := range p.cfg.Dealers {
		if role := d.Role(typ); role != hands.None {
			return role
		}
	}
	return hands.None
}

// table adds the hands that a part of a table's records tells of. What is told
// before it was stored before.
func (p *Hands) table(ctx context.Context, b *hands.Batch, id table.ID, part span) error {
	r := p.open[id]
	if r == nil {
		r = &reading{dealers: p.cfg.Dealers}
		p.open[id] = r
	}
	if part.last <= r.seq {
		return nil // it came a second time
	}
	records, err := p.cfg.Journal.Read(ctx, id, r.seq)
	if errors.Is(err, table.ErrUnknownTable) {
		p.setAside(b, id, part.first, errForgotten)
		return nil
	}
	if err != nil {
		return fmt.Errorf("hands of %s: %w", id, err)
	}
	for i := range records {
		if records[i].Seq > part.last {
			break
		}
		p.take(b, r, &records[i], part.first)
	}
	if r.over {
		delete(p.open, id)
	}
	return nil
}

// take reads one record, and adds the hand that it tells of. A hand that cannot
// be understood is set aside alone.
func (p *Hands) take(b *hands.Batch, r *reading, e *table.Record, first table.Seq) {
	told, err := r.read(e)
	var f *hands.Finished
	if err == nil && told && e.Seq >= first {
		f, err = r.finished(e)
	}
	switch {
	case err != nil:
		p.setAside(b, e.Table, e.Seq, err)
	case f != nil:
		b.Hands = append(b.Hands, *f)
	}
}

var errForgotten = errors.New("the journal forgot the table before its hands were archived")

// setAside tells of a table that cannot be followed.
func (p *Hands) setAside(b *hands.Batch, id table.ID, seq table.Seq, err error) {
	p.cfg.Log.Error("a hand cannot be archived", "table", id, "seq", seq, "err", err)
	b.Poison = append(b.Poison, archive.Poison{Projection: hands.Project, Subject: id, Seq: seq, Why: err.Error(), At: p.cfg.Now()})
}

// Owes reports whether a hand of a table is not archived yet, so that the
// journal must keep the table.
func (p *Hands) Owes(ctx context.Context, id table.ID) (bool, error) {
	records, err := p.cfg.Journal.Read(ctx, id, 0)
	if errors.Is(err, table.ErrUnknownTable) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("hands of %s: %w", id, err)
	}
	r := reading{dealers: p.cfg.Dealers}
	var last reading
	var by *table.Record
	for i := range records {
		told, err := r.read(&records[i])
		if err != nil {
			return true, nil // it was set aside, and can be mended
		}
		if told {
			last, by = r, &records[i]
		}
	}
	if by == nil {
		return false, nil
	}
	f, err := last.finished(by)
	if err != nil {
		return true, nil // as before
	}
	seq, err := p.cfg.Store.HandSeq(ctx, f.Hand.Key)
	return seq < f.Hand.Seq, err
}
