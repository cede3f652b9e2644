// Package accounttest holds what every account.Store must do.
package accounttest

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
)

// Store runs the contract suite on fresh stores.
func Store(t *testing.T, fresh func(t *testing.T) account.Store) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, s account.Store)
	}{
		{"an added user is there, signed in", addedIsThere},
		{"nobody is there at first", nobodyAtFirst},
		{"a taken name changes nothing", takenName},
		{"a user has many sessions", manySessions},
		{"an ended session is over", ended},
		{"many are added at once", manyAtOnce},
		{"a changed account is changed", changed},
		{"a refused change changes nothing", refusedChange},
		{"changes do not overtake each other", changesInTurn},
		{"one name for one user", renames},
		{"all sessions but one are ended", endOthers},
		{"sessions are listed, the last used first", listed},
		{"an erased user has no session", erased},
		{"news names who was changed", news},
		{"members are listed, and admins counted", admins},
		{"passkeys belong to one user", passkeys},
		{"tokens belong to one user", tokens},
		{"a link is good once", links},
		{"a grant is good once", grants},
		{"settings are changed in turn", settings},
		{"blocks are one way", blocks},
		{"who is away and wants letters", reminders},
		{"one letter a day", remindedOnceADay},
		{"one key to sign with", signingKey},
		{"deeds are kept, and names in them forgotten", deeds},
		{"what has ended is pruned", pruned},
		{"an erased user leaves nothing", erasedWholly},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, fresh(t)) })
	}
}

var created = time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.UTC)

func user(id account.ID, name string) account.User {
	return account.User{ID: id, Name: name, Guest: true, Role: account.RoleUser, Created: created}
}

func session(user account.ID, first byte) account.Session {
	return account.Session{Hash: account.TokenHash{first, 1, 2, 3}, User: user, Created: created.Add(time.Second),
		Client: account.Client{Device: "Linux", Browser: "Firefox 140", Addr: netip.MustParseAddr("2001:db8::7")}, Seen: created.Add(time.Minute)}
}

func mustAdd(t *testing.T, s account.Store, u account.User, first account.Session) {
	t.Helper()
	if err := s.Add(t.Context(), u, first); err != nil {
		t.Fatalf("Add(%s) = %v", u.ID, err)
	}
}

func addedIsThere(t *testing.T, s account.Store) {
	u, first := user("A1b2C3d4E5f6", "Guest-4F7A"), session("A1b2C3d4E5f6", 1)
	mustAdd(t, s, u, first)
	if got, err := s.User(t.Context(), u.ID); err != nil || got != u {
		t.Errorf("User() = %+v, %v; want %+v", got, err, u)
	}
	want := account.Login{User: u, Session: first}
	for range 2 { // cold and warm
		if got, err := s.Login(t.Context(), first.Hash); err != nil || got != want {
			t.Errorf("Login() = %+v, %v; want %+v", got, err, want)
		}
	}
}

func nobodyAtFirst(t *testing.T, s account.Store) {
	if _, err := s.User(t.Context(), "A1b2C3d4E5f6"); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("User() = %v, want ErrUnknown", err)
	}
	if _, err := s.Login(t.Context(), account.TokenHash{1}); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("Login() = %v, want ErrNotSignedIn", err)
	}
	if err := s.End(t.Context(), account.TokenHash{1}); err != nil {
		t.Errorf("End() = %v", err)
	}
}

func takenName(t *testing.T, s account.Store) {
	mustAdd(t, s, user("A1b2C3d4E5f6", "Guest-4F7A"), session("A1b2C3d4E5f6", 1))
	late, first := user("G1b2C3d4E5f6", "guest-4f7a"), session("G1b2C3d4E5f6", 2)
	if err := s.Add(t.Context(), late, first); !errors.Is(err, account.ErrNameTaken) {
		t.Errorf("Add() = %v, want ErrNameTaken", err)
	}
	if _, err := s.User(t.Context(), late.ID); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("User() = %v, want ErrUnknown", err)
	}
	if _, err := s.Login(t.Context(), first.Hash); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("Login() = %v, want ErrNotSignedIn", err)
	}
}

func manySessions(t *testing.T, s account.Store) {
	u := user("A1b2C3d4E5f6", "Alice")
	u.Guest = false
	mustAdd(t, s, u, session(u.ID, 1))
	second := session(u.ID, 2)
	if err := s.Open(t.Context(), second); err != nil {
		t.Fatalf("Open() = %v", err)
	}
	for _, want := range []account.Session{session(u.ID, 1), second} {
		if got, err := s.Login(t.Context(), want.Hash); err != nil || got != (account.Login{User: u, Session: want}) {
			t.Errorf("Login() = %+v, %v", got, err)
		}
	}
	if err := s.Open(t.Context(), session("nobodyATall0", 3)); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("Open() for nobody = %v, want ErrUnknown", err)
	}
}

func ended(t *testing.T, s account.Store) {
	u := user("A1b2C3d4E5f6", "Alice")
	mustAdd(t, s, u, session(u.ID, 1))
	if err := s.Open(t.Context(), session(u.ID, 2)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Login(t.Context(), session(u.ID, 1).Hash); err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context(), session(u.ID, 1).Hash); err != nil {
		t.Fatalf("End() = %v", err)
	}
	if _, err := s.Login(t.Context(), session(u.ID, 1).Hash); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("Login() after End() = %v, want ErrNotSignedIn", err)
	}
	if _, err := s.Login(t.Context(), session(u.ID, 2).Hash); err != nil {
		t.Errorf("Login() of the other session = %v", err)
	}
}

// manyAtOnce adds pairs of users of one name from many goroutines: one of each
// pair must be taken.
func manyAtOnce(t *testing.T, s account.Store) {
	const pairs = 40
	errs := make([]error, 2*pairs)
	var work sync.WaitGroup
	for i := range errs {
		work.Go(func() {
			u := user(account.ID(fmt.Sprintf("user%08d", i)), fmt.Sprintf("Name-%d", i/2))
			errs[i] = s.Add(t.Context(), u, session(u.ID, byte(i)))
		})
	}
	work.Wait()
	for i := 0; i < len(errs); i += 2 {
		won, lost := errs[i], errs[i+1]
		if won != nil {
			won, lost = lost, won
		}
		if won != nil || !errors.Is(lost, account.ErrNameTaken) {
			t.Errorf("pair %d: %v and %v, want one nil and one ErrNameTaken", i/2, errs[i], errs[i+1])
		}
	}
}
