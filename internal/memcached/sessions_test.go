package memcached_test

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/account/accounttest"
	"kibitz/internal/inmem"
	"kibitz/internal/memcached"
	"kibitz/internal/memcached/memcachedtest"
)

// mustCache returns a cache that is empty, whatever its servers hold.
func mustCache(tb testing.TB, servers ...*memcachedtest.Server) *memcached.Cache {
	tb.Helper()
	cfg := memcached.Config{
		// Long enough for a busy machine: an answer is not to be missed here.
		Timeout: 2 * time.Second, Pause: 20 * time.Millisecond,
		Prefix: rand.Text() + ":", Log: slog.New(slog.DiscardHandler),
	}
	return mustConfigure(tb, cfg, servers...)
}

func mustConfigure(tb testing.TB, cfg memcached.Config, servers ...*memcachedtest.Server) *memcached.Cache {
	tb.Helper()
	for _, s := range servers {
		cfg.Servers = append(cfg.Servers, s.Addr)
	}
	c, err := memcached.New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = c.Close() })
	return c
}

// TestStore runs the contract of a store with servers that work, and with
// servers that do not.
func TestStore(t *testing.T) {
	a, b := memcachedtest.Start(t), memcachedtest.Start(t)
	dead, frozen := memcachedtest.Start(t), memcachedtest.Start(t)
	dead.Kill()
	frozen.Freeze()
	defer frozen.Thaw()
	for name, servers := range map[string][]*memcachedtest.Server{
		"one": {a}, "two": {a, b}, "one is dead": {a, dead}, "all are dead": {dead},
	} {
		t.Run(name, func(t *testing.T) {
			accounttest.Store(t, func(t *testing.T) account.Store {
				return memcached.NewSessions(inmem.NewAccounts(), mustCache(t, servers...))
			})
		})
	}
	t.Run("one is frozen", func(t *testing.T) {
		accounttest.Store(t, func(t *testing.T) account.Store {
			return memcached.NewSessions(inmem.NewAccounts(), mustConfigure(t, memcached.Config{Prefix: rand.Text() + ":", Log: slog.New(slog.DiscardHandler)}, a, frozen))
		})
	})
}

// counting is a store that counts what it is asked, and may be down.
type counting struct {
	account.Store
	logins atomic.Int64
	down   atomic.Bool
	// during is called while a login is read.
	during func()
}

var errDown = errors.New("the database is down")

func (c *counting) Login(ctx context.Context, hash account.TokenHash) (account.Login, error) {
	c.logins.Add(1)
	if c.down.Load() {
		return account.Login{}, errDown
	}
	l, err := c.Store.Login(ctx, hash)
	if c.during != nil {
		c.during()
	}
	return l, err
}

const anna = account.ID("A1b2C3d4E5f6")

func session(n byte) account.Session {
	at := time.UnixMilli(1_700_000_000_000).UTC()
	return account.Session{Hash: account.TokenHash{n, 1}, User: anna, Created: at, Seen: at}
}

