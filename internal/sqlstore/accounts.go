package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kibitz/internal/account"
)

// Add implements account.Users.
func (s *Store) Add(ctx context.Context, u account.User, first account.Session) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		res, err := tx.ExecContext(ctx,
			`INSERT INTO users (id, name, name_key, guest, role, closed, created_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)
			 ON CONFLICT (name_key) DO NOTHING`,
			string(u.ID), u.Name, account.NameKey(u.Name), bit(u.Guest), u.Role.String(), bit(u.Closed), millis(u.Created))
		if err != nil {
			return nil, err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return account.ErrNameTaken, err
		}
		return nil, insertSession(ctx, tx, first)
	})
}

// User implements account.Users.
func (s *Store) User(ctx context.Context, id account.ID) (account.User, error) {
	u := account.User{ID: id}
	var created int64
	err := s.read.QueryRowContext(ctx, `SELECT name, guest, role, closed, created_ms FROM users WHERE id = $1`, string(id)).
		Scan(&u.Name, &u.Guest, &u.Role, &u.Closed, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return account.User{}, account.ErrUnknown
	}
	if err != nil {
		return account.User{}, fmt.Errorf("user %s: %w", id, err)
	}
	u.Created = fromMillis(created)
	return u, nil
}
