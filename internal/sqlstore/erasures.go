package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

var _ archive.Erasures = (*Store)(nil)

// queueErasure lets the worker erase a user from the archive.
const queueErasure = `INSERT INTO erasures (user_id, scanned, done) VALUES ($1, 0, 0) ON CONFLICT (user_id) DO NOTHING`

// Forget implements archive.Erasures.
func (s *Store) Forget(ctx context.Context, user account.ID) error {
	_, err := s.exec(ctx, queueErasure, string(user))
	return err
}

// Forgotten implements archive.Erasures.
func (s *Store) Forgotten(ctx context.Context, users []account.ID) (map[account.ID]bool, error) {
	gone := make(map[account.ID]bool)
	err := inChunks(users, func(list string, args []any) error {
		rows, err := s.read.QueryContext(ctx, `SELECT user_id FROM erasures WHERE user_id IN `+list, args...)
		all, err := scanAll(rows, err, func(r *sql.Rows) (id account.ID, err error) { return id, r.Scan(&id) })
		for _, id := range all {
			gone[id] = true
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("closed accounts: %w", err)
	}
	return gone, nil
}

// Erasing implements archive.Erasures.
func (s *Store) Erasing(ctx context.Context) (archive.Erasure, error) {
	var e archive.Erasure
	err := s.read.QueryRowContext(ctx, `SELECT user_id, scanned FROM erasures WHERE done = 0 ORDER BY user_id LIMIT 1`).Scan(&e.User, &e.Scanned)
	if errors.Is(err, sql.ErrNoRows) {
		return e, archive.ErrUnknown
	}
	if err != nil {
		return e, fmt.Errorf("erasures: %w", err)
	}
	return e, nil
}

// traces are where games are found that name somebody, by what is asked of
// each: the numbers of some.
var traces = []string{
	`SELECT number FROM history WHERE user_id = $1 ORDER BY ended_ms, number LIMIT $2`,
	`SELECT number FROM mentions WHERE user_id = $1 ORDER BY number LIMIT $2`,
}

// Traces implements archive.Erasures.
func (s *Store) Traces(ctx context.Context, e archive.Erasure, n int) (archive.Traces, error) {
	t := archive.Traces{Scanned: e.Scanned}
	var err error
	for _, where := range traces {
		if t.Games, err = s.records(ctx, where, string(e.User), n); err != nil || len(t.Games) > 0 {
			return t, err
		}
	}
	t.Games, err = s.records(ctx, `SELECT number FROM games WHERE number > $1
		AND number <= (SELECT place FROM positions WHERE projection = 'mentions' AND part = 0) ORDER BY number LIMIT $2`, e.Scanned, n)
	if len(t.Games) > 0 {
		t.Scanned = t.Games[len(t.Games)-1].Game.Number
	}
	return t, err
}

// records returns the games of some numbers, in their order.
func (s *Store) records(ctx context.Context, numbers string, args ...any) ([]archive.Finished, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+gameColumns+`, r.blob FROM games g JOIN records r ON r.number = g.number
		WHERE g.number IN (SELECT number FROM (`+numbers+`) AS picked) ORDER BY g.number`, args...)
	all, err := scanAll(rows, err, func(r *sql.Rows) (f archive.Finished, err error) {
		f.Game, err = scanGame(r, &f.Blob)
		return f, err
	})
	if err != nil {
		return nil, fmt.Errorf("games that name somebody: %w", err)
	}
	return all, nil
}

// Rewrite implements archive.Erasures.
func (s *Store) Rewrite(ctx context.Context, e archive.Erasure, t archive.Traces, changed []archive.Finished) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		for i := range changed {
			if err := rewrite(ctx, tx, e.User, &changed[i]); err != nil {
				return nil, err
			}
		}
		for i := range t.Games {
			g := &t.Games[i].Game
			if _, err := tx.ExecContext(ctx, `DELETE FROM history WHERE user_id = $1 AND ended_ms = $2 AND number = $3`,
				string(e.User), stamp(g.Ended), g.Number); err != nil {
				return nil, err
			}
			if _, err := tx.ExecContext(ctx, `DELETE FROM mentions WHERE user_id = $1 AND number = $2`, string(e.User), g.Number); err != nil {
				return nil, err
			}
		}
		_, err := tx.ExecContext(ctx, `UPDATE erasures SET scanned = $1 WHERE user_id = $2`, t.Scanned, string(e.User))
		return nil, err
	})
}

// rewrite replaces who played a game, and its record. The best win of another
// player may tell the name, too.
func rewrite(ctx context.Context, tx *sql.Tx, user account.ID, f *archive.Finished) error {
	players, err := encodePlayers(f.Game.Players)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE games SET players = $1 WHERE number = $2`, players, f.Game.Number); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE records SET blob = $1 WHERE number = $2`, f.Blob, f.Game.Number); err != nil {
		return err
	}
	played := false
	for _, p := range f.Game.Players {
		played = played || p.ID == user
	}
	for _, p := range f.Game.Players {
		if !played || p.ID == user || !p.Person() {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE stats SET best_opponent = $1 WHERE user_id = $2 AND best_win = $3`,
			archive.ClosedName, string(p.ID), f.Game.Number); err != nil {
			return err
		}
	}
	return nil
}

// maxErased is how many rows of one table a step of Finish deletes.
const maxErased = 500

// Finish implements archive.Erasures.
func (s *Store) Finish(ctx context.Context, user account.ID) (done bool, err error) {
	err = s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		res, err := tx.ExecContext(ctx, `DELETE FROM library WHERE id IN (SELECT id FROM library WHERE owner = $1 LIMIT $2)`,
			string(user), maxErased)
		if err != nil {
			return nil, err
		}
		n, err := res.RowsAffected()
		if done = n < maxErased; err != nil || !done {
			return nil, err
		}
		if done, err = eraseHands(ctx, tx, user); err != nil || !done {
			return nil, err
		}
		for _, query := range []string{
			`DELETE FROM imports WHERE owner = $1`,
			`DELETE FROM rating_days WHERE user_id = $1`,
			`DELETE FROM opening_stats WHERE user_id = $1`,
			`DELETE FROM stats WHERE user_id = $1`,
			`DELETE FROM facets WHERE user_id = $1`,
			`DELETE FROM analysis_jobs WHERE user_id = $1`,
			`UPDATE erasures SET done = 1 WHERE user_id = $1`,
		} {
			if _, err := tx.ExecContext(ctx, query, string(user)); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
	return done, err
}

// closed reports whether somebody's account is closed.
func closed(ctx context.Context, tx *sql.Tx, user account.ID) (bool, error) {
	n := 0
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM erasures WHERE user_id = $1`, string(user)).Scan(&n)
	return n > 0, err
}

var intoMentions = insert{into: `mentions (user_id, number)`, columns: 2, tail: `ON CONFLICT (user_id, number) DO NOTHING`}

// writeMentions notes who is named in finished games that others played.
func writeMentions(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	var rows [][]any
	for i := range b.Finished {
		for _, id := range b.Finished[i].Others {
			rows = append(rows, []any{string(id), b.Finished[i].Game.Number})
		}
	}
	return intoMentions.rows(ctx, tx, rows)
}
