package lichessapi

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// caller is who sends a request, by a token: a cookie counts for nothing here,
// as pages of all sites may call.
type caller struct {
	user   account.User
	hash   account.TokenHash
	scopes []account.Scope
}

// player is the caller without a rating.
func (c caller) player() table.Player { return playerOf(c.user) }

// playerOf returns a user as a player without a rating.
func playerOf(u account.User) table.Player {
	return table.Player{ID: u.ID, Name: u.Name, Guest: u.Guest, Bot: u.Role == account.RoleBot}
}

func (c caller) bot() bool { return c.user.Role == account.RoleBot }

// may reports whether the caller's token has one of some scopes, or there are
// none to have.
func (c caller) may(any []account.Scope) bool {
	return len(any) == 0 || slices.ContainsFunc(any, func(s account.Scope) bool { return slices.Contains(c.scopes, s) })
}

// bearer returns the token that a request comes with.
func bearer(r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

// authenticate returns who sends a request, if their token has one of the
// scopes.
func (s *Server) authenticate(r *http.Request, any []account.Scope) (caller, error) {
	token, ok := bearer(r)
	if !ok {
		return caller{}, errNoToken
	}
	login, scopes, err := s.people.Access(r.Context(), token)
	if errors.Is(err, account.ErrNotSignedIn) || errors.Is(err, account.ErrUnknown) || err == nil && login.User.Closed {
		return caller{}, errNoSuchToken
	}
	if err != nil {
		return caller{}, err
	}
	c := caller{login.User, login.Session.Hash, scopes}
	if !c.may(any) {
		return c, &refusal{
			status: http.StatusForbidden, text: "Missing scope: " + string(any[0]),
			need: scopeList(any, ", "), have: scopeList(scopes, ", "),
		}
	}
	return c, nil
}

func scopeList(all []account.Scope, between string) string {
	list := make([]string, len(all))
	for i, s := range all {
		list[i] = string(s)
	}
	return strings.Join(list, between)
}
