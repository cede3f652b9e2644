package account

import (
	"context"
	"time"
)

// freshness is how long after a sign-in somebody without a password may do
// what needs to be confirmed.
const freshness = 10 * time.Minute

// Confirm refuses, with ErrConfirm or ErrWrong, a change by somebody who may
// have found an open browser, or stolen a cookie.
func (p People) Confirm(ctx context.Context, l Login, password string) error {
	a, err := p.Store.Account(ctx, l.User.ID)
	if err != nil {
		return err
	}
	switch {
	case a.Guest:
		return denied("guests have no account; sign up first")
	case a.Password == "" && p.now().Sub(l.Session.Created) <= freshness:
		return nil
	case a.Password == "":
		return ErrConfirm
	case password == "":
		return ErrConfirm
	}
	return p.checkPassword(ctx, a, password)
}

// checkPassword returns nil for the password of an account, and else ErrWrong.
func (p People) checkPassword(ctx context.Context, a Account, password string) error {
	ok, _, err := p.Hasher.Verify(ctx, a.Password, password)
	if err == nil && !ok {
		err = ErrWrong
	}
	return err
}
