package account_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/inmem"
)

// verifier is a proof key, and challenge its hash.
const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

func challenge() string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func grant() account.Grant {
	return account.Grant{
		Client: "my-board", Redirect: "http://localhost:7777/back", Challenge: challenge(),
		Scopes: []account.Scope{account.ScopeBoardPlay},
	}
}

func TestExchange(t *testing.T) {
	right := account.Claim{Verifier: verifier, Client: "my-board", Redirect: "http://localhost:7777/back"}
	for _, row := range []struct {
		name  string
		alter func(c *account.Claim)
		after time.Duration
		want  error
	}{
		{"all is right", func(*account.Claim) {}, 0, nil},
		{"in the last second", func(*account.Claim) {}, account.GrantLife, nil},
		{"too late", func(*account.Claim) {}, account.GrantLife + time.Second, account.ErrGrant},
		{"another place", func(c *account.Claim) { c.Redirect += "/" }, 0, account.ErrGrant},
		{"another program", func(c *account.Claim) { c.Client = "other" }, 0, account.ErrGrant},
		{"another key", func(c *account.Claim) { c.Verifier = strings.Repeat("x", 43) }, 0, account.ErrGrant},
		{"a short key", func(c *account.Claim) { c.Verifier = "short" }, 0, account.ErrGrantRequest},
		{"another code", func(c *account.Claim) { c.Code = "liu_" + strings.Repeat("A", 43) }, 0, account.ErrGrant},
		{"no code", func(c *account.Claim) { c.Code = "" }, 0, account.ErrGrant},
	} {
		t.Run(row.name, func(t *testing.T) {
			now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
			p := account.People{Store: inmem.NewAccounts(), Random: rand.Reader, Now: func() time.Time { return now }}
			anna := member(t, p, "Anna")
			code, err := p.Allow(t.Context(), anna, grant())
			if err != nil {
				t.Fatal(err)
			}
			c := right
			c.Code = code
			row.alter(&c)
			now = now.Add(row.after)
			token, secret, err := p.Exchange(t.Context(), c)
			if !errors.Is(err, row.want) {
				t.Fatalf("Exchange() = %v, want %v", err, row.want)
			}
			if err != nil {
				return
			}
			if !regexp.MustCompile(`^[A-Za-z0-9_]+$`).MatchString(secret) {
				t.Errorf("the token is %q", secret)
			}
			login, scopes, err := p.Access(t.Context(), secret)
			if err != nil || login.User.ID != anna.ID || len(scopes) != 1 || scopes[0] != account.ScopeBoardPlay || token.Name != "my-board" {
				t.Errorf("Access() = %+v %v, %v", login, scopes, err)
			}
			if _, _, err := p.Exchange(t.Context(), c); !errors.Is(err, account.ErrGrant) {
				t.Errorf("Exchange() again = %v, want %v", err, account.ErrGrant)
			}
		})
	}
}

// member adds a registered user.
func member(t *testing.T, p account.People, name string) account.User {
	t.Helper()
	login, _, err := p.Guest(t.Context(), account.Client{})
	if err != nil {
		t.Fatal(err)
	}
	err = p.Store.Change(t.Context(), login.User.ID, func(a *account.Account) error {
		a.Name, a.Guest = name, false
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	u, err := p.Store.User(t.Context(), login.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestGrantCheck(t *testing.T) {
	for _, row := range []struct {
		name  string
		alter func(g *account.Grant)
		want  error
	}{
		{"a program on this machine", func(*account.Grant) {}, nil},
		{"IPv6", func(g *account.Grant) { g.Redirect = "http://[::1]:9/" }, nil},
		{"a site", func(g *account.Grant) { g.Redirect = "https://example.org/x?y=1" }, nil},
		{"an app", func(g *account.Grant) { g.Redirect = "org.example.app:/back" }, nil},
		{"plain http", func(g *account.Grant) { g.Redirect = "http://example.org/" }, account.ErrInvalid},
		{"http on a name like localhost", func(g *account.Grant) { g.Redirect = "http://localhost.example.org/" }, account.ErrInvalid},
		{"a script", func(g *account.Grant) { g.Redirect = "javascript:alert(1)" }, account.ErrInvalid},
		{"a fragment", func(g *account.Grant) { g.Redirect = "https://example.org/#a" }, account.ErrInvalid},
		{"a password in it", func(g *account.Grant) { g.Redirect = "https://a:b@example.org/" }, account.ErrInvalid},
		{"nowhere", func(g *account.Grant) { g.Redirect = "/back" }, account.ErrInvalid},
		{"no program", func(g *account.Grant) { g.Client = "" }, account.ErrInvalid},
		{"no proof", func(g *account.Grant) { g.Challenge = "abc" }, account.ErrInvalid},
		{"no scope", func(g *account.Grant) { g.Scopes = nil }, account.ErrInvalid},
		{"an unknown scope", func(g *account.Grant) { g.Scopes = []account.Scope{"racer:write"} }, account.ErrInvalid},
		{"a scope twice", func(g *account.Grant) { g.Scopes = []account.Scope{"bot:play", "bot:play"} }, account.ErrInvalid},
	} {
		g := grant()
		row.alter(&g)
		if err := g.Check(); !errors.Is(err, row.want) {
			t.Errorf("%s: Check() = %v, want %v", row.name, err, row.want)
		}
	}
}

func TestGuestsGrantNothing(t *testing.T) {
	p := account.People{Store: inmem.NewAccounts(), Random: rand.Reader, Now: time.Now}
	login, _, err := p.Guest(t.Context(), account.Client{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Allow(t.Context(), login.User, grant()); !errors.Is(err, account.ErrDenied) {
		t.Errorf("Allow() = %v, want %v", err, account.ErrDenied)
	}
}
