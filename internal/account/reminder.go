package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"time"
)

// ReminderPause is the least time between two letters to one user.
const ReminderPause = 24 * time.Hour

// mostAway is the longest time away after which a letter can be asked for, in
// hours.
const mostAway = 30 * 24

// Reminder is when a user wants a letter because a game waits.
type Reminder struct {
	// AfterHours is how long the user must have been away; 0 is never.
	AfterHours int
	// Sent is when the last letter was; zero for never.
	Sent time.Time
}

// Absent is a user who may get a letter.
type Absent struct {
	User
	Email string
}

// Reminders keeps who wants letters. It is safe for concurrent use.
type Reminders interface {
	// Reminder returns the wish of a user; the zero Reminder for none.
	Reminder(ctx context.Context, user ID) (Reminder, error)
	// PutReminder stores after how many hours a user wants a letter.
	PutReminder(ctx context.Context, user ID, afterHours int) error
	// Absent returns, by id, at most n users after one who have an open account
	// and an address, want letters, have used no session for as long as they
	// said, and got no letter within a ReminderPause.
	Absent(ctx context.Context, after ID, now time.Time, n int) ([]Absent, error)
	// Reminding notes that a letter is sent to a user now, and reports false
	// when one was sent within a ReminderPause.
	Reminding(ctx context.Context, user ID, now time.Time) (bool, error)
	// SigningKey returns the key of the server, which is fresh when there was
	// none.
	SigningKey(ctx context.Context, fresh []byte) ([]byte, error)
}

// Remind sets after how many hours away a user wants letters, 0 for none. It
// needs an address to write to.
func (p People) Remind(ctx context.Context, id ID, afterHours int) error {
	if afterHours < 0 || afterHours > mostAway {
		return fmt.Errorf("%w: from 1 to %d hours, or 0 for no letters", ErrInvalid, mostAway)
	}
	a, err := p.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	if afterHours > 0 && a.Email == "" {
		return fmt.Errorf("%w: first say at which address you can be reached", ErrInvalid)
	}
	return p.Store.PutReminder(ctx, id, afterHours)
}

// signatureLen is how much of a signature is in a link: 128 bits.
const signatureLen = 16

// sign signs that a user wants no more letters.
func (p People) sign(ctx context.Context, id ID) ([]byte, error) {
	fresh := make([]byte, sha256.Size)
	if _, err := io.ReadFull(p.Random, fresh); err != nil {
		return nil, fmt.Errorf("draw a key: %w", err)
	}
	key, err := p.Store.SigningKey(ctx, fresh)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte("no reminders\x00" + id)) // it never fails
	return mac.Sum(nil)[:signatureLen], nil
}

// StopToken returns what ends the letters to a user, without a sign-in and for
// ever. Whoever has it can do nothing else with it.
func (p People) StopToken(ctx context.Context, id ID) (string, error) {
	signature, err := p.sign(ctx, id)
	if err != nil {
		return "", err
	}
	return string(id) + base64.RawURLEncoding.EncodeToString(signature), nil
}

// StopReminders ends the letters to whom a StopToken is for. It fails with
// ErrNotFound for any other text. With look it changes nothing.
func (p People) StopReminders(ctx context.Context, token string, look Look) error {
	if len(token) <= idLen {
		return ErrNotFound
	}
	id := ID(token[:idLen])
	given, err := base64.RawURLEncoding.DecodeString(token[idLen:])
	if err != nil {
		return ErrNotFound
	}
	want, err := p.sign(ctx, id)
	if err != nil {
		return err
	}
	if !hmac.Equal(given, want) {
		return ErrNotFound
	}
	if look {
		return nil
	}
	return p.Store.PutReminder(ctx, id, 0)
}

// Look says whether something is only looked at.
type Look bool

// OnlyLook changes nothing.
const OnlyLook Look = true
