package httpapi

import (
	"net/http"

	"kibitz/internal/account"
)

// postTOTP draws the secret of a second factor.
func (s *Server) postTOTP(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body confirmation
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	secret, uri, err := s.people.BeginTOTP(r.Context(), me.User.ID)
	return map[string]string{"secret": secret, "uri": uri}, err
}

// postTOTPConfirm turns the second factor on.
func (s *Server) postTOTPConfirm(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Code string `json:"code"`
	}
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	if err := s.limits.names.take("totp "+string(me.User.ID), s.cfg.Now()); err != nil {
		return nil, err
	}
	codes, err := s.people.ConfirmTOTP(r.Context(), me.User.ID, body.Code)
	if err == nil {
		s.note(r, me, "second factor on")
	}
	return map[string][]string{"codes": codes}, err
}

// deleteTOTP takes the second factor away.
func (s *Server) deleteTOTP(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body confirmation
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	err := s.people.EndTOTP(r.Context(), me.User.ID)
	if err == nil {
		s.note(r, me, "second factor off")
	}
	return nil, err
}

// postRecoveryCodes makes new recovery codes.
func (s *Server) postRecoveryCodes(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body confirmation
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	codes, err := s.people.NewCodes(r.Context(), me.User.ID)
	if err == nil {
		s.note(r, me, "new recovery codes")
	}
	return map[string][]string{"codes": codes}, err
}
