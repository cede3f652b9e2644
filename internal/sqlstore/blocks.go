package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"kibitz/internal/account"
)

// AddBlock implements account.Blocks.
func (s *Store) AddBlock(ctx context.Context, b account.Block) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM blocks WHERE user_id = $1 AND other_id <> $2`,
			string(b.By), string(b.Other)).Scan(&n); err != nil {
			return nil, err
		}
		if n >= account.MaxBlocks {
			return fmt.Errorf("%w: at most %d users; unblock one first", account.ErrDenied, account.MaxBlocks), nil
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO blocks (user_id, other_id, created_ms) VALUES ($1, $2, $3)
			ON CONFLICT (user_id, other_id) DO NOTHING`, string(b.By), string(b.Other), millis(b.At))
		return nil, err
	})
}

// RemoveBlock implements account.Blocks.
func (s *Store) RemoveBlock(ctx context.Context, by, other account.ID) error {
	_, err := s.exec(ctx, `DELETE FROM blocks WHERE user_id = $1 AND other_id = $2`, string(by), string(other))
	return err
}

// BlocksOf implements account.Blocks.
func (s *Store) BlocksOf(ctx context.Context, by account.ID) (all []account.User, err error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT u.id, u.name, u.guest, u.role, u.closed, u.created_ms FROM blocks b JOIN users u ON u.id = b.other_id
		 WHERE b.user_id = $1 ORDER BY b.created_ms DESC, u.id LIMIT $2`, string(by), account.MaxBlocks)
	if err != nil {
		return nil, fmt.Errorf("blocks of %s: %w", by, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var u account.User
		var created int64
		if err := rows.Scan(&u.ID, &u.Name, &u.Guest, &u.Role, &u.Closed, &created); err != nil {
			return nil, fmt.Errorf("blocks of %s: %w", by, err)
		}
		u.Created = fromMillis(created)
		all = append(all, u)
	}
	return all, rows.Err()
}

// Blocked implements account.Blocks.
func (s *Store) Blocked(ctx context.Context, by, other account.ID) (bool, error) {
	var n int
	err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM blocks WHERE user_id = $1 AND other_id = $2`, string(by), string(other)).Scan(&n)
	return n > 0, err
}
