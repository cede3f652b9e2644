package httpapi

import (
	"net/http"

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
	if login.Session.Ended(s.cfg.Now()) {
		return account.Login{}, account.ErrNotSignedIn
	}
	return login, nil
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
