package httpapi

import (
	"net/http"

	"kibitz/internal/account"
)

// myToken is a personal access token as its owner sees it. Token is the secret,
// told once.
type myToken struct {
	ID            string          `json:"id"`
	Name          string          `json:"name"`
	Scopes        []account.Scope `json:"scopes"`
	CreatedMillis int64           `json:"created_at"`
	ExpiresMillis int64           `json:"expires_at"`
	UsedMillis    int64           `json:"used_at"`
	Token         string          `json:"token,omitempty"`
}

func myTokenOf(t account.AccessToken, secret string) myToken {
	return myToken{
		ID: t.ID, Name: t.Name, Scopes: t.Scopes, Token: secret, CreatedMillis: unixMilli(t.Created),
		ExpiresMillis: unixMilli(t.Expires), UsedMillis: unixMilli(t.Used),
	}
}

// getTokens lists a user's tokens.
func (s *Server) getTokens(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	all, err := s.cfg.Accounts.TokensOf(r.Context(), me.User.ID)
	list := make([]myToken, 0, len(all))
	for _, t := range all {
		list = append(list, myTokenOf(t, ""))
	}
	return map[string]any{"tokens": list}, err
}

// postToken makes a token.
func (s *Server) postToken(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body struct {
		Name     string          `json:"name"`
		Scopes   []account.Scope `json:"scopes"`
		Days     int             `json:"days"`
		Password string          `json:"password"`
	}
	if err := s.confirm(w, r, me, &body, &body.Password); err != nil {
		return nil, err
	}
	t, secret, err := s.people.NewAccessToken(r.Context(), me.User.ID, account.NewAccess{Name: body.Name, Scopes: body.Scopes, Days: body.Days})
	if err != nil {
		return nil, err
	}
	s.note(r, me, "token made")
	return created{myTokenOf(t, secret)}, nil
}

// deleteToken voids a token, and closes its sockets.
func (s *Server) deleteToken(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	t, err := s.cfg.Accounts.RemoveToken(r.Context(), me.User.ID, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	s.hub.signOut(t.Hash)
	s.cfg.Voided(t.Hash)
	s.note(r, me, "token voided")
	return nil, nil
}
