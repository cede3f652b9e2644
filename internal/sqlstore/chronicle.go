package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

var _ archive.Chronicle = (*Store)(nil)

// Positions implements archive.Chronicle.
func (s *Store) Positions(ctx context.Context, projection string) (map[int]table.Position, error) {
	type place struct {
		part int
		at   int64
	}
	rows, err := s.read.QueryContext(ctx, `SELECT part, place FROM positions WHERE projection = $1`, projection)
	all, err := scanAll(rows, err, func(r *sql.Rows) (p place, err error) { return p, r.Scan(&p.part, &p.at) })
	if err != nil {
		return nil, fmt.Errorf("positions of %s: %w", projection, err)
	}
	m := make(map[int]table.Position, len(all))
	for _, p := range all {
		m[p.part] = table.Position(p.at)
	}
	return m, nil
}

// Places implements archive.Chronicle.
func (s *Store) Places(ctx context.Context, ids []table.ID) (map[table.ID]archive.Place, error) {
	m := make(map[table.ID]archive.Place, len(ids))
	err := inChunks(ids, func(list string, args []any) error {
		for _, add := range []func(context.Context, map[table.ID]archive.Place, string, []any) error{
			s.addLive, s.addArchived, s.addPoisoned,
		} {
			if err := add(ctx, m, list, args); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("places: %w", err)
	}
	return m, nil
}

// addLive adds tables as their own row says or, if that is later, their last
// move.
func (s *Store) addLive(ctx context.Context, m map[table.ID]archive.Place, list string, args []any) error {
	rows, err := s.read.QueryContext(ctx,
		`SELECT l.id, l.kind, COALESCE(m.seq, l.seq), COALESCE(m.ply, l.ply), l.over, l.created_ms, COALESCE(m.at_ms, l.touched_ms)
		 FROM live l LEFT JOIN moves m
		 ON m.game = l.id AND m.seq > l.seq AND m.ply = (SELECT MAX(ply) FROM moves WHERE game = l.id)
		 WHERE l.id IN `+list, args...)
	all, err := scanAll(rows, err, scanLive)
	for _, l := range all {
		m[l.Table] = archive.Place{Live: l}
	}
	return err
}

func scanLive(r *sql.Rows) (archive.Live, error) {
	var l archive.Live
	var created, touched int64
	err := r.Scan(&l.Table, &l.Kind, &l.Seq, &l.Ply, &l.Over, &created, &touched)
	l.Created, l.Touched = moment(created), moment(touched)
	return l, err
}

func (s *Store) addArchived(ctx context.Context, m map[table.ID]archive.Place, list string, args []any) error {
	rows, err := s.read.QueryContext(ctx, `SELECT id, created_ms FROM games WHERE id IN `+list, args...)
	_, err = scanAll(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var id table.ID
		var created int64
		err = r.Scan(&id, &created)
		p := m[id]
		p.Archived, p.Created = true, moment(created)
		m[id] = p
		return none, err
	})
	return err
}

func (s *Store) addPoisoned(ctx context.Context, m map[table.ID]archive.Place, list string, args []any) error {
	rows, err := s.read.QueryContext(ctx,
		`SELECT subject FROM poison WHERE projection = '`+archive.ProjectArchive+`' AND subject IN `+list, args...)
	_, err = scanAll(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var id table.ID
		err = r.Scan(&id)
		p := m[id]
		p.Poisoned = true
		m[id] = p
		return none, err
	})
	return err
}

