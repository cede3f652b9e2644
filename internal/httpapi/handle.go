package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"

	"kibitz/internal/account"
)

// created is an answer with the status 201.
type created struct{ body any }

// handled is a handler that leaves the answer to its caller: nil is nothing to
// say.
type handled func(w http.ResponseWriter, r *http.Request, me account.Login) (any, error)

// mine returns a handler for who is signed in.
func (s *Server) mine(do handled) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		login, err := s.login(r)
		var body any
		if err == nil {
			body, err = do(w, r, login)
		}
		s.finish(w, r, body, err)
	}
}

// members returns a handler for who is signed in and no guest.
func (s *Server) members(do handled) http.HandlerFunc {
	return s.mine(func(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
		if me.User.Guest {
			return nil, fmt.Errorf("%w: guests have no account; sign up first", account.ErrDenied)
		}
		return do(w, r, me)
	})
}

// finish answers with what a handler returned.
func (s *Server) finish(w http.ResponseWriter, r *http.Request, body any, err error) {
	switch b := body.(type) {
	case nil:
		if err == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
	case created:
		if err == nil {
			answer(w, http.StatusCreated, b.body)
			return
		}
	default:
		if err == nil {
			answer(w, http.StatusOK, b)
			return
		}
	}
	s.fail(w, r, err)
}

// confirmation is the body of what only has to be confirmed.
type confirmation struct {
	Password string `json:"password"`
}

// confirm reads a body that may be left out, counts the attempt, and checks
// the password that was in it.
func (s *Server) confirm(w http.ResponseWriter, r *http.Request, me account.Login, body any, password *string) error {
	if r.ContentLength != 0 {
		if err := read(w, r, body); err != nil {
			return err
		}
	}
	return s.confirmed(r, me, *password)
}

// confirmed checks a password, and counts it as an attempt at the name if there
// is one.
func (s *Server) confirmed(r *http.Request, me account.Login, password string) error {
	if password != "" {
		if err := s.limits.names.take("confirm "+string(me.User.ID), s.cfg.Now()); err != nil {
			return err
		}
	}
	err := s.people.Confirm(r.Context(), me, password)
	if err != nil {
		s.refused(r, "confirm", err)
	}
	return err
}

// note logs what somebody did to their account.
func (s *Server) note(r *http.Request, me account.Login, what string) {
	s.cfg.Log.Info("account", "event", what, "user", me.User.ID, "addr", s.cfg.ClientAddr(r))
}

// raw is JSON that somebody else wrote.
type raw = json.RawMessage
