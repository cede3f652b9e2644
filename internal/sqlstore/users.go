package sqlstore

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"kibitz/internal/account"
)

// millis is how a time is stored: 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// querier is a pool or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// accountColumns are those that scanAccount reads, of users u and credentials c.
const accountColumns = `u.id, u.name, u.guest, u.role, u.closed, u.created_ms,
	COALESCE(c.password, ''), COALESCE(c.email, ''), COALESCE(c.renamed_ms, 0),
	COALESCE(c.totp_secret, ''), COALESCE(c.totp_on, 0), COALESCE(c.totp_step, 0), COALESCE(c.recovery, ''),
	COALESCE(c.challenge, ''), COALESCE(c.chat, ''), COALESCE(c.hidden, 0)`

const accountTables = ` FROM users u LEFT JOIN credentials c ON c.user_id = u.id `

// oneAccount reads the account that a condition on $1 finds, or
// account.ErrUnknown.
func oneAccount(ctx context.Context, q querier, where string, arg string) (account.Account, error) {
	var a account.Account
	var created, renamed int64
	var recovery string
	err := q.QueryRowContext(ctx, `SELECT `+accountColumns+accountTables+where, arg).Scan(
		&a.ID, &a.Name, &a.Guest, &a.Role, &a.Closed, &created, &a.Password, &a.Email, &renamed,
		&a.TOTP.Secret, &a.TOTP.On, &a.TOTP.Step, &recovery, &a.Privacy.Challenge, &a.Privacy.Chat, &a.Privacy.Hidden)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Account{}, account.ErrUnknown
	}
	if err != nil {
		return account.Account{}, fmt.Errorf("account %s: %w", arg, err)
	}
	a.Created, a.Renamed = fromMillis(created), fromMillis(renamed)
	a.Recovery, err = parseHashes(recovery)
	return a, err
}

// Account implements account.Accounts.
func (s *Store) Account(ctx context.Context, id account.ID) (account.Account, error) {
	return oneAccount(ctx, s.read, `WHERE u.id = $1`, string(id))
}

// Named implements account.Accounts.
func (s *Store) Named(ctx context.Context, name string) (account.Account, error) {
	return oneAccount(ctx, s.read, `WHERE u.name_key = $1`, account.NameKey(name))
}

// Members implements account.Accounts.
func (s *Store) Members(ctx context.Context, after string, n int) (all []account.User, err error) {
	rows, err := s.read.QueryContext(ctx, `SELECT id, name, role, created_ms FROM users
		WHERE name_key > $1 AND guest = 0 AND closed = 0 ORDER BY name_key LIMIT $2`, account.NameKey(after), n)
	if err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var u account.User
		var created int64
		if err := rows.Scan(&u.ID, &u.Name, &u.Role, &created); err != nil {
			return nil, fmt.Errorf("members: %w", err)
		}
		u.Created = fromMillis(created)
		all = append(all, u)
	}
	return all, rows.Err()
}

// Admins implements account.Accounts.
func (s *Store) Admins(ctx context.Context) (n int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM users WHERE role = 'admin' AND closed = 0`).Scan(&n)
	return n, err
}

// Change implements account.Accounts.
func (s *Store) Change(ctx context.Context, id account.ID, change func(*account.Account) error) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		return changeAccount(ctx, tx, id, change)
	})
}

// changeAccount takes the row of all changes, so that they come one after the
// other, and none sees half of another.
func changeAccount(ctx context.Context, tx *sql.Tx, id account.ID, change func(*account.Account) error) (refusal, err error) {
	if err := mark(ctx, tx, id); err != nil {
		return nil, err
	}
	a, err := oneAccount(ctx, tx, `WHERE u.id = $1`, string(id))
	if errors.Is(err, account.ErrUnknown) {
		return err, nil
	}
	if err != nil {
		return nil, err
	}
	was := account.NameKey(a.Name)
	if err := change(&a); err != nil {
		return err, nil
	}
	if account.NameKey(a.Name) != was {
		switch _, err := oneAccount(ctx, tx, `WHERE u.name_key = $1`, account.NameKey(a.Name)); {
		case err == nil:
			return account.ErrNameTaken, nil
		case !errors.Is(err, account.ErrUnknown):
			return nil, err
		}
	}
	return nil, storeAccount(ctx, tx, a)
}

func storeAccount(ctx context.Context, tx *sql.Tx, a account.Account) error {
	_, err := tx.ExecContext(ctx, `UPDATE users SET name = $1, name_key = $2, guest = $3, role = $4, closed = $5 WHERE id = $6`,
		a.Name, account.NameKey(a.Name), bit(a.Guest), a.Role.String(), bit(a.Closed), string(a.ID))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO credentials (user_id, password, email, renamed_ms, totp_secret, totp_on, totp_step, recovery, challenge, chat, hidden)
		 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		 ON CONFLICT (user_id) DO UPDATE SET password = excluded.password, email = excluded.email,
		 renamed_ms = excluded.renamed_ms, totp_secret = excluded.totp_secret, totp_on = excluded.totp_on,
		 totp_step = excluded.totp_step, recovery = excluded.recovery, challenge = excluded.challenge,
		 chat = excluded.chat, hidden = excluded.hidden`,
		string(a.ID), a.Password, a.Email, millis(a.Renamed), a.TOTP.Secret, bit(a.TOTP.On), a.TOTP.Step,
		formatHashes(a.Recovery), string(a.Privacy.Challenge), string(a.Privacy.Chat), bit(a.Privacy.Hidden))
	return err
}

func formatHashes(all []account.TokenHash) string {
	words := make([]string, len(all))
	for i, h := range all {
		words[i] = hex.EncodeToString(h[:])
	}
	return strings.Join(words, " ")
}

func parseHashes(s string) ([]account.TokenHash, error) {
	var all []account.TokenHash
	for word := range strings.FieldsSeq(s) {
		h, err := parseHash(word)
		if err != nil {
			return nil, err
		}
		all = append(all, h)
	}
	return all, nil
}

func parseHash(word string) (h account.TokenHash, err error) {
	b, err := hex.DecodeString(word)
	if err != nil || len(b) != len(h) {
		return h, fmt.Errorf("a stored hash cannot be read: %.8q", word)
	}
	return account.TokenHash(b), nil
}

// Erase implements account.Accounts.
func (s *Store) Erase(ctx context.Context, id account.ID, change func(*account.Account) error) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if refusal, err := changeAccount(ctx, tx, id, change); refusal != nil || err != nil {
			return refusal, err
		}
		for _, query := range forget {
			if _, err := tx.ExecContext(ctx, query, string(id)); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

// forget is all that is kept of a user beside the account.
var forget = []string{
	`DELETE FROM sessions WHERE user_id = $1`,
	`DELETE FROM passkeys WHERE user_id = $1`,
	`DELETE FROM access_tokens WHERE user_id = $1`,
	`DELETE FROM links WHERE user_id = $1`,
	`DELETE FROM settings WHERE user_id = $1`,
	`DELETE FROM blocks WHERE user_id = $1 OR other_id = $1`,
	`DELETE FROM reminders WHERE user_id = $1`,
	`UPDATE deeds SET detail = '' WHERE subject = $1 AND what = 'rename'`,
	`DELETE FROM grants WHERE user_id = $1`,
	queueErasure,
}