// Write implements archive.Chronicle.
func (s *Store) Write(ctx context.Context, b *archive.Batch) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		for _, step := range []func(context.Context, *sql.Tx, *archive.Batch) error{
			writeLive, writeMoves, writeFinished, writeMentions, writeClosed, writePoison, writePositions,
		} {
			if err := step(ctx, tx, b); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

var intoLive = insert{
	into: `live (id, kind, seq, ply, over, created_ms, touched_ms)`, columns: 7,
	tail: `ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, ply = excluded.ply, over = excluded.over, touched_ms = excluded.touched_ms`,
}

func writeLive(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	rows := make([][]any, 0, len(b.Live))
	for _, l := range b.Live {
		rows = append(rows, []any{string(l.Table), string(l.Kind), int64(l.Seq), l.Ply, bit(l.Over), stamp(l.Created), stamp(l.Touched)})
	}
	return intoLive.rows(ctx, tx, rows)
}

var intoMoves = insert{
	into: `moves (game, ply, seq, seat, user_id, at_ms, spent_ms, what)`, columns: 8,
	tail: `ON CONFLICT (game, ply) DO UPDATE SET seq = excluded.seq, seat = excluded.seat, user_id = excluded.user_id,
		at_ms = excluded.at_ms, spent_ms = excluded.spent_ms, what = excluded.what`,
}

func writeMoves(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	for _, c := range b.Cuts {
		if _, err := tx.ExecContext(ctx, `DELETE FROM moves WHERE game = $1 AND ply > $2`, string(c.Table), c.Ply); err != nil {
			return err
		}
	}
	rows := make([][]any, 0, len(b.Moves))
	for _, m := range b.Moves {
		rows = append(rows, []any{string(m.Table), m.Ply, int64(m.Seq), int64(m.Seat), string(m.User), stamp(m.At), m.Spent.Milliseconds(), m.What})
	}
	return intoMoves.rows(ctx, tx, rows)
}

func writeClosed(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	return dropMoves(ctx, tx, b.Closed)
}

func dropMoves(ctx context.Context, tx *sql.Tx, ids []table.ID) error {
	return inChunks(ids, func(list string, args []any) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM moves WHERE game IN `+list, args...)
		return err
	})
}

var intoPoison = insert{
	into: `poison (projection, subject, seq, why, at_ms)`, columns: 5, tail: `ON CONFLICT (projection, subject) DO NOTHING`,
}

func writePoison(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	rows := make([][]any, 0, len(b.Poison))
	for _, p := range b.Poison {
		rows = append(rows, []any{p.Projection, string(p.Subject), int64(p.Seq), p.Why, stamp(p.At)})
	}
	return intoPoison.rows(ctx, tx, rows)
}

var intoPositions = insert{
	into: `positions (projection, part, place)`, columns: 3,
	tail: `ON CONFLICT (projection, part) DO UPDATE SET place = excluded.place WHERE positions.place < excluded.place`,
}

func writePositions(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	return reach(ctx, tx, b.Projection, b.Positions)
}

// reach stores how far a projection is.
func reach(ctx context.Context, tx *sql.Tx, projection string, at map[int]table.Position) error {
	rows := make([][]any, 0, len(at))
	for part, place := range at {
		rows = append(rows, []any{projection, part, int64(place)})
	}
	return intoPositions.rows(ctx, tx, rows)
}

// Ripe implements archive.Chronicle.
func (s *Store) Ripe(ctx context.Context, before time.Time, n int) ([]archive.Live, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, kind, seq, ply, over, created_ms, touched_ms FROM live
		WHERE over = 1 AND touched_ms < $1 ORDER BY touched_ms LIMIT $2`, stamp(before), n)
	all, err := scanAll(rows, err, scanLive)
	if err != nil {
		return nil, fmt.Errorf("ripe tables: %w", err)
	}
	return all, nil
}

// Release implements archive.Chronicle.
func (s *Store) Release(ctx context.Context, ids []table.ID) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		return nil, inChunks(ids, func(list string, args []any) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM live WHERE id IN `+list, args...)
			return err
		})
	})
}

// Moves implements archive.Running.
func (s *Store) Moves(ctx context.Context, id table.ID) ([]archive.Move, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT ply, seq, seat, user_id, at_ms, spent_ms, what FROM moves WHERE game = $1 ORDER BY ply`, string(id))
	moves, err := scanAll(rows, err, func(r *sql.Rows) (archive.Move, error) {
		var seat, at, spent int64
		m := archive.Move{Table: id}
		err := r.Scan(&m.Ply, &m.Seq, &seat, &m.User, &at, &spent, &m.What)
		m.Seat, m.At, m.Spent = game.Seat(seat), moment(at), time.Duration(spent)*time.Millisecond
		return m, err
	})
	if err != nil {
		return nil, fmt.Errorf("moves of %s: %w", id, err)
	}
	return moves, nil
}

// Poisons implements archive.Poisons.
func (s *Store) Poisons(ctx context.Context, n int) ([]archive.Poison, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT projection, subject, seq, why, at_ms FROM poison ORDER BY at_ms, projection, subject LIMIT $1`, n)
	all, err := scanAll(rows, err, func(r *sql.Rows) (p archive.Poison, err error) {
		var at int64
		err = r.Scan(&p.Projection, &p.Subject, &p.Seq, &p.Why, &at)
		p.At = moment(at)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("poison: %w", err)
	}
	return all, nil
}
