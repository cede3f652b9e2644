package httpapi

import (
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/wire"
)

// getSite tells what a visitor can do here.
func (s *Server) getSite(w http.ResponseWriter, r *http.Request) {
	admins, err := s.cfg.Accounts.Admins(r.Context())
	signUp := "open"
	if s.cfg.SignUpClosed {
		signUp = "closed"
	}
	s.finish(w, r, struct {
		SignUp string `json:"sign_up"`
		Mail   bool   `json:"mail"`
		Admin  bool   `json:"admin"`
	}{signUp, s.cfg.Mail != nil, admins > 0}, err)
}

// postFirstAdmin makes the first admin, by a code that only who runs the
// server has seen. Without one there is nothing at this address.
func (s *Server) postFirstAdmin(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Code     string `json:"code"`
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	old, err := s.atTheDoor(w, r, &body)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.first.Lock()
	defer s.first.Unlock()
	if err := s.mayBeFirst(r, body.Code); err != nil {
		s.refused(r, "first admin", err)
		s.fail(w, r, err)
		return
	}
	e, err := s.people.SignUp(r.Context(), account.SignUp{Name: body.Name, Password: body.Password, From: s.client(r), Guest: old})
	if err == nil {
		err = s.people.SetRole(r.Context(), e.Login.User.ID, account.RoleAdmin)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	e.Login.User.Role = account.RoleAdmin
	s.signIn(w, r, e, old)
	s.note(r, e.Login, "first admin")
	answer(w, http.StatusCreated, userAnswer{wire.UserOf(&e.Login.User)})
}

func (s *Server) mayBeFirst(r *http.Request, code string) error {
	admins, err := s.cfg.Accounts.Admins(r.Context())
	if err != nil {
		return err
	}
	if s.cfg.FirstCode == "" || admins > 0 {
		return account.ErrNotFound
	}
	code = strings.ToUpper(strings.TrimSpace(code))
	if subtle.ConstantTimeCompare([]byte(code), []byte(s.cfg.FirstCode)) != 1 && !s.cfg.FirstElsewhere(r.Context(), code) {
		return fmt.Errorf("first admin: %w", account.ErrWrong)
	}
	return nil
}
