package account

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
)

// SignUp is what somebody says who wants an account.
type SignUp struct {
	Name, Password string
	// Email may be empty.
	Email string
	From  Client
	// Guest is the guest that signs up; nil for somebody new. A guest keeps
	// the id, and with it every game and seat.
	Guest *Login
}

// Check refuses, with ErrInvalid, what cannot become an account.
func (s SignUp) Check() error {
	if err := CheckName(s.Name); err != nil {
		return err
	}
	if err := CheckEmail(s.Email); err != nil {
		return err
	}
	return CheckPassword(s.Password, s.Name, s.Email)
}

// CheckEmail refuses what is no bare address. None is fine.
func CheckEmail(email string) error {
	if email == "" {
		return nil
	}
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || len(email) > 254 {
		return fmt.Errorf("%w: that is not an e-mail address", ErrInvalid)
	}
	return nil
}

// SignUp makes an account, of a guest or anew, and signs it in. It fails with
// ErrInvalid, ErrNameTaken and, for somebody who has an account, ErrDenied.
func (p People) SignUp(ctx context.Context, s SignUp) (Entry, error) {
	if s.Guest != nil && !s.Guest.User.Guest {
		return Entry{}, fmt.Errorf("%w: you have an account; sign out first", ErrDenied)
	}
	if err := s.Check(); err != nil {
		return Entry{}, err
	}
	if err := p.NameFree(ctx, s.Name); err != nil {
		return Entry{}, err // before a hash is made in vain
	}
	hash, err := p.Hasher.Hash(ctx, s.Password)
	if err != nil {
		return Entry{}, err
	}
	guest := s.Guest
	if guest == nil {
		login, _, err := p.Guest(ctx, s.From)
		if err != nil {
			return Entry{}, err
		}
		guest = &login
	}
	return p.promote(ctx, *guest, s, hash)
}

// promote makes an account of a guest.
func (p People) promote(ctx context.Context, guest Login, s SignUp, hash string) (Entry, error) {
	var u User
	err := p.Store.Change(ctx, guest.User.ID, func(a *Account) error {
		if !a.Guest || a.Closed {
			return fmt.Errorf("%w: you have an account", ErrDenied)
		}
		a.Name, a.Guest, a.Password, a.Email, a.Privacy = s.Name, false, hash, s.Email, Open()
		u = a.User
		return nil
	})
	if err != nil {
		return Entry{}, err
	}
	return p.enter(ctx, u, s.From, &guest.Session)
}

// NameFree returns nil for a name that can be taken, and otherwise
// ErrNameTaken or ErrInvalid. Names are public: nothing is given away.
func (p People) NameFree(ctx context.Context, name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	switch _, err := p.Store.Named(ctx, name); {
	case err == nil:
		return ErrNameTaken
	case errors.Is(err, ErrUnknown):
		return nil
	default:
		return err
	}
}
