package account

import (
	"context"
	"fmt"
)

func denied(why string) error { return fmt.Errorf("%w: %s", ErrDenied, why) }

// member lets change alter an account that is no guest's, and not closed.
func (p People) member(ctx context.Context, id ID, change func(*Account) error) error {
	return p.Store.Change(ctx, id, func(a *Account) error {
		switch {
		case a.Closed:
			return ErrUnknown
		case a.Guest:
			return denied("guests have no account; sign up first")
		}
		return change(a)
	})
}

// NewPassword is what somebody says who wants another password.
type NewPassword struct {
	// Login is who asks. Old is empty when there is no password yet.
	Login    Login
	Old, New string
	From     Client
}

// ChangePassword sets a password, ends all sessions, and opens a new one. It
// returns which were ended.
func (p People) ChangePassword(ctx context.Context, n NewPassword) (Entry, []TokenHash, error) {
	if err := p.Confirm(ctx, n.Login, n.Old); err != nil {
		return Entry{}, nil, err
	}
	return p.setPassword(ctx, n.Login.User, n.New, n.From)
}

// setPassword sets a password of somebody who may.
func (p People) setPassword(ctx context.Context, u User, password string, from Client) (Entry, []TokenHash, error) {
	if err := p.ResetPassword(ctx, u, password); err != nil {
		return Entry{}, nil, err
	}
	ended, err := p.Store.EndOthers(ctx, u.ID, TokenHash{})
	if err != nil {
		return Entry{}, nil, err
	}
	e, err := p.enter(ctx, u, from, nil)
	return e, ended, err
}

// ResetPassword sets the password of somebody, for who runs the server. It
// ends no session.
func (p People) ResetPassword(ctx context.Context, u User, password string) error {
	if err := CheckPassword(password, u.Name); err != nil {
		return err
	}
	hash, err := p.Hasher.Hash(ctx, password)
	if err != nil {
		return err
	}
	return p.member(ctx, u.ID, func(a *Account) error {
		a.Password = hash
		return nil
	})
}

// Rename gives an account another name, once; the case of its letters may
// change at any time. The login must have been confirmed.
func (p People) Rename(ctx context.Context, id ID, name string) (User, error) {
	if err := CheckName(name); err != nil {
		return User{}, err
	}
	var u User
	err := p.member(ctx, id, func(a *Account) error {
		if NameKey(name) != NameKey(a.Name) {
			if !a.Renamed.IsZero() {
				return denied("a name can be changed once, and it was")
			}
			a.Renamed = p.now()
		}
		a.Name = name
		u = a.User
		return nil
	})
	return u, err
}

// SetEmail changes the address; empty is none. The login must have been
// confirmed.
func (p People) SetEmail(ctx context.Context, id ID, email string) error {
	if err := CheckEmail(email); err != nil {
		return err
	}
	return p.member(ctx, id, func(a *Account) error { a.Email = email; return nil })
}

// SetPrivacy changes who may do what to a user.
func (p People) SetPrivacy(ctx context.Context, id ID, to Privacy) error {
	if err := to.Check(); err != nil {
		return err
	}
	return p.member(ctx, id, func(a *Account) error { a.Privacy = to; return nil })
}

// SetRole changes what a user may do, for who runs the server.
func (p People) SetRole(ctx context.Context, id ID, role Role) error {
	return p.member(ctx, id, func(a *Account) error { a.Role = role; return nil })
}

// closedLetters make up the names of closed accounts.
const closedLetters = "0123456789abcdefghijklmnopqrstuvwxyz"

// Close ends an account for ever, and forgets everything of it but the id that
// stands in the games of others. The last admin cannot go.
func (p People) Close(ctx context.Context, id ID) error {
	a, err := p.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	if n, err := p.Store.Admins(ctx); err != nil || a.Role == RoleAdmin && n <= 1 {
		if err == nil {
			err = denied("you are the only admin; make somebody else one first")
		}
		return err
	}
	word, err := draw(p.Random, idLen, closedLetters)
	if err != nil {
		return err
	}
	return p.Store.Erase(ctx, id, func(a *Account) error {
		if a.Closed {
			return ErrUnknown
		}
		*a = Account{User: User{ID: a.ID, Name: "closed-" + word, Guest: a.Guest, Role: RoleUser, Closed: true, Created: a.Created}}
		return nil
	})
}
