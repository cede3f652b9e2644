package httpapi

import (
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// postLogin signs in with a name and a password.
func (s *Server) postLogin(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	old, err := s.atTheDoor(w, r, &body)
	if err == nil {
		err = s.limits.names.take(account.NameKey(body.Name), s.cfg.Now())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	e, need, err := s.people.LogIn(r.Context(), account.Attempt{
		Name: body.Name, Password: body.Password, From: s.client(r), Old: sessionOf(old),
	})
	if err != nil {
		s.refused(r, "login", err)
		s.fail(w, r, err)
		return
	}
	if need != "" {
		s.fail(w, r, account.ErrWrong)
		return
	}
	s.enter(w, r, e, old)
}

// enter answers a successful sign-in.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, e account.Entry, old *account.Login) {
	s.signIn(w, r, e, old)
	answer(w, http.StatusOK, userAnswer{wire.UserOf(&e.Login.User)})
}

func sessionOf(l *account.Login) *account.Session {
	if l == nil {
		return nil
	}
	return &l.Session
}

// refused logs an attempt that was refused: what was tried and from where, and
// no name, which may be a password typed into the wrong field.
func (s *Server) refused(r *http.Request, what string, err error) {
	s.cfg.Log.Warn("account", "event", "refused", "what", what, "addr", s.cfg.ClientAddr(r), "why", wire.Explain(known(err)).Code)
}
