package httpapi

import (
	"errors"
	"net/http"
	"time"

	"kibitz/internal/account"
)

// The names of the session cookie. A browser takes one with the prefix only
// over TLS and only for this very host (RFC 6265bis 4.1.3.2).
const (
	cookieSecure = "__Host-kibitz"
	cookiePlain  = "kibitz"
)

func (s *Server) cookieName(r *http.Request) string {
	if s.secure(r) {
		return cookieSecure
	}
	return cookiePlain
}

// login returns who sends a request, or account.ErrNotSignedIn.
func (s *Server) login(r *http.Request) (account.Login, error) {
	if token, ok := bearer(r); ok {
		return s.tokenLogin(r, token)
	}
	cookie, err := r.Cookie(s.cookieName(r))
	if err != nil {
		return account.Login{}, account.ErrNotSignedIn
	}
	hash, err := account.HashToken(cookie.Value)
	if err != nil {
		return account.Login{}, err
	}
	login, err := s.cfg.Accounts.Login(r.Context(), hash)
	if err != nil {
		return account.Login{}, err
	}
	now := s.cfg.Now()
	if login.Session.Ended(now) || login.User.Closed {
		return account.Login{}, account.ErrNotSignedIn
	}
	s.cfg.Accounts.See(account.Sighting{Hash: hash, At: now.Truncate(time.Millisecond).UTC(), Client: s.client(r)})
	return login, nil
}

// old returns the session that a request comes with; nil for none.
func (s *Server) old(r *http.Request) (*account.Login, error) {
	switch login, err := s.login(r); {
	case err == nil:
		return &login, nil
	case errors.Is(err, account.ErrNotSignedIn):
		return nil, nil
	default:
		return nil, err
	}
}

// client says who sends a request, as far as can be seen.
func (s *Server) client(r *http.Request) account.Client {
	return account.ParseClient(r.UserAgent(), s.cfg.ClientAddr(r))
}

// signIn gives a browser its new session. The sockets of the one before are
// closed, and come back with the new one.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request, e account.Entry, old *account.Login) {
	if old != nil {
		s.hub.signOut(old.Session.Hash)
	}
	s.setCookie(w, r, e.Token)
	s.cfg.Log.Info("account", "event", "signed in", "user", e.Login.User.ID, "addr", s.cfg.ClientAddr(r))
}

// setCookie gives a browser its token.
func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, token string) {
	http.SetCookie(w, s.cookie(r, token, int(account.SessionLife.Seconds())))
}

// clearCookie takes it away.
func (s *Server) clearCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, s.cookie(r, "", -1))
}

func (s *Server) cookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: s.cookieName(r), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.secure(r), SameSite: http.SameSiteLaxMode,
	}
}
