package faults

import (
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"testing"
)

// links carry connections from each process of the cluster to those that it
// needs, so that one can be cut off from the rest. What is on its way when the
// cut comes arrives when it is mended, as on a network that loses packets for a
// while.
type links struct {
	mu  sync.Mutex
	all []*link
}

// link is the way from one process to another.
type link struct {
	from, to string
	dial     func() (net.Conn, error)
	listen   net.Listener
	running  sync.WaitGroup

	mu    sync.Mutex
	open  chan struct{} // closed while the link carries
	conns []net.Conn
	ended bool
}

// add opens a link at a port. It ends with the test.
func (l *links) add(t *testing.T, port int, from, to, addr string) {
	t.Helper()
	listen, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	one := &link{from: from, to: to, listen: listen, open: make(chan struct{})}
	one.dial = func() (net.Conn, error) { return net.Dial("tcp", addr) }
	close(one.open)
	one.running.Go(one.serve)
	t.Cleanup(one.end)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, one)
}

// cut stops everything that goes to a process or comes from it.
func (l *links) cut(name string) { l.each(name, (*link).cut) }

// mend lets it go on.
func (l *links) mend(name string) { l.each(name, (*link).mend) }

func (l *links) each(name string, do func(*link)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range l.all {
		if one.from == name || one.to == name {
			do(one)
		}
	}
}

func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.open:
		l.open = make(chan struct{})
	default: // it is cut
	}
}

func (l *link) mend() {
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-l.open:
	default:
		close(l.open)
	}
}

// end closes everything, and returns when nothing runs.
func (l *link) end() {
	l.mu.Lock()
	l.ended = true
	for _, c := range l.conns {
		_ = c.Close()
	}
	l.mu.Unlock()
	l.mend()
	_ = l.listen.Close()
	l.running.Wait()
}

func (l *link) serve() {
	for {
		in, err := l.listen.Accept()
		if err != nil {
			return
		}
		if l.keep(in) {
			l.running.Go(func() { l.carry(in) })
		}
	}
}

// keep remembers a connection, to close it in the end.
func (l *link) keep(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		_ = c.Close()
		return false
	}
	l.conns = append(l.conns, c)
	return true
}

func (l *link) forget(c net.Conn) {
	_ = c.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conns = slices.DeleteFunc(l.conns, func(one net.Conn) bool { return one == c })
}

// carry connects as soon as the link carries, and copies both ways.
func (l *link) carry(in net.Conn) {
	defer l.forget(in)
	l.wait()
	out, err := l.dial()
	if err != nil || !l.keep(out) {
		return
	}
	defer l.forget(out)
	var back sync.WaitGroup
	back.Go(func() { l.copy(in, out) })
	l.copy(out, in)
	back.Wait()
}

// copy carries what one end says until that ends, and then hangs up.
func (l *link) copy(to, from net.Conn) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		l.wait()
		if n > 0 {
			if _, err := to.Write(buf[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = to.Close(), from.Close()
}

// wait returns when the link carries.
func (l *link) wait() {
	l.mu.Lock()
	open := l.open
	l.mu.Unlock()
	<-open
}

// A cut delays what is said, and loses nothing.
func TestLinkDelays(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() {
		for {
			c, err := server.Accept()
			if err != nil {
				return
			}
			go func() { _, _ = io.Copy(c, c); _ = c.Close() }()
		}
	}()
	var l links
	l.add(t, 0, "a", "b", server.Addr().String())
	conn, err := net.Dial("tcp", l.all[0].listen.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	echo := func(word string) {
		t.Helper()
		got := make([]byte, len(word))
		if _, err := io.ReadFull(conn, got); err != nil || string(got) != word {
			t.Fatalf("got %q, %v; want %q", got, err, word)
		}
	}
	say := func(word string) { _, _ = io.WriteString(conn, word) }
	say("before")
	echo("before")
	for _, name := range []string{"a", "b"} {
		l.cut(name)
		l.cut(name) // as two faults at a time do
		say("later")
		select {
		case <-l.all[0].open:
			t.Fatal("the link carries what it should not")
		default:
		}
		l.mend(name)
		echo("later")
	}
}
