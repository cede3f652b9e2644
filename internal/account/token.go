package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// TokenPrefix is what personal access tokens begin with, so that tools which
// look for leaked secrets find them.
const TokenPrefix = "kbz_"

// maxTokens is how many tokens one user has, and maxTokenDays how long one is
// good.
const (
	maxTokens    = 20
	maxTokenDays = 365
)

// AccessToken lets a program act for a user.
type AccessToken struct {
	// ID names the token to its owner.
	ID   string
	User ID
	// Name is what its owner calls it.
	Name    string
	Hash    TokenHash
	Scopes  []Scope
	Created time.Time
	Expires time.Time
	// Used is when it was last used, to about a minute; zero for never.
	Used time.Time
}

// Tokens keeps personal access tokens. It is safe for concurrent use.
type Tokens interface {
	// AddToken stores a token.
	AddToken(ctx context.Context, t AccessToken) error
	// Token returns the token with a hash, or ErrNotFound.
	Token(ctx context.Context, hash TokenHash) (AccessToken, error)
	// TokensOf returns the tokens of a user, the oldest first.
	TokensOf(ctx context.Context, user ID) ([]AccessToken, error)
	// UsedToken stores that a token was used.
	UsedToken(ctx context.Context, hash TokenHash, at time.Time) error
	// RemoveToken voids a token of a user and returns it, or ErrNotFound.
	RemoveToken(ctx context.Context, user ID, id string) (AccessToken, error)
}

// NewAccess is what somebody says who wants a token.
type NewAccess struct {
	Name   string
	Scopes []Scope
	Days   int
}

// NewAccessToken makes a token. It is shown this once. The login must have been
// confirmed.
func (p People) NewAccessToken(ctx context.Context, user ID, n NewAccess) (AccessToken, string, error) {
	if err := n.check(); err != nil {
		return AccessToken{}, "", err
	}
	has, err := p.Store.TokensOf(ctx, user)
	if err != nil {
		return AccessToken{}, "", err
	}
	if len(has) >= maxTokens {
		return AccessToken{}, "", denied(fmt.Sprintf("at most %d tokens; remove one first", maxTokens))
	}
	return p.addToken(ctx, user, n)
}

// addToken makes and stores a token that was asked for rightly.
func (p People) addToken(ctx context.Context, user ID, n NewAccess) (AccessToken, string, error) {
	secret, hash, err := plainToken(p.Random)
	if err != nil {
		return AccessToken{}, "", err
	}
	id, err := NewID(p.Random)
	if err != nil {
		return AccessToken{}, "", err
	}
	now := p.now()
	t := AccessToken{ID: string(id), User: user, Name: n.Name, Hash: hash, Scopes: n.Scopes, Created: now,
		Expires: now.AddDate(0, 0, n.Days)}
	return t, TokenPrefix + secret, p.Store.AddToken(ctx, t)
}

// plainToken draws a token of letters, digits and underscores: clients of
// lichess take no others. Every second one is.
func plainToken(random io.Reader) (string, TokenHash, error) {
	for {
		secret, hash, err := NewToken(random)
		if err != nil || !strings.Contains(secret, "-") {
			return secret, hash, err
		}
	}
}

func (n NewAccess) check() error {
	if err := checkTitle(n.Name); err != nil {
		return err
	}
	if n.Days < 1 || n.Days > maxTokenDays {
		return fmt.Errorf("%w: a token is good for 1 to %d days", ErrInvalid, maxTokenDays)
	}
	return CheckScopes(n.Scopes)
}

// usedEvery is how exactly it is known when a token was used.
const usedEvery = time.Minute

// Bearer is whom a token acts for.
type Bearer struct {
	User  User
	Token AccessToken
}

// About returns whom a token acts for, and does not count as using it. It
// fails with ErrNotSignedIn.
func (p People) About(ctx context.Context, token string) (Bearer, error) {
	secret, ok := strings.CutPrefix(token, TokenPrefix)
	if !ok {
		return Bearer{}, ErrNotSignedIn
	}
	hash, err := HashToken(secret)
	if err != nil {
		return Bearer{}, err
	}
	t, err := p.Store.Token(ctx, hash)
	if errors.Is(err, ErrNotFound) || err == nil && p.now().After(t.Expires) {
		return Bearer{}, ErrNotSignedIn
	}
	if err != nil {
		return Bearer{}, err
	}
	u, err := p.Store.User(ctx, t.User)
	return Bearer{u, t}, err
}

// Access returns who a token acts for, as a session that ends with the token,
// and what it may do. It fails with ErrNotSignedIn.
func (p People) Access(ctx context.Context, token string) (Login, []Scope, error) {
	b, err := p.About(ctx, token)
	if err != nil {
		return Login{}, nil, err
	}
	u, t, now := b.User, b.Token, p.now()
	if now.Sub(t.Used) >= usedEvery {
		if err := p.Store.UsedToken(ctx, t.Hash, now); err != nil {
			return Login{}, nil, err
		}
	}
	return Login{User: u, Session: Session{Hash: t.Hash, User: u.ID, Created: t.Created, Seen: now}}, t.Scopes, nil
}
