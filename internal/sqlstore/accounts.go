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

// Add implements account.Users.
func (s *Store) Add(ctx context.Context, u account.User, first account.Session) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		res, err := tx.ExecContext(ctx,
			`INSERT INTO users (id, name, name_key, guest, created_ms) VALUES ($1, $2, $3, $4, $5)
			 ON CONFLICT (name_key) DO NOTHING`,
			string(u.ID), u.Name, strings.ToLower(u.Name), bit(u.Guest), u.Created.UnixMilli())
		if err != nil {
			return nil, err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return account.ErrNameTaken, err
		}
		return nil, insertSession(ctx, tx, first)
	})
}

func insertSession(ctx context.Context, tx *sql.Tx, s account.Session) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO sessions (hash, user_id, created_ms) VALUES ($1, $2, $3)`,
		s.Hash[:], string(s.User), s.Created.UnixMilli())
	return err
}

// User implements account.Users.
func (s *Store) User(ctx context.Context, id account.ID) (account.User, error) {
	u := account.User{ID: id}
	var created int64
	err := s.read.QueryRowContext(ctx, `SELECT name, guest, created_ms FROM users WHERE id = $1`, string(id)).
		Scan(&u.Name, &u.Guest, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return account.User{}, account.ErrUnknown
	}
	if err != nil {
		return account.User{}, fmt.Errorf("user %s: %w", id, err)
	}
	u.Created = time.UnixMilli(created).UTC()
	return u, nil
}

// Open implements account.Sessions.
func (s *Store) Open(ctx context.Context, session account.Session) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var one int
		err := tx.QueryRowContext(ctx, `SELECT 1 FROM users WHERE id = $1`, string(session.User)).Scan(&one)
		if errors.Is(err, sql.ErrNoRows) {
			return account.ErrUnknown, nil
		}
		if err != nil {
			return nil, err
		}
		return nil, insertSession(ctx, tx, session)
	})
}

// Login implements account.Sessions.
func (s *Store) Login(ctx context.Context, hash account.TokenHash) (account.Login, error) {
	l := account.Login{Session: account.Session{Hash: hash}}
	var opened, created int64
	err := s.read.QueryRowContext(ctx,
		`SELECT s.created_ms, u.id, u.name, u.guest, u.created_ms
		 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = $1`, hash[:]).
		Scan(&opened, &l.User.ID, &l.User.Name, &l.User.Guest, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Login{}, account.ErrNotSignedIn
	}
	if err != nil {
		return account.Login{}, fmt.Errorf("login: %w", err)
	}
	l.Session.User = l.User.ID
	l.Session.Created, l.User.Created = time.UnixMilli(opened).UTC(), time.UnixMilli(created).UTC()
	return l, nil
}

// End implements account.Sessions.
func (s *Store) End(ctx context.Context, hash account.TokenHash) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE hash = $1`, hash[:])
		return nil, err
	})
}
