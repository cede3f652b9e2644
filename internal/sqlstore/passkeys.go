package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"kibitz/internal/account"
)

// exec does one statement, and returns how many rows it changed.
func (s *Store) exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		res, err := tx.ExecContext(ctx, query, args...)
		if err != nil {
			return nil, err
		}
		n, err = res.RowsAffected()
		return nil, err
	})
	return n, err
}

// AddPasskey implements account.Passkeys.
func (s *Store) AddPasskey(ctx context.Context, k account.Passkey) error {
	n, err := s.exec(ctx, `INSERT INTO passkeys (id, user_id, name, state, created_ms, used_ms) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO NOTHING`, k.ID, string(k.User), k.Name, k.State, millis(k.Created), millis(k.Used))
	if err == nil && n == 0 {
		return fmt.Errorf("%w: that passkey is known already", account.ErrDenied)
	}
	return err
}

// PasskeysOf implements account.Passkeys.
func (s *Store) PasskeysOf(ctx context.Context, user account.ID) (all []account.Passkey, err error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT id, name, state, created_ms, used_ms FROM passkeys WHERE user_id = $1 ORDER BY created_ms, id`, string(user))
	if err != nil {
		return nil, fmt.Errorf("passkeys of %s: %w", user, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		k := account.Passkey{User: user}
		var created, used int64
		if err := rows.Scan(&k.ID, &k.Name, &k.State, &created, &used); err != nil {
			return nil, fmt.Errorf("passkeys of %s: %w", user, err)
		}
		k.Created, k.Used = fromMillis(created), fromMillis(used)
		all = append(all, k)
	}
	return all, rows.Err()
}

// UsedPasskey implements account.Passkeys.
func (s *Store) UsedPasskey(ctx context.Context, k account.Passkey) error {
	_, err := s.exec(ctx, `UPDATE passkeys SET state = $1, used_ms = $2 WHERE id = $3`, k.State, millis(k.Used), k.ID)
	return err
}

// RemovePasskey implements account.Passkeys.
func (s *Store) RemovePasskey(ctx context.Context, user account.ID, id string) error {
	n, err := s.exec(ctx, `DELETE FROM passkeys WHERE id = $1 AND user_id = $2`, id, string(user))
	if err == nil && n == 0 {
		return account.ErrNotFound
	}
	return err
}
