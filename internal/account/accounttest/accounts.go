package accounttest

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
)

const anna, bert = account.ID("A1b2C3d4E5f6"), account.ID("B1b2C3d4E5f6")

func mustChange(t *testing.T, s account.Store, id account.ID, change func(*account.Account)) {
	t.Helper()
	if err := s.Change(t.Context(), id, func(a *account.Account) error { change(a); return nil }); err != nil {
		t.Fatalf("Change(%s) = %v", id, err)
	}
}

func changed(t *testing.T, s account.Store) {
	u, first := user(anna, "Guest-4F7A"), session(anna, 1)
	mustAdd(t, s, u, first)
	if _, err := s.Login(t.Context(), first.Hash); err != nil {
		t.Fatal(err) // now a cache knows it
	}
	want := account.Account{
		User:     account.User{ID: anna, Name: "Anna", Role: account.RoleModerator, Created: created},
		Password: "$argon2id$x", Email: "anna@example.org", Renamed: created.Add(time.Hour),
		TOTP:     account.TOTP{Secret: "ABC", On: true, Step: 57_000_000},
		Recovery: []account.TokenHash{{1, 2}, {3}},
		Privacy:  account.Privacy{Challenge: account.Registered, Chat: account.Nobody, Hidden: true},
	}
	mustChange(t, s, anna, func(a *account.Account) { *a = want })
	if got, err := s.Account(t.Context(), anna); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Account() = %+v, %v; want %+v", got, err, want)
	}
	if got, err := s.Named(t.Context(), "aNNA"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Named() = %+v, %v; want %+v", got, err, want)
	}
	if _, err := s.Named(t.Context(), "Guest-4F7A"); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("Named() of a name that was given up = %v, want ErrUnknown", err)
	}
	if got, err := s.Login(t.Context(), first.Hash); err != nil || got.User != want.User {
		t.Errorf("Login() = %+v, %v; want the user %+v", got, err, want.User)
	}
	if err := s.Change(t.Context(), "nobodyATall0", func(*account.Account) error { return nil }); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("Change() of nobody = %v, want ErrUnknown", err)
	}
}

func refusedChange(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Guest-4F7A"), session(anna, 1))
	err := s.Change(t.Context(), anna, func(a *account.Account) error {
		a.Name, a.Recovery = "Anna", append(a.Recovery, account.TokenHash{1})
		return account.ErrDenied
	})
	if !errors.Is(err, account.ErrDenied) {
		t.Errorf("Change() = %v, want ErrDenied", err)
	}
	if got, err := s.Account(t.Context(), anna); err != nil || got.Name != "Guest-4F7A" || len(got.Recovery) > 0 {
		t.Errorf("Account() = %+v, %v", got, err)
	}
}

// changesInTurn counts up from many goroutines: nothing may be lost.
func changesInTurn(t *testing.T, s account.Store) {
	const n = 50
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	var work sync.WaitGroup
	for range n {
		work.Go(func() {
			if err := s.Change(t.Context(), anna, func(a *account.Account) error { a.TOTP.Step++; return nil }); err != nil {
				t.Errorf("Change() = %v", err)
			}
		})
	}
	work.Wait()
	if got, err := s.Account(t.Context(), anna); err != nil || got.TOTP.Step != n {
		t.Errorf("after %d changes: %+v, %v", n, got.TOTP, err)
	}
}

func renames(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 2))
	rename := func(id account.ID, name string) error {
		return s.Change(t.Context(), id, func(a *account.Account) error { a.Name = name; return nil })
	}
	for _, row := range []struct {
		name string
		id   account.ID
		to   string
		want error
	}{
		{"taken", bert, "aNNa", account.ErrNameTaken},
		{"own, in other letters", anna, "ANNA", nil},
		{"free", anna, "Carla", nil},
		{"given up", bert, "Anna", nil},
	} {
		if err := rename(row.id, row.to); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.name, err, row.want)
		}
	}
	var work sync.WaitGroup
	errs := make([]error, 2)
	for i, id := range []account.ID{anna, bert} {
		work.Go(func() { errs[i] = rename(id, "Dora") })
	}
	work.Wait()
	if won := slices.Index(errs, nil); won < 0 || !errors.Is(errs[1-won], account.ErrNameTaken) {
		t.Errorf("two take one name: %v, want one nil and one ErrNameTaken", errs)
	}
}

func endOthers(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 9))
	for i := byte(2); i <= 4; i++ {
		if err := s.Open(t.Context(), session(anna, i)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Login(t.Context(), session(anna, i).Hash); err != nil {
			t.Fatal(err)
		}
	}
	keep := session(anna, 3)
	ended, err := s.EndOthers(t.Context(), anna, keep.Hash)
	if err != nil || len(ended) != 3 || slices.Contains(ended, keep.Hash) {
		t.Errorf("EndOthers() = %v, %v; want the three others", ended, err)
	}
	for i, want := range map[byte]error{1: account.ErrNotSignedIn, 2: account.ErrNotSignedIn, 3: nil, 4: account.ErrNotSignedIn} {
		if _, err := s.Login(t.Context(), session(anna, i).Hash); !errors.Is(err, want) {
			t.Errorf("Login(%d) = %v, want %v", i, err, want)
		}
	}
	if _, err := s.Login(t.Context(), session(bert, 9).Hash); err != nil {
		t.Errorf("Login() of somebody else = %v", err)
	}
	if ended, err := s.EndOthers(t.Context(), anna, account.TokenHash{}); err != nil || len(ended) != 1 {
		t.Errorf("EndOthers(none) = %v, %v; want the last one", ended, err)
	}
}

