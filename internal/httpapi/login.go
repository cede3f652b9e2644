package httpapi

import (
	"fmt"
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
	var e account.Entry
	var need account.ID
	if err == nil {
		e, need, err = s.people.LogIn(r.Context(), account.Attempt{
			Name: body.Name, Password: body.Password, From: s.client(r), Old: sessionOf(old),
		})
	}
	switch {
	case err != nil:
		s.refused(r, "login", err)
		s.fail(w, r, err)
	case need != "":
		s.askFactor(w, r, need)
	default:
		s.enter(w, r, e, old)
	}
}

// enter answers a successful sign-in.
func (s *Server) enter(w http.ResponseWriter, r *http.Request, e account.Entry, old *account.Login) {
	s.signIn(w, r, e, old)
	answer(w, http.StatusOK, userAnswer{wire.UserOf(&e.Login.User)})
}

// askFactor answers that a second factor is needed.
func (s *Server) askFactor(w http.ResponseWriter, r *http.Request, user account.ID) {
	ticket, err := s.tickets.Issue(account.Ticket{Kind: account.TicketTOTP, User: user}, s.cfg.Random, s.cfg.Now())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusOK, map[string]string{"need": "totp", "ticket": ticket})
}

// postLoginTOTP is the second half of a sign-in with a second factor.
func (s *Server) postLoginTOTP(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Ticket string `json:"ticket"`
		Code   string `json:"code"`
	}
	old, err := s.atTheDoor(w, r, &body)
	var ticket account.Ticket
	if err == nil {
		ticket, err = s.tickets.Try(body.Ticket, account.TicketTOTP, s.cfg.Now())
	}
	if err == nil {
		err = s.limits.names.take("totp "+string(ticket.User), s.cfg.Now())
	}
	var e account.Entry
	if err == nil {
		e, err = s.people.LogInTOTP(r.Context(), ticket.User, body.Code, account.Attempt{From: s.client(r), Old: sessionOf(old)})
	}
	if err != nil {
		s.refused(r, "second factor", err)
		s.fail(w, r, err)
		return
	}
	s.tickets.Void(body.Ticket)
	s.enter(w, r, e, old)
}

// ceremony is what a browser needs for the second half of WebAuthn.
type ceremony struct {
	Ticket  string `json:"ticket"`
	Options raw    `json:"options"`
}

// begin keeps the first half of a ceremony.
func (s *Server) begin(k account.Ticket, options []byte) (any, error) {
	ticket, err := s.tickets.Issue(k, s.cfg.Random, s.cfg.Now())
	return ceremony{ticket, options}, err
}

// postPasskeyOptions asks for any passkey of this site.
func (s *Server) postPasskeyOptions(w http.ResponseWriter, r *http.Request) {
	_, err := s.atTheDoor(w, r, &struct{}{})
	var at account.Party
	if err == nil {
		at, err = s.party(r)
	}
	var options, state []byte
	if err == nil {
		options, state, err = s.cfg.Authenticator.BeginLogin(at)
	}
	var body any
	if err == nil {
		body, err = s.begin(account.Ticket{Kind: account.TicketPasskey, State: state}, options)
	}
	s.finish(w, r, body, err)
}

// passkeyAnswer is the second half of WebAuthn.
type passkeyAnswer struct {
	Ticket     string `json:"ticket"`
	Name       string `json:"name"`
	Credential raw    `json:"credential"`
}

// postLoginPasskey signs in with a passkey.
func (s *Server) postLoginPasskey(w http.ResponseWriter, r *http.Request) {
	var body passkeyAnswer
	old, err := s.atTheDoor(w, r, &body)
	var at account.Party
	if err == nil {
		at, err = s.party(r)
	}
	var ticket account.Ticket
	if err == nil {
		ticket, err = s.tickets.Take(body.Ticket, account.TicketPasskey, s.cfg.Now())
	}
	var e account.Entry
	if err == nil {
		e, err = s.people.LogInPasskey(r.Context(), at, account.Answer{State: ticket.State, Response: body.Credential},
			account.Attempt{From: s.client(r), Old: sessionOf(old)})
	}
	if err != nil {
		s.refused(r, "passkey", err)
		s.fail(w, r, hidden(err))
		return
	}
	s.enter(w, r, e, old)
}

// hidden keeps from a client why a passkey proves nothing.
func hidden(err error) error {
	if wire.Explain(err).Code == wire.Wrong {
		return account.ErrWrong
	}
	return err
}

// party is the site as the browser sees it. Browsers allow passkeys over
// HTTPS, and on the machine itself.
func (s *Server) party(r *http.Request) (account.Party, error) {
	host := hostOnly(r.Host)
	scheme := "http"
	switch {
	case s.secure(r):
		scheme = "https"
	case host != "localhost":
		return account.Party{}, fmt.Errorf("%w: passkeys need HTTPS, or the address localhost", account.ErrDenied)
	}
	return account.Party{Host: host, Origin: scheme + "://" + r.Host}, nil
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
