package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"kibitz/internal/account"
)

const grantColumns = `code, user_id, client, redirect, challenge, scopes, expires_ms`

// AddGrant implements account.Grants.
func (s *Store) AddGrant(ctx context.Context, g account.Grant) error {
	scopes := make([]string, len(g.Scopes))
	for i, x := range g.Scopes {
		scopes[i] = string(x)
	}
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		made := millis(g.Expires.Add(-account.GrantLife))
		if _, err := tx.ExecContext(ctx, `DELETE FROM grants WHERE expires_ms < $1`, made); err != nil {
			return nil, err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO grants (`+grantColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			g.Code[:], string(g.User), g.Client, g.Redirect, g.Challenge, strings.Join(scopes, " "), millis(g.Expires))
		return nil, err
	})
}

// TakeGrant implements account.Grants.
func (s *Store) TakeGrant(ctx context.Context, code account.TokenHash) (g account.Grant, err error) {
	err = s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var hash []byte
		var scopes string
		var expires int64
		g = account.Grant{}
		err := tx.QueryRowContext(ctx, `DELETE FROM grants WHERE code = $1 RETURNING `+grantColumns, code[:]).
			Scan(&hash, &g.User, &g.Client, &g.Redirect, &g.Challenge, &scopes, &expires)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrNotFound, nil
		}
		copy(g.Code[:], hash)
		for x := range strings.FieldsSeq(scopes) {
			g.Scopes = append(g.Scopes, account.Scope(x))
		}
		g.Expires = fromMillis(expires)
		return nil, err
	})
	return g, err
}
