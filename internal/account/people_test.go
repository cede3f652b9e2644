package account_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/inmem"
)

// chance is crypto/rand.
type chance struct{}

func (chance) Read(b []byte) (int, error) { return rand.Read(b) }

// plain is a hasher that counts its work, and hides nothing.
type plain struct {
	version string
	work    []string
}

func (h *plain) Hash(_ context.Context, password string) (string, error) {
	return h.version + password, nil
}

func (h *plain) Verify(_ context.Context, hash, password string) (ok, stale bool, err error) {
	h.work = append(h.work, "verify")
	return len(hash) > 0 && hash[1:] == password, len(hash) > 0 && hash[:1] != h.version, nil
}

func newPeople(t *testing.T) (account.People, *plain, *time.Time) {
	t.Helper()
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	hasher := &plain{version: "1"}
	return account.People{
		Store: inmem.NewAccounts(), Hasher: hasher, Random: rand.Reader, Now: func() time.Time { return now },
	}, hasher, &now
}

const password = "orbit-walnut-plinth"

func mustSignUp(t *testing.T, p account.People, name string) account.Entry {
	t.Helper()
	e, err := p.SignUp(t.Context(), account.SignUp{Name: name, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestSameWork signs in with every kind of wrong, and counts what it costs.
func TestSameWork(t *testing.T) {
	p, hasher, _ := newPeople(t)
	mustSignUp(t, p, "Anna")
	closed := mustSignUp(t, p, "Bert")
	if err := p.Close(t.Context(), closed.Login.User.ID); err != nil {
		t.Fatal(err)
	}
	guest, _, err := p.Guest(t.Context(), account.Client{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ name, user, password string }{
		{"a wrong password", "Anna", "x"}, {"an unknown name", "Nobody", password}, {"a closed account", "Bert", password},
		{"a guest", guest.User.Name, ""}, {"no name", "", ""},
	} {
		hasher.work = nil
		_, _, err := p.LogIn(t.Context(), account.Attempt{Name: row.user, Password: row.password})
		if !errors.Is(err, account.ErrWrong) || err.Error() != account.ErrWrong.Error() || len(hasher.work) != 1 {
			t.Errorf("%s: %v after %v, want %v after one verification", row.name, err, hasher.work, account.ErrWrong)
		}
	}
}

func TestRehash(t *testing.T) {
	p, hasher, _ := newPeople(t)
	e := mustSignUp(t, p, "Anna")
	hasher.version = "2"
	if _, _, err := p.LogIn(t.Context(), account.Attempt{Name: "Anna", Password: "wrong"}); !errors.Is(err, account.ErrWrong) {
		t.Fatal(err)
	}
	stored := func() string {
		a, err := p.Store.Account(t.Context(), e.Login.User.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a.Password
	}
	if got := stored(); got != "1"+password {
		t.Errorf("after a wrong password %q is stored", got)
	}
	if _, _, err := p.LogIn(t.Context(), account.Attempt{Name: "Anna", Password: password}); err != nil {
		t.Fatal(err)
	}
	if got := stored(); got != "2"+password {
		t.Errorf("after a sign-in %q is stored, want a hash of the second kind", got)
	}
}

func TestConfirmWithoutPassword(t *testing.T) {
	p, _, now := newPeople(t)
	e := mustSignUp(t, p, "Anna")
	if err := p.Store.Change(t.Context(), e.Login.User.ID, func(a *account.Account) error { a.Password = ""; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := p.Confirm(t.Context(), e.Login, ""); err != nil {
		t.Errorf("just signed in: %v", err)
	}
	*now = now.Add(11 * time.Minute)
	if err := p.Confirm(t.Context(), e.Login, password); !errors.Is(err, account.ErrConfirm) {
		t.Errorf("eleven minutes later: %v, want ErrConfirm", err)
	}
}

func TestLinksEnd(t *testing.T) {
	p, _, now := newPeople(t)
	e := mustSignUp(t, p, "Anna")
	token, err := p.NewLink(t.Context(), e.Login.User.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.FollowLink(t.Context(), token, "anna-anna-anna", account.Client{}); !errors.Is(err, account.ErrInvalid) {
		t.Errorf("a password of the name: %v, want ErrInvalid", err)
	}
	*now = now.Add(account.LinkLife + time.Second)
	if _, _, err := p.FollowLink(t.Context(), token, "kestrel_pumice_41", account.Client{}); !errors.Is(err, account.ErrWrong) {
		t.Errorf("a link that is too old: %v, want ErrWrong", err)
	}
}

func TestMay(t *testing.T) {
	p, _, _ := newPeople(t)
	anna, bert := mustSignUp(t, p, "Anna").Login.User, mustSignUp(t, p, "Bert").Login.User
	guest, _, err := p.Guest(t.Context(), account.Client{})
	if err != nil {
		t.Fatal(err)
	}
	may := func(name string, from account.User, what account.Approach, want bool) {
		t.Helper()
		if got, err := p.May(t.Context(), from, what, anna.ID); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	may("at first anybody", guest.User, account.ToChallenge, true)
	if err := p.SetPrivacy(t.Context(), anna.ID, account.Privacy{Challenge: account.Registered, Chat: account.Nobody}); err != nil {
		t.Fatal(err)
	}
	may("a guest", guest.User, account.ToChallenge, false)
	may("somebody registered", bert, account.ToChallenge, true)
	may("nobody chats", bert, account.ToChat, false)
	if err := p.Block(t.Context(), bert.ID, "anna"); err != nil {
		t.Fatal(err)
	}
	may("who blocks her", bert, account.ToChallenge, false)
	if err := p.Unblock(t.Context(), bert.ID, "Anna"); err != nil {
		t.Fatal(err)
	}
	if err := p.Block(t.Context(), anna.ID, "Bert"); err != nil {
		t.Fatal(err)
	}
	may("whom she blocks", bert, account.ToChallenge, false)
}

// TestCachedSightings writes behind: at once for the owner, later for the store.
func TestCachedSightings(t *testing.T) {
	store := inmem.NewAccounts()
	cached := account.NewCached(store, 10)
	p := account.People{Store: cached, Hasher: &plain{version: "1"}, Random: rand.Reader, Now: time.Now}
	e := mustSignUp(t, p, "Anna")
	later := e.Login.Session.Created.Add(time.Hour)
	cached.See(account.Sighting{Hash: e.Login.Session.Hash, At: later})
	seen := func(s account.Sessions) time.Time {
		all, err := s.SessionsOf(t.Context(), e.Login.User.ID)
		if err != nil || len(all) != 1 {
			t.Fatalf("SessionsOf() = %+v, %v", all, err)
		}
		return all[0].Seen
	}
	if a, b := seen(cached), seen(store); !a.Equal(later) || b.Equal(later) {
		t.Errorf("before Flush: %v and %v", a, b)
	}
	if err := cached.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := seen(store); !got.Equal(later) {
		t.Errorf("after Flush: %v, want %v", got, later)
	}
	fresh := account.NewCached(store, 10) // the memory is lost
	if got, err := fresh.Login(t.Context(), e.Login.Session.Hash); err != nil || got.User.Name != "Anna" {
		t.Errorf("after the memory was lost: %+v, %v", got, err)
	}
}

// TestCachedRefresh ends a session behind the cache's back.
func TestCachedRefresh(t *testing.T) {
	store := inmem.NewAccounts()
	here, there := account.NewCached(store, 10), account.NewCached(store, 10)
	p := account.People{Store: here, Hasher: &plain{version: "1"}, Random: rand.Reader, Now: time.Now}
	e := mustSignUp(t, p, "Anna")
	for _, c := range []*account.Cached{here, there} {
		if _, err := c.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Login(t.Context(), e.Login.Session.Hash); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := here.EndOthers(t.Context(), e.Login.User.ID, account.TokenHash{}); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Login(t.Context(), e.Login.Session.Hash); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("here, at once: %v, want ErrNotSignedIn", err)
	}
	if users, err := there.Refresh(t.Context()); err != nil || len(users) != 1 || users[0] != e.Login.User.ID {
		t.Errorf("Refresh() = %v, %v", users, err)
	}
	if _, err := there.Login(t.Context(), e.Login.Session.Hash); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("there, after Refresh: %v, want ErrNotSignedIn", err)
	}
}
