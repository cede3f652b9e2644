package server

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"

	"kibitz/internal/archive"
	"kibitz/internal/table"
)

// journal compares the tables that the journal has with what the archive says
// of them.
func (c *checker) journal(ctx context.Context) error {
	var ids []table.ID
	for r, err := range c.stores.journal.Scan(ctx) {
		if err != nil {
			return err
		}
		if r.Seq == 1 {
			ids = append(ids, r.Table)
		}
	}
	c.audit.Tables = len(ids)
	for len(ids) > 0 {
		n := min(checkPage, len(ids))
		places, err := c.stores.archive.Places(ctx, ids[:n])
		if err != nil {
			return err
		}
		for _, id := range ids[:n] {
			if err := c.table(ctx, id, places[id]); err != nil {
				return err
			}
		}
		ids = ids[n:]
	}
	return nil
}

// table compares one table. Those that the archive has not caught up with are
// pending.
func (c *checker) table(ctx context.Context, id table.ID, p archive.Place) error {
	records, err := c.stores.journal.Read(ctx, id, 0)
	if err != nil {
		return err
	}
	if p.Poisoned {
		return nil // it was shown
	}
	if uint64(p.Live.Seq) < uint64(len(records)) {
		c.audit.Pending++
		return nil
	}
	course, err := table.Review(c.catalog, records)
	if err != nil {
		c.differ("%s: %v", id, err)
		return nil
	}
	if course.Ended.IsZero() {
		return c.running(ctx, id, &course)
	}
	return c.finished(ctx, id, records)
}

// running compares the moves of a running game.
func (c *checker) running(ctx context.Context, id table.ID, course *table.Course) error {
	moves, err := c.stores.archive.Moves(ctx, id)
	if err != nil {
		return err
	}
	if len(moves) != len(course.Turns) {
		c.differ("%s: there are %d live moves, and %d in the journal", id, len(moves), len(course.Turns))
		return nil
	}
	for i, m := range moves {
		if turn := course.Turns[i]; m.Ply != i+1 || m.Seat != turn.Seat || !m.At.Equal(turn.At) || m.Spent != turn.Spent {
			c.differ("%s: live move %d is %+v, and in the journal %+v", id, i+1, m, turn)
		}
	}
	return nil
}

// finished compares the records of a game that is over.
func (c *checker) finished(ctx context.Context, id table.ID, records []table.Record) error {
	s, err := archive.Summarize(c.catalog, records)
	if err != nil || !s.Played {
		return err
	}
	archived, err := archive.Library{Games: c.stores.archive, Catalog: c.catalog}.Records(ctx, id)
	if errors.Is(err, table.ErrUnknownTable) {
		c.differ("%s: the game is over, and not in the archive", id)
		return nil
	}
	if err != nil {
		return nil // it was shown
	}
	if records, archived, err = c.nameless(ctx, records, archived); err != nil {
		return err
	}
	if len(archived) != len(records) {
		c.differ("%s: the journal has %d records, and the archive %d", id, len(records), len(archived))
		return nil
	}
	for i := range records {
		if r, a := &records[i], &archived[i]; r.Type != a.Type || !bytes.Equal(r.Data, a.Data) || r.Actor != a.Actor || r.Spent != a.Spent {
			c.differ("%s: record %d is not the same in journal and archive", id, i+1)
		}
	}
	return nil
}

// nameless returns records without what is erased of closed accounts: the
// archive may have it no more, and the journal still.
func (c *checker) nameless(ctx context.Context, records, archived []table.Record) (a, b []table.Record, err error) {
	named, err := archive.Named(records)
	if err != nil {
		return nil, nil, err
	}
	closed, err := c.stores.archive.Forgotten(ctx, slices.Collect(maps.Keys(named)))
	if err != nil || len(closed) == 0 {
		return records, archived, err
	}
	if a, err = archive.Erase(records, closed); err != nil {
		return nil, nil, err
	}
	b, err = archive.Erase(archived, closed)
	return a, b, err
}
