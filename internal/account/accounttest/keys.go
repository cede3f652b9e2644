package accounttest

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func mustBe(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// two adds Anna and Bert.
func two(t *testing.T, s account.Store) {
	t.Helper()
	mustAdd(t, s, user(anna, "Anna"), session(anna, 1))
	mustAdd(t, s, user(bert, "Bert"), session(bert, 2))
}

func passkeys(t *testing.T, s account.Store) {
	two(t, s)
	key := account.Passkey{ID: "key-1", User: anna, Name: "Laptop", State: []byte(`{"n":1}`), Created: created}
	must(t, s.AddPasskey(t.Context(), key))
	second := account.Passkey{ID: "key-2", User: anna, Name: "Phone", State: []byte{0, 255}, Created: created.Add(time.Hour)}
	must(t, s.AddPasskey(t.Context(), second))
	mustBe(t, "AddPasskey() again", s.AddPasskey(t.Context(), account.Passkey{ID: "key-1", User: bert, State: []byte("x"), Created: created}), account.ErrDenied)
	key.State, key.Used = []byte(`{"n":2}`), created.Add(2*time.Hour)
	must(t, s.UsedPasskey(t.Context(), key))
	if got, err := s.PasskeysOf(t.Context(), anna); err != nil || !reflect.DeepEqual(got, []account.Passkey{key, second}) {
		t.Errorf("PasskeysOf() = %+v, %v", got, err)
	}
	mustBe(t, "RemovePasskey() of another", s.RemovePasskey(t.Context(), bert, "key-1"), account.ErrNotFound)
	must(t, s.RemovePasskey(t.Context(), anna, "key-1"))
	mustBe(t, "RemovePasskey() again", s.RemovePasskey(t.Context(), anna, "key-1"), account.ErrNotFound)
	if got, err := s.PasskeysOf(t.Context(), anna); err != nil || len(got) != 1 {
		t.Errorf("PasskeysOf() = %+v, %v", got, err)
	}
}

func token(user account.ID, n byte) account.AccessToken {
	return account.AccessToken{
		ID: fmt.Sprintf("token-%d", n), User: user, Name: "my bot", Hash: account.TokenHash{n, 200},
		Scopes:  []account.Scope{account.ScopeRead, account.ScopePlay},
		Created: created.Add(time.Duration(n) * time.Minute), Expires: created.Add(time.Duration(n) * time.Hour),
	}
}

func tokens(t *testing.T, s account.Store) {
	two(t, s)
	first, second := token(anna, 1), token(anna, 2)
	must(t, s.AddToken(t.Context(), second))
	must(t, s.AddToken(t.Context(), first))
	first.Used = created.Add(time.Minute)
	must(t, s.UsedToken(t.Context(), first.Hash, first.Used))
	if got, err := s.Token(t.Context(), first.Hash); err != nil || !reflect.DeepEqual(got, first) {
		t.Errorf("Token() = %+v, %v; want %+v", got, err, first)
	}
	if got, err := s.TokensOf(t.Context(), anna); err != nil || !reflect.DeepEqual(got, []account.AccessToken{first, second}) {
		t.Errorf("TokensOf() = %+v, %v", got, err)
	}
	_, err := s.RemoveToken(t.Context(), bert, first.ID)
	mustBe(t, "RemoveToken() of another", err, account.ErrNotFound)
	if got, err := s.RemoveToken(t.Context(), anna, first.ID); err != nil || !reflect.DeepEqual(got, first) {
		t.Errorf("RemoveToken() = %+v, %v", got, err)
	}
	_, err = s.Token(t.Context(), first.Hash)
	mustBe(t, "Token() of one that is gone", err, account.ErrNotFound)
}

func links(t *testing.T, s account.Store) {
	two(t, s)
	old := account.Link{Hash: account.TokenHash{1, 201}, User: anna, Expires: created}
	link := account.Link{Hash: account.TokenHash{2, 201}, User: anna, Expires: created.Add(time.Hour)}
	must(t, s.AddLink(t.Context(), old))
	must(t, s.AddLink(t.Context(), link))
	_, err := s.TakeLink(t.Context(), old.Hash)
	mustBe(t, "TakeLink() of one before the last", err, account.ErrNotFound)
	var work sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		work.Go(func() {
			got, err := s.TakeLink(t.Context(), link.Hash)
			if err == nil && got != link {
				t.Errorf("TakeLink() = %+v, want %+v", got, link)
			}
			errs[i] = err
		})
	}
	work.Wait()
	n := 0
	for _, err := range errs {
		if err == nil {
			n++
		} else {
			mustBe(t, "TakeLink() again", err, account.ErrNotFound)
		}
	}
	if n != 1 {
		t.Errorf("%d took one link: %v", n, errs)
	}
}

