package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"kibitz/internal/account"
)

const tokenColumns = `hash, id, user_id, name, scopes, created_ms, expires_ms, used_ms`

func scanToken(scan func(...any) error) (t account.AccessToken, err error) {
	var hash []byte
	var scopes string
	var created, expires, used int64
	if err := scan(&hash, &t.ID, &t.User, &t.Name, &scopes, &created, &expires, &used); err != nil {
		return t, err
	}
	copy(t.Hash[:], hash)
	for s := range strings.FieldsSeq(scopes) {
		t.Scopes = append(t.Scopes, account.Scope(s))
	}
	t.Created, t.Expires, t.Used = fromMillis(created), fromMillis(expires), fromMillis(used)
	return t, nil
}

// AddToken implements account.Tokens.
func (s *Store) AddToken(ctx context.Context, t account.AccessToken) error {
	scopes := make([]string, len(t.Scopes))
	for i, x := range t.Scopes {
		scopes[i] = string(x)
	}
	_, err := s.exec(ctx, `INSERT INTO access_tokens (`+tokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		t.Hash[:], t.ID, string(t.User), t.Name, strings.Join(scopes, " "), millis(t.Created), millis(t.Expires), millis(t.Used))
	return err
}

// Token implements account.Tokens.
func (s *Store) Token(ctx context.Context, hash account.TokenHash) (account.AccessToken, error) {
	t, err := scanToken(s.read.QueryRowContext(ctx, `SELECT `+tokenColumns+` FROM access_tokens WHERE hash = $1`, hash[:]).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return t, account.ErrNotFound
	}
	if err != nil {
		return t, fmt.Errorf("token: %w", err)
	}
	return t, nil
}

// TokensOf implements account.Tokens.
func (s *Store) TokensOf(ctx context.Context, user account.ID) (all []account.AccessToken, err error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+tokenColumns+` FROM access_tokens WHERE user_id = $1 ORDER BY created_ms, id`, string(user))
	if err != nil {
		return nil, fmt.Errorf("tokens of %s: %w", user, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		t, err := scanToken(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("tokens of %s: %w", user, err)
		}
		all = append(all, t)
	}
	return all, rows.Err()
}

// UsedToken implements account.Tokens.
func (s *Store) UsedToken(ctx context.Context, hash account.TokenHash, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE access_tokens SET used_ms = $1 WHERE hash = $2`, millis(at), hash[:])
	return err
}

// RemoveToken implements account.Tokens.
func (s *Store) RemoveToken(ctx context.Context, user account.ID, id string) (t account.AccessToken, err error) {
	err = s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		t, err = scanToken(tx.QueryRowContext(ctx,
			`DELETE FROM access_tokens WHERE id = $1 AND user_id = $2 RETURNING `+tokenColumns, id, string(user)).Scan)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNotFound, nil
		}
		return nil, err
	})
	return t, err
}
