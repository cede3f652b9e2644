package sqlstore_test

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/account/accounttest"
	"kibitz/internal/sqlstore"
	"kibitz/internal/sqlstore/pgtest"
)

// open opens a database that the test closes in the end.
func open(tb testing.TB, file string) *sqlstore.Store {
	tb.Helper()
	s, err := sqlstore.Open(context.Background(), file)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = s.Close() })
	return s
}

func file(tb testing.TB) string { return filepath.Join(tb.TempDir(), "a b?c%20#.db") }

// databases are the two kinds, each as a way to an empty one.
var databases = []struct {
	name string
	new  func(testing.TB) string
}{
	{"SQLite", file},
	{"PostgreSQL", pgtest.New},
}

// onBoth runs a test on every kind of database.
func onBoth(t *testing.T, test func(t *testing.T, fresh func(testing.TB) string)) {
	for _, d := range databases {
		t.Run(d.name, func(t *testing.T) { test(t, d.new) })
	}
}

func TestAccounts(t *testing.T) {
	onBoth(t, func(t *testing.T, fresh func(testing.TB) string) {
		accounttest.Store(t, func(t *testing.T) account.Store { return open(t, fresh(t)) })
	})
}

func TestAccountsCached(t *testing.T) {
	accounttest.Store(t, func(t *testing.T) account.Store { return account.NewCached(open(t, file(t)), 2) })
}

func TestReopen(t *testing.T) { onBoth(t, reopen) }

func reopen(t *testing.T, fresh func(testing.TB) string) {
	name := fresh(t)
	s := open(t, name)
	login, token, err := account.Guests{Users: s, Random: rand.Reader, Now: time.Now}.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.End(t.Context(), login.Session.Hash); !errors.Is(err, sqlstore.ErrClosed) {
		t.Errorf("End() on a closed store = %v, want ErrClosed", err)
	}
	hash, err := account.HashToken(token)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := open(t, name).Login(t.Context(), hash); err != nil || got != login {
		t.Errorf("after opening again: %+v, %v; want %+v", got, err, login)
	}
}

func TestCanceled(t *testing.T) {
	s := open(t, file(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Add(ctx, account.User{ID: "x", Name: "x"}, account.Session{User: "x"}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Add() = %v, want nil or Canceled", err)
	}
}

// BenchmarkGuests makes guests as a burst does: from many goroutines.
func BenchmarkGuests(b *testing.B) {
	g := account.Guests{Users: open(b, file(b)), Random: rand.Reader, Now: time.Now}
	var work sync.WaitGroup
	const crowd = 256
	for i := range crowd {
		work.Go(func() {
			for n := i; n < b.N; n += crowd {
				if _, _, err := g.New(context.Background()); err != nil {
					b.Error(err)
				}
			}
		})
	}
	work.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "guests/s")
}

func BenchmarkLogin(b *testing.B) {
	s := open(b, file(b))
	login, _, err := account.Guests{Users: s, Random: rand.Reader, Now: time.Now}.New(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Login(b.Context(), login.Session.Hash); err != nil {
			b.Fatal(err)
		}
	}
}