func settings(t *testing.T, s account.Store) {
	two(t, s)
	if got, err := s.Settings(t.Context(), anna); err != nil || got.Version != 0 || string(got.JSON) != "{}" {
		t.Errorf("Settings() at first = %+v, %v", got, err)
	}
	put := func(version int64, text string) error {
		return s.PutSettings(t.Context(), anna, account.Settings{Version: version, JSON: []byte(text)})
	}
	mustBe(t, "PutSettings() of a later version", put(1, `{}`), account.ErrChanged)
	must(t, put(0, `{"theme":"dark"}`))
	mustBe(t, "PutSettings() of the first again", put(0, `{}`), account.ErrChanged)
	must(t, put(1, `{"theme":"light"}`))
	if got, err := s.Settings(t.Context(), anna); err != nil || got.Version != 2 || string(got.JSON) != `{"theme":"light"}` {
		t.Errorf("Settings() = %+v, %v", got, err)
	}
	if got, err := s.Settings(t.Context(), bert); err != nil || got.Version != 0 {
		t.Errorf("Settings() of another = %+v, %v", got, err)
	}
}

func blocks(t *testing.T, s account.Store) {
	two(t, s)
	b := account.Block{By: anna, Other: bert, At: created}
	must(t, s.AddBlock(t.Context(), b))
	must(t, s.AddBlock(t.Context(), b))
	for _, row := range []struct {
		by, other account.ID
		want      bool
	}{{anna, bert, true}, {bert, anna, false}} {
		if got, err := s.Blocked(t.Context(), row.by, row.other); err != nil || got != row.want {
			t.Errorf("Blocked(%s, %s) = %v, %v", row.by, row.other, got, err)
		}
	}
	if got, err := s.BlocksOf(t.Context(), anna); err != nil || !reflect.DeepEqual(got, []account.User{user(bert, "Bert")}) {
		t.Errorf("BlocksOf() = %+v, %v", got, err)
	}
	must(t, s.RemoveBlock(t.Context(), anna, bert))
	must(t, s.RemoveBlock(t.Context(), anna, bert))
	if got, err := s.BlocksOf(t.Context(), anna); err != nil || len(got) != 0 {
		t.Errorf("BlocksOf() = %+v, %v", got, err)
	}
}

func pruned(t *testing.T, s account.Store) {
	two(t, s)
	fresh := session(anna, 3)
	fresh.Created = created.Add(account.SessionLife)
	fresh.Seen = fresh.Created
	must(t, s.Open(t.Context(), fresh))
	must(t, s.AddToken(t.Context(), token(anna, 1)))
	must(t, s.AddLink(t.Context(), account.Link{Hash: account.TokenHash{1, 201}, User: anna, Expires: created}))
	must(t, s.Prune(t.Context(), created.Add(account.SessionLife+time.Hour)))
	if got, err := s.SessionsOf(t.Context(), anna); err != nil || len(got) != 1 || got[0] != fresh {
		t.Errorf("SessionsOf() = %+v, %v; want the fresh one", got, err)
	}
	if got, err := s.TokensOf(t.Context(), anna); err != nil || len(got) != 0 {
		t.Errorf("TokensOf() = %+v, %v", got, err)
	}
	_, err := s.TakeLink(t.Context(), account.TokenHash{1, 201})
	mustBe(t, "TakeLink()", err, account.ErrNotFound)
}

func erasedWholly(t *testing.T, s account.Store) {
	two(t, s)
	must(t, s.AddPasskey(t.Context(), account.Passkey{ID: "key-1", User: anna, Name: "x", State: []byte("x"), Created: created}))
	must(t, s.AddToken(t.Context(), token(anna, 1)))
	must(t, s.AddLink(t.Context(), account.Link{Hash: account.TokenHash{1, 201}, User: anna, Expires: created}))
	must(t, s.PutSettings(t.Context(), anna, account.Settings{JSON: []byte(`{"a":1}`)}))
	must(t, s.AddBlock(t.Context(), account.Block{By: anna, Other: bert, At: created}))
	must(t, s.AddBlock(t.Context(), account.Block{By: bert, Other: anna, At: created}))
	must(t, s.Erase(t.Context(), anna, func(a *account.Account) error { a.Closed = true; return nil }))
	left := map[string]int{}
	k, err := s.PasskeysOf(t.Context(), anna)
	must(t, err)
	left["passkeys"] = len(k)
	x, err := s.TokensOf(t.Context(), anna)
	must(t, err)
	left["tokens"] = len(x)
	v, err := s.Settings(t.Context(), anna)
	must(t, err)
	left["settings"] = int(v.Version)
	for _, id := range []account.ID{anna, bert} {
		b, err := s.BlocksOf(t.Context(), id)
		must(t, err)
		left["blocks"] += len(b)
	}
	for what, n := range left {
		if n != 0 {
			t.Errorf("%s are left: %d", what, n)
		}
	}
	_, err = s.TakeLink(t.Context(), account.TokenHash{1, 201})
	mustBe(t, "TakeLink()", err, account.ErrNotFound)
}
