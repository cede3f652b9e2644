package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kibitz/internal/archive"
)

var _ archive.Watch = (*Store)(nil)

// Progress implements archive.Watch.
func (s *Store) Progress(ctx context.Context, projection string) (archive.Progress, error) {
	p := archive.Progress{Projection: projection}
	err := s.read.QueryRowContext(ctx, `SELECT last, COALESCE((SELECT place FROM positions WHERE projection = $1 AND part = 0), 0)
		FROM numbering WHERE id = 1`, projection).Scan(&p.Last, &p.Through)
	if err != nil {
		return p, fmt.Errorf("progress of %s: %w", projection, err)
	}
	var ended int64
	err = s.read.QueryRowContext(ctx, `SELECT ended_ms FROM games WHERE number > $1 ORDER BY number LIMIT 1`, p.Through).Scan(&ended)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, nil
	case err != nil:
		return p, fmt.Errorf("progress of %s: %w", projection, err)
	}
	p.Oldest = moment(ended)
	return p, nil
}

// SetAside implements archive.Watch.
func (s *Store) SetAside(ctx context.Context) (map[string]int64, error) {
	counts := make(map[string]int64)
	rows, err := s.read.QueryContext(ctx, `SELECT projection, COUNT(*) FROM poison GROUP BY projection`)
	_, err = scanAll(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var name string
		var n int64
		err = r.Scan(&name, &n)
		counts[name] = n
		return none, err
	})
	if err != nil {
		return nil, fmt.Errorf("count poison: %w", err)
	}
	return counts, nil
}

// Closing implements archive.Watch.
func (s *Store) Closing(ctx context.Context) (n int64, err error) {
	if err = s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM erasures WHERE done = 0`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count erasures: %w", err)
	}
	return n, nil
}
