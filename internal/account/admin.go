package account

import (
	"context"
	"errors"
	"fmt"
)

// Admin is what somebody who runs the server does to the accounts of others.
// Everything is written down. It is safe for concurrent use if its fields are.
type Admin struct {
	People People
	// Actor is who does it: an admin, or empty for who can read the database.
	Actor ID
}

func (a Admin) deed(what What, subject ID, detail string) Deed {
	return Deed{Actor: a.Actor, What: what, Subject: subject, Detail: detail}
}

// SetRole changes what a user may do. The last admin stays one.
func (a Admin) SetRole(ctx context.Context, of ID, to Role) error {
	return a.People.audited(ctx, a.deed(DeedRole, of, to.String()), func() error {
		if to != RoleAdmin {
			if err := a.notLast(ctx, of); err != nil {
				return err
			}
		}
		return a.People.SetRole(ctx, of, to)
	})
}

// notLast refuses to go on with the last admin.
func (a Admin) notLast(ctx context.Context, id ID) error {
	one, err := a.People.Store.Account(ctx, id)
	if err != nil {
		return err
	}
	n, err := a.People.Store.Admins(ctx)
	if err == nil && one.Role == RoleAdmin && n <= 1 {
		err = denied("this is the only admin; make somebody else one first")
	}
	return err
}

// Rename gives an account another name, however often it had one. The user may
// still use their own change.
func (a Admin) Rename(ctx context.Context, of User, name string) (User, error) {
	if err := CheckName(name); err != nil {
		return User{}, err
	}
	var u User
	err := a.People.audited(ctx, a.deed(DeedRename, of.ID, of.Name), func() error {
		return a.People.member(ctx, of.ID, func(x *Account) error {
			x.Name = name
			u = x.User
			return nil
		})
	})
	return u, err
}

// Close ends an account for ever, as People.Close.
func (a Admin) Close(ctx context.Context, id ID) error {
	return a.People.audited(ctx, a.deed(DeedClose, id, ""), func() error { return a.People.Close(ctx, id) })
}

// Sessions returns where a user is signed in.
func (a Admin) Sessions(ctx context.Context, of ID) (all []Session, err error) {
	err = a.People.audited(ctx, a.deed(DeedSessions, of, ""), func() error {
		all, err = a.People.Store.SessionsOf(ctx, of)
		return err
	})
	return all, err
}

// SignOut ends all sessions of a user, and returns which.
func (a Admin) SignOut(ctx context.Context, id ID) (ended []TokenHash, err error) {
	err = a.People.audited(ctx, a.deed(DeedSignOut, id, ""), func() error {
		ended, err = a.People.Store.EndOthers(ctx, id, TokenHash{})
		return err
	})
	return ended, err
}

// ResetPassword sets a password, and ends all sessions.
func (a Admin) ResetPassword(ctx context.Context, of User, password string) error {
	return a.People.audited(ctx, a.deed(DeedPassword, of.ID, ""), func() error {
		if err := a.People.ResetPassword(ctx, of, password); err != nil {
			return err
		}
		_, err := a.People.Store.EndOthers(ctx, of.ID, TokenHash{})
		return err
	})
}

// NewLink makes a link with which a user sets a password, as People.NewLink.
func (a Admin) NewLink(ctx context.Context, of ID) (token string, err error) {
	err = a.People.audited(ctx, a.deed(DeedLink, of, ""), func() error {
		token, err = a.People.NewLink(ctx, of)
		return err
	})
	return token, err
}

// Add makes an account that nobody is signed in to.
func (a Admin) Add(ctx context.Context, name, password string, role Role) error {
	e, err := a.People.SignUp(ctx, SignUp{Name: name, Password: password})
	if err != nil {
		return err
	}
	return a.People.audited(ctx, a.deed(DeedAdd, e.Login.User.ID, role.String()), func() error {
		if err := a.People.Store.End(ctx, e.Login.Session.Hash); err != nil {
			return err // nobody has its token
		}
		return a.People.SetRole(ctx, e.Login.User.ID, role)
	})
}

// Named returns a registered user by name, also one whose account is closed.
func (a Admin) Named(ctx context.Context, name string) (Account, error) {
	one, err := a.People.Store.Named(ctx, name)
	if errors.Is(err, ErrUnknown) || err == nil && one.Guest {
		return Account{}, fmt.Errorf("%w: there is nobody called %.20q", ErrNotFound, name)
	}
	return one, err
}
