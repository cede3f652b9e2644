package sqlstore

import (
	"bytes"
	"compress/flate"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync"

	"kibitz/internal/analysis"
	"kibitz/internal/table"
)

var _ analysis.Store = (*Store)(nil)

// AddJob implements analysis.Store.
func (s *Store) AddJob(ctx context.Context, j analysis.Job, l analysis.Limits) (analysis.Job, error) {
	err := s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		found, _, err := reviewJob(ctx, tx, j.Table)
		if err == nil {
			j = found
			return nil, nil
		}
		if !errors.Is(err, analysis.ErrNone) {
			return nil, err
		}
		var mine, all int
		err = tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(CASE WHEN user_id = $1 THEN 1 ELSE 0 END), 0), COUNT(*) FROM analysis_jobs`,
			string(j.User)).Scan(&mine, &all)
		if err != nil {
			return nil, err
		}
		if mine >= l.PerUser || all >= l.Total {
			return analysis.ErrTooMany, nil
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO analysis_jobs (game, user_id, requested_ms, tries) VALUES ($1, $2, $3, $4)
			ON CONFLICT (game) DO NOTHING`, string(j.Table), string(j.User), stamp(j.At), j.Tries)
		return nil, err
	})
	return j, err
}

// Job implements analysis.Store.
func (s *Store) Job(ctx context.Context, id table.ID) (j analysis.Job, ahead int, err error) {
	return reviewJob(ctx, s.read, id)
}

func reviewJob(ctx context.Context, q querier, id table.ID) (analysis.Job, int, error) {
	j, at := analysis.Job{Table: id}, int64(0)
	ahead := 0
	err := q.QueryRowContext(ctx, `SELECT j.user_id, j.requested_ms, j.tries,
		(SELECT COUNT(*) FROM analysis_jobs b WHERE (b.requested_ms, b.game) < (j.requested_ms, j.game))
		FROM analysis_jobs j WHERE j.game = $1`, string(id)).Scan(&j.User, &at, &j.Tries, &ahead)
	if errors.Is(err, sql.ErrNoRows) {
		return j, 0, analysis.ErrNone
	}
	j.At = moment(at)
	return j, ahead, err
}

// BeginJob implements analysis.Store.
func (s *Store) BeginJob(ctx context.Context) (analysis.Job, error) {
	var j analysis.Job
	err := s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var at int64
		err := tx.QueryRowContext(ctx, `SELECT game, user_id, requested_ms, tries FROM analysis_jobs
			ORDER BY requested_ms, game LIMIT 1`).Scan(&j.Table, &j.User, &at, &j.Tries)
		if errors.Is(err, sql.ErrNoRows) {
			return analysis.ErrNone, nil
		}
		if err != nil {
			return nil, err
		}
		j.At = moment(at)
		j.Tries++
		_, err = tx.ExecContext(ctx, `UPDATE analysis_jobs SET tries = $1 WHERE game = $2`, j.Tries, string(j.Table))
		return nil, err
	})
	return j, err
}

// DropJob implements analysis.Store.
func (s *Store) DropJob(ctx context.Context, id table.ID) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		return nil, dropJob(ctx, tx, id)
	})
}

func dropJob(ctx context.Context, tx *sql.Tx, id table.ID) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM analysis_jobs WHERE game = $1`, string(id))
	return err
}

// Report implements analysis.Store.
func (s *Store) Report(ctx context.Context, id table.ID) (analysis.Stored, error) {
	r, at := analysis.Stored{Table: id}, int64(0)
	var packed []byte
	err := s.read.QueryRowContext(ctx, `SELECT made_by, user_id, created_ms, report FROM analyses WHERE game = $1`, string(id)).
		Scan(&r.By, &r.User, &at, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return r, analysis.ErrNone
	}
	if err != nil {
		return r, fmt.Errorf("report on %s: %w", id, err)
	}
	r.At = moment(at)
	if r.Body, err = inflate(packed); err != nil {
		return r, fmt.Errorf("report on %s: %w", id, err)
	}
	return r, nil
}

// SaveReport implements analysis.Store.
func (s *Store) SaveReport(ctx context.Context, r analysis.Stored) error {
	packed, err := deflate(r.Body)
	if err != nil {
		return err
	}
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		// A report of the server takes the place of a client's, and nothing else
		// takes the place of anything.
		done, err := tx.ExecContext(ctx, `INSERT INTO analyses (game, made_by, user_id, created_ms, report) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (game) DO UPDATE SET made_by = excluded.made_by, user_id = excluded.user_id,
			created_ms = excluded.created_ms, report = excluded.report
			WHERE analyses.made_by = 'client' AND excluded.made_by = 'server'`,
			string(r.Table), string(r.By), string(r.User), stamp(r.At), packed)
		if err != nil {
			return nil, err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return analysis.ErrDone, err
		}
		if r.By == analysis.ByServer {
			err = dropJob(ctx, tx, r.Table)
		}
		return nil, err
	})
}

// deflaters are used again: each has more than a megabyte of tables.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(io.Discard, flate.BestCompression)
	if err != nil {
		panic(err) // the level is right
	}
	return w
}}

func deflate(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	err := w.Close()
	return out.Bytes(), err
}

// maxInflated bounds what is read back of a stored text.
const maxInflated = 8 << 20

func inflate(b []byte) ([]byte, error) {
	return io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), maxInflated))
}