func listed(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 9))
	second := session(anna, 2)
	second.Seen = second.Seen.Add(time.Minute)
	if err := s.Open(t.Context(), second); err != nil {
		t.Fatal(err)
	}
	got, err := s.SessionsOf(t.Context(), anna)
	if want := []account.Session{second, session(anna, 1)}; err != nil || !slices.Equal(got, want) {
		t.Errorf("SessionsOf() = %+v, %v; want %+v", got, err, want)
	}
	first := session(anna, 1)
	first.Seen = second.Seen.Add(time.Minute)
	first.Client.Addr = second.Client.Addr.Next()
	sights := []account.Sighting{
		{Hash: first.Hash, At: first.Seen, Client: first.Client},
		{Hash: second.Hash, At: created, Client: first.Client}, // older than what is known
		{Hash: account.TokenHash{77}, At: first.Seen},          // of nobody
	}
	if err := s.Saw(t.Context(), sights); err != nil {
		t.Fatalf("Saw() = %v", err)
	}
	got, err = s.SessionsOf(t.Context(), anna)
	if want := []account.Session{first, second}; err != nil || !slices.Equal(got, want) {
		t.Errorf("SessionsOf() = %+v, %v; want %+v", got, err, want)
	}
}

func erased(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	if _, err := s.Login(t.Context(), session(anna, 1).Hash); err != nil {
		t.Fatal(err)
	}
	err := s.Erase(t.Context(), anna, func(a *account.Account) error {
		*a = account.Account{User: account.User{ID: a.ID, Name: "closed-1", Closed: true, Role: a.Role, Created: a.Created}}
		return nil
	})
	if err != nil {
		t.Fatalf("Erase() = %v", err)
	}
	if _, err := s.Login(t.Context(), session(anna, 1).Hash); !errors.Is(err, account.ErrNotSignedIn) {
		t.Errorf("Login() = %v, want ErrNotSignedIn", err)
	}
	if err := s.Open(t.Context(), session(anna, 2)); !errors.Is(err, account.ErrUnknown) {
		t.Errorf("Open() = %v, want ErrUnknown", err)
	}
	if got, err := s.User(t.Context(), anna); err != nil || !got.Closed || got.Name != "closed-1" {
		t.Errorf("User() = %+v, %v", got, err)
	}
}

func news(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 2))
	_, mark, err := s.Changed(t.Context(), -1)
	if err != nil {
		t.Fatal(err)
	}
	expect := func(name string, want ...account.ID) {
		t.Helper()
		users, next, err := s.Changed(t.Context(), mark)
		slices.Sort(users)
		if err != nil || !slices.Equal(users, want) {
			t.Errorf("%s: Changed() = %v, %v; want %v", name, users, err, want)
		}
		mark = next
	}
	expect("nothing happened")
	mustChange(t, s, anna, func(a *account.Account) { a.Role = account.RoleAdmin })
	mustChange(t, s, anna, func(a *account.Account) { a.Role = account.RoleUser })
	expect("one was changed twice", anna)
	if _, err := s.EndOthers(t.Context(), bert, account.TokenHash{}); err != nil {
		t.Fatal(err)
	}
	mustChange(t, s, anna, func(*account.Account) {})
	expect("two were changed", anna, bert)
	expect("nothing more happened")
}

func admins(t *testing.T, s account.Store) {
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 2))
	expect := func(want int) {
		t.Helper()
		if got, err := s.Admins(t.Context()); err != nil || got != want {
			t.Errorf("Admins() = %d, %v; want %d", got, err, want)
		}
	}
	expect(0)
	mustChange(t, s, anna, func(a *account.Account) { a.Guest = false })
	mustChange(t, s, bert, func(a *account.Account) { a.Guest = false })
	mustAdd(t, s, user("G1b2C3d4E5f6", "Guest-4F7A"), session("G1b2C3d4E5f6", 3))
	for after, want := range map[string][]string{"": {"Anna", "Bert"}, "anna": {"Bert"}, "Bert": nil} {
		all, err := s.Members(t.Context(), after, 2)
		var names []string
		for _, u := range all {
			names = append(names, u.Name)
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("Members(%q) = %v, %v; want %v", after, names, err, want)
		}
	}
	mustChange(t, s, anna, func(a *account.Account) { a.Role = account.RoleAdmin })
	mustChange(t, s, bert, func(a *account.Account) { a.Role = account.RoleAdmin })
	expect(2)
	mustChange(t, s, bert, func(a *account.Account) { a.Closed = true })
	expect(1)
	if all, err := s.Members(t.Context(), "", 9); err != nil || len(all) != 1 {
		t.Errorf("Members() = %v, %v; want Anna", all, err)
	}
}
