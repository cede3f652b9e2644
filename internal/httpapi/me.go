package httpapi

import (
	"context"
	"fmt"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// privacy is account.Privacy in a message.
type privacy struct {
	Challenge account.Audience `json:"challenge"`
	Chat      account.Audience `json:"chat"`
	Hidden    bool             `json:"hidden"`
}

// myAccount is what a user is told of their own account, and nobody else is.
type myAccount struct {
	Email         string  `json:"email"`
	CreatedMillis int64   `json:"created_at"`
	Password      bool    `json:"password"`
	TOTP          bool    `json:"totp"`
	CodesLeft     int     `json:"recovery_codes_left"`
	Renamed       bool    `json:"renamed"`
	Privacy       privacy `json:"privacy"`
}

// meAnswer is a user with their own account; nil for a guest.
type meAnswer struct {
	User    *wire.User `json:"user"`
	Account *myAccount `json:"account,omitempty"`
}

// getMe tells who is signed in; of a registered user also the account.
func (s *Server) getMe(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	return s.tellMe(r.Context(), me.User.ID)
}

// tellMe returns a user's own account.
func (s *Server) tellMe(ctx context.Context, id account.ID) (any, error) {
	a, err := s.cfg.Accounts.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	body := meAnswer{User: wire.UserOf(&a.User)}
	if !a.Guest {
		body.Account = &myAccount{
			Email: a.Email, CreatedMillis: a.Created.UnixMilli(), Password: a.Password != "", TOTP: a.TOTP.On,
			CodesLeft: len(a.Recovery), Renamed: !a.Renamed.IsZero(), Privacy: privacy(a.Privacy),
		}
	}
	return body, nil
}

// patchMe changes what may be changed of an account without more ado, and the
// address.
func (s *Server) patchMe(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Email    *string  `json:"email"`
		Privacy  *privacy `json:"privacy"`
		Password string   `json:"password"`
	}
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	if body.Privacy != nil {
		if err := s.people.SetPrivacy(r.Context(), me.User.ID, account.Privacy(*body.Privacy)); err != nil {
			return nil, err
		}
	}
	if body.Email != nil {
		if err := s.confirmed(r, me, body.Password); err != nil {
			return nil, err
		}
		if err := s.people.SetEmail(r.Context(), me.User.ID, *body.Email); err != nil {
			return nil, err
		}
		s.note(r, me, "address changed")
	}
	return s.tellMe(r.Context(), me.User.ID)
}

// postPassword changes the password. All sessions end, and this browser gets a
// new one.
func (s *Server) postPassword(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	if err := s.limits.names.take("confirm "+string(me.User.ID), s.cfg.Now()); err != nil {
		return nil, err
	}
	e, ended, err := s.people.ChangePassword(r.Context(), account.NewPassword{Login: me, Old: body.Old, New: body.New, From: s.client(r)})
	if err != nil {
		s.refused(r, "change of password", err)
		return nil, err
	}
	s.hub.signOut(ended...)
	s.setCookie(w, r, e.Token)
	s.note(r, me, "password changed")
	return userAnswer{wire.UserOf(&e.Login.User)}, nil
}

// postRename gives another name, once.
func (s *Server) postRename(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	u, err := s.people.Rename(r.Context(), me.User.ID, body.Name)
	if err != nil {
		return nil, err
	}
	s.hub.signOutUser(u.ID) // sockets know the old name; they come back
	s.note(r, me, "renamed")
	return userAnswer{wire.UserOf(&u)}, nil
}

// postClose closes the account for ever.
func (s *Server) postClose(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	if body.Name != me.User.Name {
		return nil, fmt.Errorf("%w: type your name as it is, to show that you mean it", account.ErrInvalid)
	}
	if err := s.people.Close(r.Context(), me.User.ID); err != nil {
		return nil, err
	}
	s.hub.signOutUser(me.User.ID)
	s.clearCookie(w, r)
	s.note(r, me, "closed")
	return nil, nil
}
