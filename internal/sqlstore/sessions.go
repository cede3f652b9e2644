package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"kibitz/internal/account"
)

func insertSession(ctx context.Context, tx *sql.Tx, s account.Session) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO sessions (hash, user_id, created_ms, device, browser, addr, seen_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		s.Hash[:], string(s.User), millis(s.Created), s.Client.Device, s.Client.Browser, addrText(s.Client.Addr), millis(s.Seen))
	return err
}

// addrText writes an address; none is empty.
func addrText(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	return a.String()
}

// Open implements account.Sessions.
func (s *Store) Open(ctx context.Context, session account.Session) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var closed int64
		err := tx.QueryRowContext(ctx, `SELECT closed FROM users WHERE id = $1`, string(session.User)).Scan(&closed)
		if errors.Is(err, sql.ErrNoRows) || err == nil && closed != 0 {
			return account.ErrUnknown, nil
		}
		if err != nil {
			return nil, err
		}
		return nil, insertSession(ctx, tx, session)
	})
}

// sessionColumns are those that scanSession reads.
const sessionColumns = `s.hash, s.user_id, s.created_ms, s.device, s.browser, s.addr, s.seen_ms`

// sessionRow is where a session is read to.
type sessionRow struct {
	session       account.Session
	hash          []byte
	created, seen int64
	addr          string
}

func (r *sessionRow) fields() []any {
	c := &r.session.Client
	return []any{&r.hash, &r.session.User, &r.created, &c.Device, &c.Browser, &r.addr, &r.seen}
}

func (r *sessionRow) done() account.Session {
	copy(r.session.Hash[:], r.hash)
	r.session.Created, r.session.Seen = fromMillis(r.created), fromMillis(r.seen)
	if a, err := netip.ParseAddr(r.addr); err == nil {
		r.session.Client.Addr = a
	}
	return r.session
}

// Login implements account.Sessions.
func (s *Store) Login(ctx context.Context, hash account.TokenHash) (account.Login, error) {
	var l account.Login
	var row sessionRow
	var created int64
	err := s.read.QueryRowContext(ctx,
		`SELECT u.id, u.name, u.guest, u.role, u.closed, u.created_ms, `+sessionColumns+`
		 FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = $1`, hash[:]).
		Scan(append([]any{&l.User.ID, &l.User.Name, &l.User.Guest, &l.User.Role, &l.User.Closed, &created}, row.fields()...)...)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Login{}, account.ErrNotSignedIn
	}
	if err != nil {
		return account.Login{}, fmt.Errorf("login: %w", err)
	}
	l.User.Created, l.Session = fromMillis(created), row.done()
	return l, nil
}

// End implements account.Sessions.
func (s *Store) End(ctx context.Context, hash account.TokenHash) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE hash = $1`, hash[:])
		return nil, err
	})
}

// SessionsOf implements account.Sessions.
func (s *Store) SessionsOf(ctx context.Context, user account.ID) ([]account.Session, error) {
	return sessionsOf(ctx, s.read, user)
}

func sessionsOf(ctx context.Context, q querier, user account.ID) (all []account.Session, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+sessionColumns+
		` FROM sessions s WHERE s.user_id = $1 ORDER BY s.seen_ms DESC, s.created_ms DESC, s.hash LIMIT $2`, string(user), account.MaxSessions)
	if err != nil {
		return nil, fmt.Errorf("sessions of %s: %w", user, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var row sessionRow
		if err := rows.Scan(row.fields()...); err != nil {
			return nil, fmt.Errorf("sessions of %s: %w", user, err)
		}
		all = append(all, row.done())
	}
	return all, rows.Err()
}

// EndOthers implements account.Sessions.
func (s *Store) EndOthers(ctx context.Context, user account.ID, keep account.TokenHash) (ended []account.TokenHash, err error) {
	err = s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if err := mark(ctx, tx, user); err != nil {
			return nil, err
		}
		ended, err = endOthers(ctx, tx, user, keep)
		return nil, err
	})
	return ended, err
}

func endOthers(ctx context.Context, tx *sql.Tx, user account.ID, keep account.TokenHash) (ended []account.TokenHash, err error) {
	rows, err := tx.QueryContext(ctx, `DELETE FROM sessions WHERE user_id = $1 AND hash <> $2 RETURNING hash`, string(user), keep[:])
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var hash []byte
		if err := rows.Scan(&hash); err != nil {
			return nil, err
		}
		ended = append(ended, account.TokenHash(hash))
	}
	return ended, rows.Err()
}

// Saw implements account.Sightings.
func (s *Store) Saw(ctx context.Context, all []account.Sighting) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		for _, x := range all {
			if _, err := tx.ExecContext(ctx, `UPDATE sessions SET seen_ms = $1, addr = $2 WHERE hash = $3 AND seen_ms < $1`,
				millis(x.At), addrText(x.Client.Addr), x.Hash[:]); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

// Prune implements account.Sightings.
func (s *Store) Prune(ctx context.Context, now time.Time) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		for _, p := range []struct {
			query  string
			before time.Time
		}{
			{`DELETE FROM sessions WHERE created_ms < $1`, now.Add(-account.SessionLife)},
			{`DELETE FROM sessions WHERE seen_ms < $1 AND created_ms < $1`, now.Add(-account.SessionIdle)},
			{`DELETE FROM access_tokens WHERE expires_ms < $1`, now},
			{`DELETE FROM links WHERE expires_ms < $1`, now},
		} {
			if _, err := tx.ExecContext(ctx, p.query, p.before.UnixMilli()); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}
