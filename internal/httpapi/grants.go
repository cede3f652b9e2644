package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"kibitz/internal/account"
)

// wish is what a program asks a user for (RFC 6749 4.1.1, RFC 7636 4.3), as it
// stands in the address of the page that asks.
type wish struct {
	ResponseType    string `json:"response_type"`
	Client          string `json:"client_id"`
	Redirect        string `json:"redirect_uri"`
	Challenge       string `json:"code_challenge"`
	ChallengeMethod string `json:"code_challenge_method"`
	// Scope has spaces between.
	Scope string `json:"scope"`
	State string `json:"state"`
}

// maxState is the longest state that is passed on, in bytes.
const maxState = 2000

// grant returns what is asked for, without scopes that there are not: who made
// the program may have asked another server, too.
func (x wish) grant() (account.Grant, error) {
	var asked []account.Scope
	for s := range strings.FieldsSeq(x.Scope) {
		asked = append(asked, account.Scope(s))
	}
	g := account.Grant{Client: x.Client, Redirect: x.Redirect, Challenge: x.Challenge, Scopes: account.KnownScopes(asked)}
	switch {
	case x.ResponseType != "code":
		return g, fmt.Errorf("%w: response_type is code", account.ErrInvalid)
	case x.ChallengeMethod != "S256":
		return g, fmt.Errorf("%w: code_challenge_method is S256", account.ErrInvalid)
	case len(x.State) > maxState:
		return g, fmt.Errorf("%w: state has at most %d characters", account.ErrInvalid, maxState)
	case len(g.Scopes) == 0:
		return g, fmt.Errorf("%w: the program asks for nothing that this server knows", account.ErrInvalid)
	}
	return g, g.Check()
}

// back is where the browser goes on, with the answer in the query.
func (x wish) back(answer url.Values) (string, error) {
	u, err := url.Parse(x.Redirect)
	if err != nil {
		return "", fmt.Errorf("%w: redirect_uri is no address", account.ErrInvalid)
	}
	q := u.Query()
	for name, values := range answer {
		q[name] = values
	}
	if x.State != "" {
		q.Set("state", x.State)
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}

// readWish reads what a program asks for, and refuses what nobody may have.
func (s *Server) readWish(w http.ResponseWriter, r *http.Request) (wish, account.Grant, error) {
	var x wish
	if err := read(w, r, &x); err != nil {
		return x, account.Grant{}, err
	}
	g, err := x.grant()
	return x, g, err
}

// postGrantCheck tells a user what a program asks for, before they decide, and
// where the browser goes when they say no.
func (s *Server) postGrantCheck(w http.ResponseWriter, r *http.Request, _ account.Login) (any, error) {
	x, g, err := s.readWish(w, r)
	if err != nil {
		return nil, err
	}
	denied, err := x.back(url.Values{"error": {"access_denied"}, "error_description": {"the user said no"}})
	return map[string]any{"client": g.Client, "scopes": g.Scopes, "denied": denied}, err
}

// postGrant lets a program act for a user, and tells where the browser brings
// it the code for its token.
func (s *Server) postGrant(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	x, g, err := s.readWish(w, r)
	if err != nil {
		return nil, err
	}
	code, err := s.people.Allow(r.Context(), me.User, g)
	if err != nil {
		return nil, err
	}
	s.note(r, me, "program allowed")
	allowed, err := x.back(url.Values{"code": {code}})
	return map[string]any{"allowed": allowed}, err
}
