package archiver

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// batch is what entries mean, as far as they were taken.
type batch struct {
	*Archiver
	tables map[table.ID]*progress
	order  []*progress
	batch  archive.Batch
}

// progress is how far one table is.
type progress struct {
	id      table.ID
	place   archive.Place
	live    archive.Live
	changed bool
	// moved says that it changed by moves alone: their rows say how far it is.
	moved bool
	moves []archive.Move
	// cut is the ply to go back to before the moves, -1 for none.
	cut int
}

// begin asks the archive where it stands with the tables of entries.
func (a *Archiver) begin(ctx context.Context, entries []worker.Entry) (*batch, error) {
	b := &batch{Archiver: a, tables: make(map[table.ID]*progress)}
	b.batch = archive.Batch{Projection: archive.ProjectArchive, Positions: make(map[int]table.Position)}
	var ids []table.ID
	for _, e := range entries {
		b.batch.Positions[e.Partition] = max(b.batch.Positions[e.Partition], e.Position)
		if id := e.Record.Table; b.tables[id] == nil {
			p := &progress{id: id, cut: -1}
			b.tables[id] = p
			b.order = append(b.order, p)
			ids = append(ids, id)
		}
	}
	places, err := a.places(ctx, ids)
	for id, place := range places {
		b.tables[id].place, b.tables[id].live = place, place.Live
	}
	return b, err
}

// take folds one record. Its error is worth another try: what cannot be
// understood is set aside.
func (b *batch) take(ctx context.Context, r *table.Record) error {
	p := b.tables[r.Table]
	if p.place.Poisoned || r.Seq <= p.live.Seq {
		return nil
	}
	err := b.open(p, r)
	if err == nil && p.live.Seq > 0 {
		err = b.fold(ctx, p, r)
	}
	return b.aside(p, r.Seq, err)
}

// aside sets a table aside that cannot be understood, and returns any other
// error.
func (b *batch) aside(p *progress, seq table.Seq, err error) error {
	if !errors.Is(err, game.ErrMalformed) && !errors.Is(err, archive.ErrRunning) {
		return err
	}
	p.place.Poisoned, p.changed, p.moves, p.cut = true, false, nil, -1
	b.batch.Poison = append(b.batch.Poison, archive.Poison{
		Projection: archive.ProjectArchive, Subject: p.id, Seq: seq, Why: err.Error(), At: b.cfg.Now(),
	})
	return nil
}

// open begins to follow a table with its first record. It leaves a table alone
// that was archived and released: its records came once more.
func (b *batch) open(p *progress, r *table.Record) error {
	switch {
	case p.live.Seq > 0:
		if r.Seq != p.live.Seq+1 {
			return fmt.Errorf("%w: record %d comes after %d", game.ErrMalformed, r.Seq, p.live.Seq)
		}
	case p.place.Archived && (r.Seq > 1 || r.At.Equal(p.place.Created)):
	case p.place.Archived:
		return fmt.Errorf("%w: the id is that of another game, of %v", game.ErrMalformed, p.place.Created)
	case r.Seq != 1:
		return fmt.Errorf("%w: the first record is number %d", game.ErrMalformed, r.Seq)
	default:
		t, err := table.Load(b.cfg.Catalog, []table.Record{*r})
		if err != nil {
			return err
		}
		p.live = archive.Live{Table: p.id, Kind: t.Setup().Kind, Seq: 0, Created: r.At}
		return b.advance(p, r, game.Mark{})
	}
	return nil
}

// fold moves a table on.
func (b *batch) fold(ctx context.Context, p *progress, r *table.Record) error {
	if r.Seq == p.live.Seq { // the first, which open has taken
		return nil
	}
	rules := b.cfg.Catalog[p.live.Kind]
	if c, ok := rules.(game.Chronicler); ok {
		mark, err := table.Mark(c, p.live.Ply, r)
		if err != nil {
			return err
		}
		return b.advance(p, r, mark)
	}
	mark, err := b.replay(ctx, r)
	if err != nil {
		return err
	}
	return b.advance(p, r, mark)
}

// replay finds out how far a game is whose events do not say it, by playing it
// again.
func (b *batch) replay(ctx context.Context, r *table.Record) (game.Mark, error) {
	records, err := b.cfg.Journal.Read(ctx, r.Table, 0)
	if err != nil {
		return game.Mark{}, err
	}
	course, err := table.Review(b.cfg.Catalog, records[:min(uint64(r.Seq), uint64(len(records)))])
	if err != nil {
		return game.Mark{}, err
	}
	return game.Mark{Ply: len(course.Turns), Over: course.Result().Over()}, nil
}

