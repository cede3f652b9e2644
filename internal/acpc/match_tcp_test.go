package acpc_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"testing"

	"kibitz/internal/acpc"
	"kibitz/internal/poker"
)

// bot plays by its state alone: it calls, raises and folds by turns, and sends
// stale and illegal lines now and then.
func bot(addr, version string, seed int) (states int, err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, version+"\r\n"); err != nil {
		return 0, err
	}
	in := bufio.NewScanner(conn)
	for in.Scan() {
		line := in.Text()
		if line[0] == '#' {
			continue
		}
		if _, err := acpc.ParseState(line); err != nil {
			return states, err
		}
		states++
		answer := []string{"c", "c", "r40", "f", "r999999", "c", "r", "r1", "c"}[(states*7+seed)%9]
		if _, err := io.WriteString(conn, line+"9:c\r\n"+line+":"+answer+"\r\n"); err != nil {
			return states, nil // the match is over
		}
	}
	return states, nil
}

// Programs play a match over loopback, and every chip is somewhere.
func TestMatchOverTCP(t *testing.T) {
	for _, row := range []struct {
		structure poker.Structure
		blinds    []poker.Chips
	}{{poker.NoLimit, []poker.Chips{10, 5}}, {poker.NoLimit, []poker.Chips{5, 10, 0, 0}}, {poker.FixedLimit, []poker.Chips{5, 10, 0}}} {
		players := len(row.blinds)
		m := newMatch(rules(row.structure, 1000, row.blinds...), 60)
		m.deal()
		addr, stop := listen(t, m, players)
		var bots sync.WaitGroup
		for i := range players {
			bots.Go(func() {
				states, err := bot(addr, []string{"VERSION:2.0.0", "VERSION:2:0:0"}[i%2], i)
				if err != nil || states < 120 {
					t.Errorf("bot %d: %d states, %v", i, states, err)
				}
			})
		}
		bots.Wait()
		stop()
		var sum poker.Chips
		for _, n := range m.net {
			sum += n
		}
		if m.bad != nil || sum != 0 || m.number != 61 || m.gone != players {
			t.Errorf("%v; net %v after %d hands, %d gone", m.bad, m.net, m.number-1, m.gone)
		}
	}
}

// listen serves a match, one seat to each client that comes.
func listen(t *testing.T, m *match, most int) (addr string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	next := 0
	s := acpc.Server{MaxClients: most, Log: quiet, Sit: func(context.Context, net.Addr) (acpc.Port, error) {
		mu.Lock()
		defer mu.Unlock()
		if next == len(m.places) {
			return nil, errors.New("every seat\r\nis taken")
		}
		next++
		return m.places[next-1], nil
	}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	return l.Addr().String(), func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// No more clients are taken than there may be, and they are told why.
func TestServerIsBounded(t *testing.T) {
	m := heads(1)
	addr, stop := listen(t, m, 2)
	defer stop()
	var first [2]net.Conn
	for i := range first {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		first[i] = conn
		if _, err := io.WriteString(conn, "VERSION:2.0.0\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil { // seated
			t.Fatal(err)
		}
	}
	if got := told(t, addr); got != "# all seats for programs are taken; come back later\r\n" {
		t.Errorf("got %q", got)
	}
	m2 := heads(1)
	addr, stop2 := listen(t, m2, 5)
	defer stop2()
	for range 2 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "VERSION:2.0.0\r\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if got := told(t, addr); got != "# every seat  is taken\r\n" {
		t.Errorf("got %q", got)
	}
}

// told returns all that a client is told.
func told(t *testing.T, addr string) string {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	text, err := io.ReadAll(conn)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
