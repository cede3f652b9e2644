package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"

	"kibitz/internal/account"
)

const deedColumns = `id, at_ms, actor, what, subject, detail, outcome`

// AddDeed implements account.Deeds.
func (s *Store) AddDeed(ctx context.Context, d account.Deed) error {
	_, err := s.exec(ctx, `INSERT INTO deeds (`+deedColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		string(d.ID), millis(d.At), string(d.Actor), string(d.What), string(d.Subject), d.Detail, string(d.Outcome))
	return err
}

// EndDeed implements account.Deeds.
func (s *Store) EndDeed(ctx context.Context, id account.ID, o account.Outcome) error {
	_, err := s.exec(ctx, `UPDATE deeds SET outcome = $1 WHERE id = $2`, string(o), string(id))
	return err
}

// Deeds implements account.Deeds.
func (s *Store) Deeds(ctx context.Context, before account.DeedCursor, n int) ([]account.Deed, error) {
	if before == (account.DeedCursor{}) {
		before.AtMillis = math.MaxInt64
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+deedColumns+` FROM deeds WHERE (at_ms, id) < ($1, $2)
		ORDER BY at_ms DESC, id DESC LIMIT $3`, before.AtMillis, string(before.ID), n)
	all, err := scanAll(rows, err, func(r *sql.Rows) (d account.Deed, err error) {
		var at int64
		err = r.Scan(&d.ID, &at, &d.Actor, &d.What, &d.Subject, &d.Detail, &d.Outcome)
		d.At = fromMillis(at)
		return d, err
	})
	if err != nil {
		return nil, fmt.Errorf("deeds: %w", err)
	}
	return all, nil
}