// advance takes a record in, given what it says.
func (b *batch) advance(p *progress, r *table.Record, m game.Mark) error {
	before := p.live.Ply
	moved := m.Ply > before && !m.Over && !p.live.Over
	p.moved = moved && (p.moved || !p.changed)
	p.changed = true
	p.live.Seq, p.live.Ply, p.live.Touched = r.Seq, m.Ply, r.At
	p.live.Over = p.live.Over || m.Over
	if m.Ply > before {
		p.moves = append(p.moves, archive.Move{
			Table: p.id, Ply: m.Ply, Seq: r.Seq, Seat: r.Seat, User: r.Actor, At: r.At, Spent: r.Spent, What: m.Note,
		})
	}
	if m.Ply < before {
		p.moves = slices.DeleteFunc(p.moves, func(mv archive.Move) bool { return mv.Ply > m.Ply })
		if p.cut < 0 || m.Ply < p.cut {
			p.cut = m.Ply
		}
	}
	return nil
}

// ended is a table that is over, with its records.
type ended struct {
	*progress
	records []table.Record
	named   map[account.ID]bool
}

// finish archives the tables that are over and have changed.
func (b *batch) finish(ctx context.Context) error {
	var over []ended
	var named []account.ID
	for _, p := range b.order {
		if !p.changed || !p.live.Over {
			continue
		}
		e, err := b.read(ctx, p)
		if err := b.aside(p, p.live.Seq, err); err != nil {
			return err
		}
		if len(e.records) > 0 {
			over = append(over, e)
			named = slices.AppendSeq(named, maps.Keys(e.named))
		}
	}
	closed, err := b.cfg.Store.Forgotten(ctx, named)
	if err != nil {
		return err
	}
	for i := range over {
		if err := b.aside(over[i].progress, over[i].live.Seq, b.archive(&over[i], closed)); err != nil {
			return err
		}
	}
	slices.SortStableFunc(b.batch.Finished, func(a, b archive.Finished) int {
		return cmp.Or(a.Game.Ended.Compare(b.Game.Ended), cmp.Compare(a.Game.ID, b.Game.ID))
	})
	return nil
}

// read reads a table that is over; no records, when there is nothing to
// archive.
func (b *batch) read(ctx context.Context, p *progress) (ended, error) {
	e := ended{progress: p}
	records, err := b.cfg.Journal.Read(ctx, p.id, 0)
	if errors.Is(err, table.ErrUnknownTable) && p.place.Archived {
		b.cfg.Log.Warn("a finished table was forgotten before its last records were archived", "table", p.id)
		return e, nil
	}
	if err != nil {
		return e, err
	}
	e.records = records[:min(uint64(p.live.Seq), uint64(len(records)))]
	e.named, err = archive.Named(e.records)
	return e, err
}

// archive makes a game of a table that is over, without the names of closed
// accounts.
func (b *batch) archive(e *ended, closed map[account.ID]bool) (err error) {
	records := e.records
	if overlap(e.named, closed) {
		if records, err = archive.Erase(records, closed); err != nil {
			return err
		}
	}
	s, err := archive.Summarize(b.cfg.Catalog, records)
	if err != nil {
		return err
	}
	if !s.Played {
		b.batch.Closed = append(b.batch.Closed, e.id)
		return nil
	}
	s.Game.Opening = b.cfg.Opening(s.Table)
	blob, err := archive.Pack(&s.Game, b.cfg.Catalog[s.Game.Kind], records)
	if err != nil {
		return err
	}
	b.batch.Finished = append(b.batch.Finished, archive.Finished{Game: s.Game, Blob: blob, Others: others(e.named, closed, &s.Game)})
	return nil
}

func overlap(a, b map[account.ID]bool) bool {
	for id := range b {
		if a[id] {
			return true
		}
	}
	return false
}

// others returns whom a record names besides the players, closed accounts and
// the house.
func others(named, closed map[account.ID]bool, g *archive.Game) []account.ID {
	left := maps.Clone(named)
	for _, p := range g.Players {
		delete(left, p.ID)
	}
	maps.DeleteFunc(left, func(id account.ID, _ bool) bool { return closed[id] })
	return slices.Sorted(maps.Keys(left))
}

// out returns the batch to write.
func (b *batch) out() *archive.Batch {
	for _, p := range b.order {
		if !p.changed {
			continue
		}
		if !p.moved {
			b.batch.Live = append(b.batch.Live, p.live)
		}
		if p.live.Over {
			continue // its moves are in the record
		}
		if p.cut >= 0 {
			b.batch.Cuts = append(b.batch.Cuts, archive.Cut{Table: p.id, Ply: p.cut})
		}
		b.batch.Moves = append(b.batch.Moves, p.moves...)
	}
	return &b.batch
}
