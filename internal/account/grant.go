package account

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
)

// GrantPrefix is what authorization codes begin with.
const GrantPrefix = "liu_"

// GrantLife is how long an authorization code is good (RFC 6749 4.1.2).
const GrantLife = 2 * time.Minute

// grantDays is how long a token lasts that a program got by OAuth.
const grantDays = maxTokenDays

// Grant is what a user allowed a program, until the program fetches its token
// with the code (RFC 6749 4.1, with the proof key of RFC 7636).
type Grant struct {
	// Code is the hash of the authorization code.
	Code TokenHash
	User ID
	// Client is what the program calls itself: nobody registers here. Redirect
	// is where the code was sent, and Challenge the S256 of the proof key.
	Client, Redirect, Challenge string
	Scopes                      []Scope
	Expires                     time.Time
}

// Grants keeps grants. It is safe for concurrent use.
type Grants interface {
	// AddGrant stores a grant, and forgets those that ended before it was made.
	AddGrant(ctx context.Context, g Grant) error
	// TakeGrant returns the grant of a code and forgets it, so that a code
	// works once; or ErrNotFound.
	TakeGrant(ctx context.Context, code TokenHash) (Grant, error)
}

// The refusals of a token, by the words of RFC 6749 5.2, wrapped with what is
// wrong.
var (
	ErrGrantRequest = errors.New("invalid_request")
	ErrGrant        = errors.New("invalid_grant")
)

// The longest of what a program says of itself, in bytes.
const (
	maxClient   = 200
	maxRedirect = 1000
)

// Check refuses, with ErrInvalid, what no code may be given for.
func (g Grant) Check() error {
	if g.Client == "" || len(g.Client) > maxClient || strings.ContainsFunc(g.Client, func(r rune) bool { return r < ' ' }) {
		return fmt.Errorf("%w: client_id is 1 to %d characters", ErrInvalid, maxClient)
	}
	if err := checkRedirect(g.Redirect); err != nil {
		return err
	}
	if b, err := base64.RawURLEncoding.DecodeString(g.Challenge); err != nil || len(b) != sha256.Size {
		return fmt.Errorf("%w: code_challenge is the base64url of a SHA-256, and code_challenge_method S256", ErrInvalid)
	}
	return CheckScopes(g.Scopes)
}

// unsafeSchemes run something in the browser in place of going somewhere.
var unsafeSchemes = []string{"javascript", "data", "vbscript", "blob", "file", "about", "filesystem"}

// checkRedirect takes https, http on this very machine, and the schemes of
// apps (RFC 8252 7).
func checkRedirect(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || len(text) > maxRedirect || !u.IsAbs() || u.Fragment != "" || u.User != nil:
		return fmt.Errorf("%w: redirect_uri is an absolute address without a fragment", ErrInvalid)
	case slices.Contains(unsafeSchemes, strings.ToLower(u.Scheme)):
		return fmt.Errorf("%w: redirect_uri cannot have the scheme %s", ErrInvalid, u.Scheme)
	case u.Scheme == "https" && u.Host != "":
		return nil
	case u.Scheme == "http" && local(u.Hostname()):
		return nil
	case u.Scheme == "http" || u.Scheme == "https":
		return fmt.Errorf("%w: redirect_uri is https, or http on localhost", ErrInvalid)
	}
	return nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Allow stores that a user allows a program to act for them, and returns the
// code for it. Guests, whose accounts do not last, are refused.
func (p People) Allow(ctx context.Context, user User, g Grant) (string, error) {
	if user.Guest {
		return "", denied("guests have no account; sign up first")
	}
	if err := g.Check(); err != nil {
		return "", err
	}
	secret, hash, err := plainToken(p.Random)
	if err != nil {
		return "", err
	}
	g.Code, g.User, g.Expires = hash, user.ID, p.now().Add(GrantLife)
	return GrantPrefix + secret, p.Store.AddGrant(ctx, g)
}

// Claim is what a program says that wants the token for a code.
type Claim struct{ Code, Verifier, Client, Redirect string }

// The lengths of a proof key (RFC 7636 4.1).
const (
	verifierShortest = 43
	verifierLongest  = 128
)

// Exchange makes the token for a code. It fails with ErrGrantRequest or
// ErrGrant. A code that was tried is gone, whatever came of it.
func (p People) Exchange(ctx context.Context, c Claim) (AccessToken, string, error) {
	if n := len(c.Verifier); n < verifierShortest || n > verifierLongest {
		return AccessToken{}, "", fmt.Errorf("%w: code_verifier has %d to %d characters", ErrGrantRequest, verifierShortest, verifierLongest)
	}
	g, err := p.takeGrant(ctx, c.Code)
	if err != nil {
		return AccessToken{}, "", err
	}
	sum := sha256.Sum256([]byte(c.Verifier))
	proof := base64.RawURLEncoding.EncodeToString(sum[:])
	switch {
	case g.Redirect != c.Redirect:
		return AccessToken{}, "", fmt.Errorf("%w: authorization code was issued for a different redirect_uri", ErrGrant)
	case g.Client != c.Client:
		return AccessToken{}, "", fmt.Errorf("%w: authorization code was issued for a different client_id", ErrGrant)
	case subtle.ConstantTimeCompare([]byte(proof), []byte(g.Challenge)) != 1:
		return AccessToken{}, "", fmt.Errorf("%w: hash of code_verifier does not match code_challenge", ErrGrant)
	}
	if err := p.makeRoom(ctx, g); err != nil {
		return AccessToken{}, "", err
	}
	return p.addToken(ctx, g.User, NewAccess{Name: title(g.Client), Scopes: g.Scopes, Days: grantDays})
}

// takeGrant returns what a code was given for.
func (p People) takeGrant(ctx context.Context, code string) (Grant, error) {
	secret, _ := strings.CutPrefix(code, GrantPrefix)
	hash, err := HashToken(secret)
	var g Grant
	if err == nil {
		g, err = p.Store.TakeGrant(ctx, hash)
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrNotSignedIn) || err == nil && p.now().After(g.Expires) {
		return Grant{}, fmt.Errorf("%w: authorization code invalid, expired or consumed", ErrGrant)
	}
	if err != nil {
		return Grant{}, err
	}
	if u, err := p.Store.User(ctx, g.User); err != nil || u.Closed {
		return Grant{}, fmt.Errorf("%w: the account is closed", ErrGrant)
	}
	return g, nil
}

// makeRoom voids the oldest token of the same program when there is no room for
// another: programs lose theirs, and nobody should have to tidy up for them.
func (p People) makeRoom(ctx context.Context, g Grant) error {
	has, err := p.Store.TokensOf(ctx, g.User)
	if err != nil || len(has) < maxTokens {
		return err
	}
	for _, t := range has {
		if t.Name == title(g.Client) {
			_, err := p.Store.RemoveToken(ctx, g.User, t.ID)
			return err
		}
	}
	return fmt.Errorf("%w: this account has %d tokens; remove one in the settings", ErrGrant, maxTokens)
}

// maxTitle is how much of the name of a program is kept.
const maxTitle = 40

// title is the name of a program as that of a token.
func title(client string) string {
	text := []rune(strings.TrimSpace(client))
	return string(text[:min(len(text), maxTitle)])
}
