package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/account"
)

// Reminder implements account.Reminders.
func (s *Store) Reminder(ctx context.Context, user account.ID) (account.Reminder, error) {
	var r account.Reminder
	var sent int64
	err := s.read.QueryRowContext(ctx, `SELECT after_h, sent_ms FROM reminders WHERE user_id = $1`, string(user)).Scan(&r.AfterHours, &sent)
	if errors.Is(err, sql.ErrNoRows) {
		return account.Reminder{}, nil
	}
	if err != nil {
		return r, fmt.Errorf("reminder of %s: %w", user, err)
	}
	r.Sent = fromMillis(sent)
	return r, nil
}

// PutReminder implements account.Reminders.
func (s *Store) PutReminder(ctx context.Context, user account.ID, afterHours int) error {
	_, err := s.exec(ctx, `INSERT INTO reminders (user_id, after_h, sent_ms) SELECT id, $2, 0 FROM users WHERE id = $1 AND closed = 0
		ON CONFLICT (user_id) DO UPDATE SET after_h = excluded.after_h`, string(user), afterHours)
	return err
}

// hourMillis is an hour in the unit of stored times.
const hourMillis = int64(time.Hour / time.Millisecond)

// Absent implements account.Reminders.
func (s *Store) Absent(ctx context.Context, after account.ID, now time.Time, n int) ([]account.Absent, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT u.id, u.name, u.role, u.created_ms, c.email
		FROM reminders r JOIN users u ON u.id = r.user_id JOIN credentials c ON c.user_id = r.user_id
		WHERE r.user_id > $1 AND r.after_h > 0 AND r.sent_ms <= $2 AND u.closed = 0 AND c.email <> ''
		AND (SELECT COALESCE(MAX(s.seen_ms), 0) FROM sessions s WHERE s.user_id = r.user_id) <= $3 - r.after_h * $4
		ORDER BY r.user_id LIMIT $5`,
		string(after), millis(now.Add(-account.ReminderPause)), millis(now), hourMillis, n)
	all, err := scanAll(rows, err, func(r *sql.Rows) (a account.Absent, err error) {
		var created int64
		err = r.Scan(&a.ID, &a.Name, &a.Role, &created, &a.Email)
		a.Created = fromMillis(created)
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("who is away: %w", err)
	}
	return all, nil
}

// Reminding implements account.Reminders.
func (s *Store) Reminding(ctx context.Context, user account.ID, now time.Time) (bool, error) {
	n, err := s.exec(ctx, `UPDATE reminders SET sent_ms = $1 WHERE user_id = $2 AND after_h > 0 AND sent_ms <= $3`,
		millis(now), string(user), millis(now.Add(-account.ReminderPause)))
	return n > 0, err
}

// SigningKey implements account.Reminders.
func (s *Store) SigningKey(ctx context.Context, fresh []byte) ([]byte, error) {
	key, err := s.signingKey(ctx)
	if !errors.Is(err, sql.ErrNoRows) {
		return key, err
	}
	if _, err := s.exec(ctx, `INSERT INTO signing_keys (id, key) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`, fresh); err != nil {
		return nil, err
	}
	return s.signingKey(ctx)
}

func (s *Store) signingKey(ctx context.Context) (key []byte, err error) {
	if err = s.read.QueryRowContext(ctx, `SELECT key FROM signing_keys WHERE id = 1`).Scan(&key); err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}
