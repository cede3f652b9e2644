package sqlstore_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/sqlstore"
	"kibitz/internal/sqlstore/pgtest"
)

// link is a way to a PostgreSQL server that can be cut, or carry nothing.
type link struct {
	to       string // a folder with the server's socket, or host:port
	listener net.Listener
	mu       sync.Mutex
	conns    []net.Conn
	frozen   chan struct{} // is closed when it carries again
	cut      bool
}

// newLink returns a link, and the URL of a database over it.
func newLink(t *testing.T, dsn string) (*link, string) {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	l := &link{to: u.Host}
	if folder := q.Get("host"); folder != "" {
		port := q.Get("port")
		if port == "" {
			port = "5432"
		}
		l.to = folder
		if strings.HasPrefix(folder, "/") {
			l.to += "/.s.PGSQL." + port
		}
	}
	if l.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	q.Del("host")
	q.Del("port")
	q.Set("sslmode", "disable")
	u.Host, u.RawQuery = l.listener.Addr().String(), q.Encode()
	go l.accept()
	t.Cleanup(func() { _ = l.listener.Close(); l.thaw(); l.drop() })
	return l, u.String()
}

func (l *link) accept() {
	for {
		near, err := l.listener.Accept()
		if err != nil {
			return
		}
		l.mu.Lock()
		refused := l.cut
		l.mu.Unlock()
		kind := "tcp"
		if strings.HasPrefix(l.to, "/") {
			kind = "unix"
		}
		far, err := net.Dial(kind, l.to)
		if err != nil || refused {
			_ = near.Close()
			continue
		}
		l.mu.Lock()
		l.conns = append(l.conns, near, far)
		l.mu.Unlock()
		go l.carry(near, far)
		go l.carry(far, near)
	}
}

// carry copies until the link is cut, and holds what it has while it is frozen.
func (l *link) carry(to, from net.Conn) {
	defer func() { _ = to.Close() }()
	b := make([]byte, 32<<10)
	for {
		n, err := from.Read(b)
		l.mu.Lock()
		frozen := l.frozen
		l.mu.Unlock()
		if frozen != nil {
			<-frozen
		}
		if _, werr := to.Write(b[:n]); err != nil || werr != nil && !errors.Is(werr, io.ErrShortWrite) {
			return
		}
	}
}

func (l *link) freeze() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = make(chan struct{})
}

func (l *link) thaw() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.frozen != nil {
		close(l.frozen)
		l.frozen = nil
	}
}

// drop closes what is open, and refuses what comes until mend.
func (l *link) drop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = true
	for _, c := range l.conns {
		_ = c.Close()
	}
	l.conns = nil
}

func (l *link) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = false
}

// TestAway cuts and freezes the way to the database: whoever asks hears that it
// is away, within the time that they have, and is answered when it is back.
func TestAway(t *testing.T) {
	way, dsn := newLink(t, pgtest.New(t))
	s, err := sqlstore.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	ask := func() error {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := s.Named(ctx, "nobody")
		return err
	}
	known := func(when string) {
		t.Helper()
		for end := time.Now().Add(time.Minute); ; {
			if err = ask(); errors.Is(err, account.ErrUnknown) || time.Now().After(end) {
				break
			}
		}
		if !errors.Is(err, account.ErrUnknown) || s.Pool().Away {
			t.Fatalf("%s: %v, away: %v, want an answer", when, err, s.Pool().Away)
		}
	}
	known("before")
	for _, fault := range []struct {
		name       string
		fail, mend func()
	}{
		{"cut", way.drop, way.mend},
		{"frozen", way.freeze, way.thaw},
	} {
		fault.fail()
		if err := ask(); !errors.Is(err, account.ErrAway) && !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v, want account.ErrAway, or that it took too long", fault.name, err)
		}
		for range 2 {
			if err := ask(); !errors.Is(err, account.ErrAway) {
				t.Errorf("%s: %v, want account.ErrAway", fault.name, err)
			}
		}
		if !s.Pool().Away {
			t.Errorf("%s: nobody noticed", fault.name)
		}
		fault.mend()
		known("after " + fault.name)
	}
}
