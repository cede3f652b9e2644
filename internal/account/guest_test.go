package account_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"regexp"
	"testing"
	"time"

	"kibitz/internal/account"
)

// crowd refuses the first names it is asked for.
type crowd struct {
	account.Users
	refuse int
	added  account.User
}

func (c *crowd) Add(_ context.Context, u account.User, first account.Session) error {
	if c.refuse--; c.refuse >= 0 {
		return account.ErrNameTaken
	}
	c.added = u
	return nil
}

func TestGuestNames(t *testing.T) {
	for _, row := range []struct {
		name   string
		refuse int
		want   string
		err    error
	}{
		{"first choice", 0, `^Guest-[0-9A-Z]{4}$`, nil},
		{"three taken", 3, `^Guest-[0-9A-Z]{7}$`, nil},
		{"all taken", 100, `^$`, account.ErrNameTaken},
	} {
		users := &crowd{refuse: row.refuse}
		g := account.Guests{Users: users, Random: rand.Reader, Now: time.Now}
		login, token, err := g.New(t.Context())
		if !errors.Is(err, row.err) || !regexp.MustCompile(row.want).MatchString(login.User.Name) {
			t.Errorf("%s: %+v, %v; want name %s", row.name, login, err, row.want)
		}
		if hash, _ := account.HashToken(token); err == nil && hash != login.Session.Hash {
			t.Errorf("%s: the token does not open the session", row.name)
		}
	}
}

func TestHashTokenRefuses(t *testing.T) {
	good, _, err := account.NewToken(bytes.NewReader(make([]byte, 64)))
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{"", "x", good[1:], good + "A", "!" + good[1:], good[:len(good)-1] + "B"} {
		if _, err := account.HashToken(token); !errors.Is(err, account.ErrNotSignedIn) {
			t.Errorf("HashToken(%q) = %v, want ErrNotSignedIn", token, err)
		}
	}
}

func TestSessionEnds(t *testing.T) {
	s := account.Session{Created: time.Unix(0, 0), Seen: time.Unix(0, 0).Add(account.SessionLife)}
	if s.Ended(time.Unix(0, 0).Add(account.SessionLife)) || !s.Ended(time.Unix(1, 0).Add(account.SessionLife)) {
		t.Error("a session ends when its life is over, not before")
	}
	s.Seen = time.Time{}
	if s.Ended(time.Unix(0, 0).Add(account.SessionIdle)) || !s.Ended(time.Unix(1, 0).Add(account.SessionIdle)) {
		t.Error("a session ends when nobody uses it")
	}
}

func TestNewIDNeedsChance(t *testing.T) {
	if _, err := account.NewID(bytes.NewReader(nil)); !errors.Is(err, io.EOF) {
		t.Errorf("got %v, want EOF", err)
	}
}
