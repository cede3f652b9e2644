package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"kibitz/internal/account"
)

// AddLink implements account.Links.
func (s *Store) AddLink(ctx context.Context, l account.Link) error {
	_, err := s.exec(ctx, `INSERT INTO links (user_id, hash, expires_ms) VALUES ($1, $2, $3)
		ON CONFLICT (user_id) DO UPDATE SET hash = excluded.hash, expires_ms = excluded.expires_ms`,
		string(l.User), l.Hash[:], millis(l.Expires))
	return err
}

// TakeLink implements account.Links.
func (s *Store) TakeLink(ctx context.Context, hash account.TokenHash) (account.Link, error) {
	l := account.Link{Hash: hash}
	err := s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var expires int64
		err := tx.QueryRowContext(ctx, `DELETE FROM links WHERE hash = $1 RETURNING user_id, expires_ms`, hash[:]).Scan(&l.User, &expires)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNotFound, nil
		}
		l.Expires = fromMillis(expires)
		return nil, err
	})
	return l, err
}
