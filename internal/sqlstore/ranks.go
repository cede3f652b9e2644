package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

var _ archive.Standings = (*Store)(nil)

// Ranked implements archive.Standings. It reads one index, in its order.
func (s *Store) Ranked(ctx context.Context, r archive.Ranking) ([]float64, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT rating FROM ratings WHERE ladder = $1 AND deviation <= $2 AND at_ms >= $3
		 AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.user_id = ratings.user_id)
		 ORDER BY rating DESC`, string(r.Ladder), r.MaxDeviation, max(0, stamp(r.Since)))
	all, err := scanAll(rows, err, func(r *sql.Rows) (v float64, err error) { return v, r.Scan(&v) })
	if err != nil {
		return nil, fmt.Errorf("ratings of %s: %w", r.Ladder, err)
	}
	return all, nil
}

// HistorySize implements archive.Standings.
func (s *Store) HistorySize(ctx context.Context, user account.ID, f archive.Filter, after archive.Cursor) (n int, err error) {
	q := historyQuery(user, f, after)
	if err = s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM history WHERE `+strings.Join(q.where, " AND "), q.args...).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the games of %s: %w", user, err)
	}
	return n, nil
}
