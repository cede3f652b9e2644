package account

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// guestLetters are those that nobody mistakes for another, as in Crockford's
// base 32.
const guestLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// The lengths of what stands behind "Guest-". A million guests can have the
// shortest; whoever draws a name that is taken draws a longer one.
const (
	guestShortest = 4
	guestLongest  = 9
)

// guestName draws a name for the given try, from 0.
func guestName(random io.Reader, try int) (string, error) {
	s, err := draw(random, guestShortest+try, guestLetters)
	return "Guest-" + s, err
}

// Guests makes guests. It is safe for concurrent use if its fields are.
type Guests struct {
	Users Users
	// Random is usually crypto/rand.Reader.
	Random io.Reader
	Now    func() time.Time
	// From is who asks.
	From Client
}

// New stores a guest with a name that nobody has, and its first session. The
// token of the session is for the guest alone.
func (g Guests) New(ctx context.Context) (login Login, token string, err error) {
	token, hash, err := NewToken(g.Random)
	if err != nil {
		return Login{}, "", err
	}
	id, err := NewID(g.Random)
	if err != nil {
		return Login{}, "", err
	}
	now := g.Now().Truncate(time.Millisecond).UTC()
	login.User = User{ID: id, Guest: true, Role: RoleUser, Created: now}
	login.Session = Session{Hash: hash, User: id, Created: now, Client: g.From, Seen: now}
	for try := 0; guestShortest+try <= guestLongest; try++ {
		if login.User.Name, err = guestName(g.Random, try); err != nil {
			return Login{}, "", err
		}
		err = g.Users.Add(ctx, login.User, login.Session)
		if !errors.Is(err, ErrNameTaken) {
			break
		}
	}
	if err != nil {
		return Login{}, "", fmt.Errorf("new guest: %w", err)
	}
	return login, token, nil
}
