package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"kibitz/internal/account"
)

// postRecoveryCode sets a new password by a recovery code.
func (s *Server) postRecoveryCode(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Name     string `json:"name"`
		Code     string `json:"code"`
		Password string `json:"password"`
	}
	_, err := s.atTheDoor(w, r, &body)
	if err == nil {
		err = s.limits.names.take(account.NameKey(body.Name), s.cfg.Now())
	}
	var e account.Entry
	var need account.ID
	if err == nil {
		e, need, err = s.people.Recover(r.Context(), account.Recovery{
			Name: body.Name, Code: body.Code, Password: body.Password, From: s.client(r),
		})
	}
	if err != nil {
		s.refused(r, "recovery", err)
		s.fail(w, r, err)
		return
	}
	s.restarted(w, r, e, need)
}

// restarted answers that there is a new password, which ended all sessions.
func (s *Server) restarted(w http.ResponseWriter, r *http.Request, e account.Entry, need account.ID) {
	if need != "" {
		s.hub.signOutUser(need)
		s.askFactor(w, r, need)
		return
	}
	s.hub.signOutUser(e.Login.User.ID)
	s.enter(w, r, e, nil)
}

// postRecoveryMail sends a link for a new password, if there is somebody to
// send it to. The answer is the same at once, whoever is asked for: the work is
// done later.
func (s *Server) postRecoveryMail(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Name string `json:"name"`
	}
	_, err := s.atTheDoor(w, r, &body)
	if err == nil {
		err = s.limits.names.take("mail "+account.NameKey(body.Name), s.cfg.Now())
	}
	if err == nil && s.cfg.Mail == nil {
		err = fmt.Errorf("%w: this server sends no mail; use a recovery code, or ask who runs it", account.ErrDenied)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	select {
	case s.letters <- body.Name:
	default:
		s.cfg.Log.Warn("account", "event", "too many letters wait; one was dropped")
	}
	answer(w, http.StatusAccepted, struct{}{})
}

// post sends the link that somebody asked for, unless there is nobody.
func (s *Server) post(ctx context.Context, name string) error {
	a, err := s.cfg.Accounts.Named(ctx, name)
	if errors.Is(err, account.ErrUnknown) || err == nil && (a.Closed || a.Guest || a.Email == "") {
		return nil
	}
	if err != nil {
		return err
	}
	token, err := s.people.NewLink(ctx, a.ID)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("Hello %s,\n\nsomebody, probably you, asked for a new password at %s.\n"+
		"With this link you can set one, once and within %d minutes:\n\n%s/recover#%s\n\n"+
		"If it was not you, there is nothing to do: nobody else has this link.\n",
		a.Name, s.cfg.PublicURL, int(account.LinkLife.Minutes()), s.cfg.PublicURL, token)
	return s.cfg.Mail(ctx, a.Email, "A new password for "+a.Name, text)
}

// postRecoveryLink sets a new password by the token of such a link.
func (s *Server) postRecoveryLink(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Token    string `json:"token"`
		Password string `json:"password"`
	}
	_, err := s.atTheDoor(w, r, &body)
	var e account.Entry
	var need account.ID
	if err == nil {
		e, need, err = s.people.FollowLink(r.Context(), body.Token, body.Password, s.client(r))
	}
	if err != nil {
		s.refused(r, "recovery link", err)
		s.fail(w, r, err)
		return
	}
	s.restarted(w, r, e, need)
}
