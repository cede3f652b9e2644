package httpapi

import (
	"errors"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// userAnswer is a user in an answer.
type userAnswer struct {
	User *wire.User `json:"user"`
}

// postGuest makes a guest, or returns who is signed in already.
func (s *Server) postGuest(w http.ResponseWriter, r *http.Request) {
	login, err := s.login(r)
	if err == nil {
		answer(w, http.StatusOK, userAnswer{wire.UserOf(&login.User)})
		return
	}
	if errors.Is(err, account.ErrNotSignedIn) {
		err = s.limits.guests.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	login, token, err := s.people.Guest(r.Context(), s.client(r))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.setCookie(w, r, token)
	answer(w, http.StatusCreated, userAnswer{wire.UserOf(&login.User)})
}

// deleteSession signs out: the session ends, and its sockets are closed.
func (s *Server) deleteSession(w http.ResponseWriter, r *http.Request) {
	login, err := s.login(r)
	if err == nil {
		err = s.cfg.Accounts.End(r.Context(), login.Session.Hash)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.hub.signOut(login.Session.Hash)
	s.clearCookie(w, r)
	w.WriteHeader(http.StatusNoContent)
}
