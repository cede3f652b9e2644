package account

import (
	"context"
	"errors"
)

// Attempt is what somebody says who wants to sign in.
type Attempt struct {
	Name, Password string
	From           Client
	// Old is the session that the browser has now; nil for none. It ends.
	Old *Session
}

// Verify returns the account of a name and password, or ErrWrong. It does the
// same work whether or not there is such an account, so that neither the
// answer nor its time tells.
func (p People) Verify(ctx context.Context, name, password string) (Account, error) {
	a, err := p.Store.Named(ctx, name)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return Account{}, err
	}
	if a.Guest || a.Closed {
		a = Account{}
	}
	ok, stale, err := p.Hasher.Verify(ctx, a.Password, password)
	if err != nil {
		return Account{}, err
	}
	if !ok || a.ID == "" || a.Password == "" {
		return Account{}, ErrWrong
	}
	if stale {
		return a, p.rehash(ctx, a, password)
	}
	return a, nil
}

// rehash stores a password under the parameters of today.
func (p People) rehash(ctx context.Context, a Account, password string) error {
	hash, err := p.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return p.Store.Change(ctx, a.ID, func(now *Account) error {
		if now.Password == a.Password {
			now.Password = hash
		}
		return nil
	})
}

// LogIn signs in with a name and a password. When the account has a second
// factor, the entry is empty and need is the user who has to give it.
func (p People) LogIn(ctx context.Context, t Attempt) (e Entry, need ID, err error) {
	a, err := p.Verify(ctx, t.Name, t.Password)
	if err != nil {
		return Entry{}, "", err
	}
	if a.TOTP.On {
		return Entry{}, a.ID, nil
	}
	e, err = p.enter(ctx, a.User, t.From, t.Old)
	return e, "", err
}