// people is a store with Anna, who has the sessions 1 and 2.
func people(t *testing.T) *counting {
	t.Helper()
	s := inmem.NewAccounts()
	u := account.User{ID: anna, Name: "Anna", Created: session(1).Created}
	if err := s.Add(t.Context(), u, session(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.Open(t.Context(), session(2)); err != nil {
		t.Fatal(err)
	}
	return &counting{Store: s}
}

func wantLogin(t *testing.T, what string, s account.Store, n byte, want error) account.Login {
	t.Helper()
	l, err := s.Login(t.Context(), session(n).Hash)
	if !errors.Is(err, want) {
		t.Errorf("%s: got %v, want %v", what, err, want)
	}
	return l
}

// Two nodes share what one of them has read.
func TestSharedBetweenNodes(t *testing.T) {
	c := mustCache(t, memcachedtest.Start(t), memcachedtest.Start(t))
	db := people(t)
	first, second := memcached.NewSessions(db, c), memcached.NewSessions(db, c)
	wantLogin(t, "cold", first, 1, nil)
	for range 3 {
		wantLogin(t, "warm", first, 1, nil)
		wantLogin(t, "warm at the other node", second, 1, nil)
	}
	if got := db.logins.Load(); got != 1 {
		t.Errorf("the database was asked %d times, want 1", got)
	}
	db.down.Store(true)
	wantLogin(t, "without the database", second, 1, nil)
	wantLogin(t, "without the database, unknown", second, 2, errDown)
	db.down.Store(false)
	if err := second.End(t.Context(), session(1).Hash); err != nil {
		t.Fatal(err)
	}
	wantLogin(t, "ended by the other", first, 1, account.ErrNotSignedIn)
	wantLogin(t, "the other session", first, 2, nil)
	if err := first.Change(t.Context(), anna, func(a *account.Account) error { a.Role = account.RoleAdmin; return nil }); err != nil {
		t.Fatal(err)
	}
	if l := wantLogin(t, "changed by the other", second, 2, nil); l.User.Role != account.RoleAdmin {
		t.Errorf("got role %q, want the new one", l.User.Role)
	}
}

// What was read before the end of a session is not kept after it.
func TestEndDuringLogin(t *testing.T) {
	c := mustCache(t, memcachedtest.Start(t))
	db := people(t)
	reader, other := memcached.NewSessions(db, c), memcached.NewSessions(db, c)
	db.during = func() {
		db.during = nil
		if err := other.End(t.Context(), session(1).Hash); err != nil {
			t.Error(err)
		}
	}
	wantLogin(t, "under way", reader, 1, nil)
	wantLogin(t, "after the end", reader, 1, account.ErrNotSignedIn)
	wantLogin(t, "after the end, at the other node", other, 1, account.ErrNotSignedIn)
}

// A server that could not be told brings nothing back: not to who ended the
// session, and not to others when they have asked for news.
func TestEndWhileServerIsFrozen(t *testing.T) {
	server := memcachedtest.Start(t)
	cfg := memcached.Config{Pause: 10 * time.Millisecond, Prefix: rand.Text() + ":", Log: slog.New(slog.DiscardHandler)}
	c, reachable := mustConfigure(t, cfg, server), mustConfigure(t, cfg, server)
	db := people(t)
	here, there := memcached.NewSessions(db, c), memcached.NewSessions(db, reachable)
	for range 3 { // a busy machine may miss the time limit
		wantLogin(t, "cold", there, 1, nil)
		wantLogin(t, "cold", there, 2, nil)
	}
	server.Freeze()
	if err := here.End(t.Context(), session(1).Hash); err != nil {
		t.Fatal(err)
	}
	if _, err := here.EndOthers(t.Context(), anna, account.TokenHash{}); err != nil {
		t.Fatal(err)
	}
	wantLogin(t, "while the server is frozen", here, 1, account.ErrNotSignedIn)
	server.Thaw()
	awaitUp(t, c)
	wantLogin(t, "when it is back", here, 1, account.ErrNotSignedIn)
	for _, s := range []*memcached.Sessions{here, there} {
		if _, _, err := s.Changed(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
	}
	awaitUp(t, reachable)
	wantLogin(t, "at the other node", there, 2, account.ErrNotSignedIn)
	wantLogin(t, "at the other node", there, 1, account.ErrNotSignedIn)
}

// awaitUp returns when no server is down.
func awaitUp(t *testing.T, c *memcached.Cache) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		down := 0
		for _, s := range c.States() {
			if s.Down {
				down++
			}
		}
		if down == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("still down: %+v", c.States())
		}
	}
}

// After two failures a server that does not answer is asked nothing, and when
// it answers it is asked again.
func TestBreaker(t *testing.T) {
	for name, fault := range map[string]struct{ begin, end func(*memcachedtest.Server) }{
		"frozen": {(*memcachedtest.Server).Freeze, (*memcachedtest.Server).Thaw},
		"killed": {(*memcachedtest.Server).Kill, func(s *memcachedtest.Server) { s.Start(t) }},
	} {
		server := memcachedtest.Start(t)
		c := mustConfigure(t, memcached.Config{
			Timeout: 5 * time.Millisecond, Pause: 10 * time.Millisecond, Log: slog.New(slog.DiscardHandler), Prefix: rand.Text() + ":",
		}, server)
		db := people(t)
		s := memcached.NewSessions(db, c)
		fault.begin(server)
		for range 200 {
			wantLogin(t, name, s, 1, nil)
		}
		if st := c.States()[0]; !st.Down || st.Failures > 4 {
			t.Errorf("%s: got %+v, want few failures", name, st)
		}
		if got := db.logins.Load(); got != 200 {
			t.Errorf("%s: the database was asked %d times, want 200", name, got)
		}
		fault.end(server)
		awaitUp(t, c)
		before := db.logins.Load()
		for range 1000 {
			if wantLogin(t, name, s, 1, nil); db.logins.Load()-before > 900 {
				t.Fatalf("%s: the server is back, and not used: %+v", name, c.States())
			}
		}
	}
}

func TestConfig(t *testing.T) {
	for name, cfg := range map[string]memcached.Config{
		"no server": {}, "no port": {Servers: []string{"localhost"}}, "no host": {Servers: []string{":11211"}},
		"a prefix with a space": {Servers: []string{"localhost:1"}, Prefix: "a b"},
	} {
		if c, err := memcached.New(cfg); err == nil {
			_ = c.Close()
			t.Errorf("%s: got no error", name)
		}
	}
}
