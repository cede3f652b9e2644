package httpapi

import (
	"errors"
	"fmt"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// postSignUp makes an account, of the guest who is signed in or anew.
func (s *Server) postSignUp(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Name     string `json:"name"`
		Password string `json:"password"`
		Email    string `json:"email"`
	}
	old, err := s.atTheDoor(w, r, &body)
	if err == nil && s.cfg.SignUpClosed {
		err = fmt.Errorf("%w: this server takes no new accounts; ask who runs it", account.ErrDenied)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	e, err := s.people.SignUp(r.Context(), account.SignUp{
		Name: body.Name, Password: body.Password, Email: body.Email, From: s.client(r), Guest: old,
	})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.signIn(w, r, e, old)
	answer(w, http.StatusCreated, userAnswer{wire.UserOf(&e.Login.User)})
}

// atTheDoor reads the body of somebody who wants to get into an account, and
// counts the attempt. The login is the one before, nil for none.
func (s *Server) atTheDoor(w http.ResponseWriter, r *http.Request, body any) (*account.Login, error) {
	if err := s.limits.doors.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now()); err != nil {
		return nil, err
	}
	if err := read(w, r, body); err != nil {
		return nil, err
	}
	return s.old(r)
}

// getName tells whether somebody could take a name.
func (s *Server) getName(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	err := s.people.NameFree(r.Context(), name)
	var why string
	switch {
	case errors.Is(err, account.ErrInvalid), errors.Is(err, account.ErrNameTaken):
		why = wire.Explain(err).Message
	case err != nil:
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, struct {
		Name string `json:"name"`
		Free bool   `json:"free"`
		Why  string `json:"why,omitempty"`
	}{name, err == nil, why})
}
