package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"kibitz/internal/account"
)

// Settings implements account.Preferences.
func (s *Store) Settings(ctx context.Context, user account.ID) (account.Settings, error) {
	var v account.Settings
	err := s.read.QueryRowContext(ctx, `SELECT version, body FROM settings WHERE user_id = $1`, string(user)).Scan(&v.Version, &v.JSON)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Settings{JSON: []byte("{}")}, nil
	}
	if err != nil {
		return v, fmt.Errorf("settings of %s: %w", user, err)
	}
	return v, nil
}

// PutSettings implements account.Preferences.
func (s *Store) PutSettings(ctx context.Context, user account.ID, v account.Settings) error {
	query := `UPDATE settings SET version = version + 1, body = $1 WHERE user_id = $2 AND version = $3`
	if v.Version == 0 {
		query = `INSERT INTO settings (body, user_id, version) VALUES ($1, $2, $3 + 1) ON CONFLICT (user_id) DO NOTHING`
	}
	n, err := s.exec(ctx, query, v.JSON, string(user), v.Version)
	if err == nil && n == 0 {
		return account.ErrChanged
	}
	return err
}
