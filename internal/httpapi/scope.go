package httpapi

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"kibitz/internal/account"
)

// tokenScopes is what tokens may do, by address. What is not here they may
// not: passwords, keys and sessions are for people.
var tokenScopes = map[string]account.Scope{
	"GET /ws":                              account.ScopePlay,
	"POST /api/v1/tables":                  account.ScopePlay,
	"POST /api/v1/poker/quick":             account.ScopePlay,
	"POST /api/v1/chips/daily":             account.ScopePlay,
	"GET /api/v1/chips":                    account.ScopeRead,
	"GET /api/v1/chips/transfers":          account.ScopeRead,
	"GET /api/v1/me":                       account.ScopeRead,
	"GET /api/v1/me/settings":              account.ScopeRead,
	"GET /api/v1/me/blocks":                account.ScopeRead,
	"GET /api/v1/me/ratings":               account.ScopeRead,
	"GET /api/v1/me/games.pgn":             account.ScopeRead,
	"GET /api/v1/me/games.ndjson":          account.ScopeRead,
	"GET /api/v1/me/imports":               account.ScopeRead,
	"GET /api/v1/me/imports/{id}":          account.ScopeRead,
	"GET /api/v1/hands/{id}":               account.ScopeRead,
	"GET /api/v1/tables/{id}/hands":        account.ScopeRead,
	"GET /api/v1/tables/{id}/hands.phhs":   account.ScopeRead,
	"GET /api/v1/users/{name}/hands":       account.ScopeRead,
	"GET /api/v1/users/{name}/poker-stats": account.ScopeRead,
	"GET /api/v1/me/hands.phh":             account.ScopeRead,
	"GET /api/v1/me/hands.ohh":             account.ScopeRead,
	"GET /api/v1/me/hands.txt":             account.ScopeRead,
	"PUT /api/v1/me/settings":              account.ScopeSettings,
	"PUT /api/v1/me/blocks/{name}":         account.ScopeSettings,
	"DELETE /api/v1/me/blocks/{name}":      account.ScopeSettings,
}

// scopeKey is where a request carries the scope that a token needs for it.
type scopeKey struct{}

// scoped notes what a token needs for an address.
func scoped(pattern string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		next(w, r.WithContext(context.WithValue(r.Context(), scopeKey{}, tokenScopes[pattern])))
	}
}

// bearer returns the token that a request comes with, if it comes with one.
func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// tokenLogin returns whom a token acts for, if it may do what is asked.
func (s *Server) tokenLogin(r *http.Request, token string) (account.Login, error) {
	login, scopes, err := s.people.Access(r.Context(), token)
	if err != nil {
		return account.Login{}, err
	}
	need, _ := r.Context().Value(scopeKey{}).(account.Scope)
	switch {
	case login.User.Closed:
		return account.Login{}, account.ErrNotSignedIn
	case need == "":
		return account.Login{}, fmt.Errorf("%w: a token cannot do that; sign in", account.ErrDenied)
	case !slices.Contains(scopes, need):
		return account.Login{}, fmt.Errorf("%w: this token lacks the scope %s", account.ErrDenied, need)
	}
	return login, nil
}
