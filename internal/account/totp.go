package account

import (
	"context"
	"errors"
	"time"
)

// OneTime makes and checks one-time codes. It is safe for concurrent use.
type OneTime interface {
	// Secret draws a secret in base 32.
	Secret() (string, error)
	// URI is what an authenticator app reads from a picture.
	URI(secret, name string) string
	// Step returns the time step of a code, if it belongs to one near a time.
	Step(secret, code string, at time.Time) (step int64, ok bool)
}

// BeginTOTP draws the secret of a second factor, which is not on yet. The login
// must have been confirmed.
func (p People) BeginTOTP(ctx context.Context, id ID) (secret, uri string, err error) {
	if secret, err = p.OneTime.Secret(); err != nil {
		return "", "", err
	}
	err = p.member(ctx, id, func(a *Account) error {
		if a.TOTP.On {
			return denied("there is a second factor; take it away first")
		}
		a.TOTP = TOTP{Secret: secret}
		uri = p.OneTime.URI(secret, a.Name)
		return nil
	})
	return secret, uri, err
}

// ConfirmTOTP turns the second factor on, with a first code, and returns new
// recovery codes, without which a lost phone would be a lost account.
func (p People) ConfirmTOTP(ctx context.Context, id ID, code string) ([]string, error) {
	codes, hashes, err := p.newCodes()
	if err != nil {
		return nil, err
	}
	return codes, p.member(ctx, id, func(a *Account) error {
		if a.TOTP.On || a.TOTP.Secret == "" {
			return denied("there is no second factor to confirm")
		}
		if !p.takeStep(a, code) {
			return ErrWrong
		}
		a.TOTP.On, a.Recovery = true, hashes
		return nil
	})
}

// takeStep takes a code that was not taken before.
func (p People) takeStep(a *Account, code string) bool {
	step, ok := p.OneTime.Step(a.TOTP.Secret, code, p.now())
	if !ok || step <= a.TOTP.Step {
		return false
	}
	a.TOTP.Step = step
	return true
}

// EndTOTP takes the second factor away. The login must have been confirmed.
func (p People) EndTOTP(ctx context.Context, id ID) error {
	return p.member(ctx, id, func(a *Account) error { a.TOTP = TOTP{}; return nil })
}

// LogInTOTP goes on where LogIn needed a second factor: a one-time code, or a
// recovery code. It fails with ErrWrong.
func (p People) LogInTOTP(ctx context.Context, id ID, code string, t Attempt) (Entry, error) {
	var u User
	err := p.Store.Change(ctx, id, func(a *Account) error {
		u = a.User
		if a.Closed || !a.TOTP.On || !p.takeStep(a, code) {
			return ErrWrong
		}
		return nil
	})
	if errors.Is(err, ErrWrong) && u.ID != "" && !u.Closed {
		err = p.useCode(ctx, id, code)
	}
	if err != nil {
		return Entry{}, err
	}
	return p.enter(ctx, u, t.From, t.Old)
}
