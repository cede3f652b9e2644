package account

import (
	"context"
	"io"
	"time"
)

// People is what users do with their accounts. It is safe for concurrent use
// if its fields are.
type People struct {
	Store         Store
	Hasher        Hasher
	OneTime       OneTime
	Authenticator Authenticator
	// Random is usually crypto/rand.Reader.
	Random io.Reader
	Now    func() time.Time
}

// Entry is what a successful sign-in gives.
type Entry struct {
	Login Login
	// Token goes to its owner and nowhere else.
	Token string
}

func (p People) now() time.Time { return p.Now().Truncate(time.Millisecond).UTC() }

// enter opens a session, and ends the one that the browser had before: a
// token that was known before somebody signed in is worth nothing afterwards.
func (p People) enter(ctx context.Context, u User, from Client, old *Session) (Entry, error) {
	token, hash, err := NewToken(p.Random)
	if err != nil {
		return Entry{}, err
	}
	now := p.now()
	s := Session{Hash: hash, User: u.ID, Created: now, Client: from, Seen: now}
	if err := p.Store.Open(ctx, s); err != nil {
		return Entry{}, err
	}
	if old != nil {
		if err := p.Store.End(ctx, old.Hash); err != nil {
			return Entry{}, err
		}
	}
	return Entry{Login: Login{User: u, Session: s}, Token: token}, nil
}

// Guest makes a guest. The token is for the guest alone.
func (p People) Guest(ctx context.Context, from Client) (Login, string, error) {
	return Guests{Users: p.Store, Random: p.Random, Now: p.Now, From: from}.New(ctx)
}
