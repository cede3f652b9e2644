package acpc_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/acpc"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

var quiet = slog.New(slog.DiscardHandler)

// wire is a client on one end of a pipe, with a dealer on the other.
type wire struct {
	*testing.T
	net.Conn
	in   *bufio.Reader
	done chan error
}

// dial starts a dealer for the first player of a match.
func dial(ctx context.Context, t *testing.T, port acpc.Port, bounds acpc.Bounds) *wire {
	client, server := net.Pipe()
	w := &wire{T: t, Conn: client, in: bufio.NewReader(client), done: make(chan error, 1)}
	go func() { w.done <- acpc.Deal(ctx, server, port, bounds, quiet) }()
	return w
}

func (w *wire) say(lines ...string) {
	w.Helper()
	for _, line := range lines {
		if _, err := io.WriteString(w, line+"\r\n"); err != nil {
			w.Fatal(err)
		}
	}
}

// hear reads a line, and skips comments.
func (w *wire) hear() string {
	w.Helper()
	for {
		line, err := w.in.ReadString('\n')
		if err != nil {
			w.Fatal(err)
		}
		if !strings.HasSuffix(line, "\r\n") {
			w.Errorf("%q does not end in CR LF", line)
		}
		if line[0] != '#' {
			return strings.TrimRight(line, "\r\n")
		}
	}
}

func (w *wire) want(line string) {
	w.Helper()
	if got := w.hear(); got != line {
		w.Fatalf("got %s, want %s", got, line)
	}
}

// heads is a match of two, in whose first hand the first player has the button.
func heads(hands int64) *match {
	s := rules(poker.NoLimit, 1000, 10, 5)
	m := newMatch(s, hands)
	m.deal()
	return m
}

// hole is what the first player was dealt.
func hole(line string) string { return line[strings.LastIndexByte(line, ':')+1:] }

func TestOneHand(t *testing.T) {
	for _, version := range []string{"VERSION:2.0.0", "VERSION:2:0:0", "# hello\r\n\r\n; again\r\nVERSION:2.0.0", "VERSION:3.1.0"} {
		synctest.Test(t, func(t *testing.T) {
			m := heads(1)
			w := dial(t.Context(), t, m.places[0], acpc.Bounds{})
			w.say(version)
			first := w.hear()
			if !strings.HasPrefix(first, "MATCHSTATE:1:1::|") {
				t.Fatalf("got %s", first)
			}
			own := hole(first)
			w.say("# thinking", first+":r30")
			w.want("MATCHSTATE:1:1:r30:" + own)
			if err := m.places[1].Act(t.Context(), 1, poker.Action{Act: poker.Call}); err != nil {
				t.Fatal(err)
			}
			flop := w.hear()
			if !strings.HasPrefix(flop, "MATCHSTATE:1:1:r30c/:"+own+"/") {
				t.Fatalf("got %s", flop)
			}
			if err := m.places[1].Act(t.Context(), 1, poker.Action{Act: poker.Bet, Amount: 40}); err != nil {
				t.Fatal(err)
			}
			bet := w.hear()
			w.say(bet + ":r170") // 30 before, and 140 now
			raised := w.hear()
			if !strings.Contains(raised, ":r30c/r70r170:") {
				t.Fatalf("got %s", raised)
			}
			if err := m.places[1].Act(t.Context(), 1, poker.Action{Act: poker.Fold}); err != nil {
				t.Fatal(err)
			}
			last := w.hear()
			if !strings.Contains(last, ":r30c/r70r170f:|") {
				t.Errorf("the other cards are shown, or the fold is not: %s", last)
			}
			if err := <-w.done; err != nil || m.gone != 1 || m.net[0] != 70 || m.bad != nil {
				t.Errorf("%v, %d gone, net %v, %v", err, m.gone, m.net, m.bad)
			}
		})
	}
}

// What is not legal is mended, and what answers another state is not looked at.
func TestMended(t *testing.T) {
	for _, row := range []struct{ name, answer, want string }{
		{"too small a raise", "r11", "r20"},
		{"too large a raise", "r5000", "r1000"},
		{"a raise without a size", "r", "c"},
		{"nonsense", "dance", "c"},
		{"nothing", "", "c"},
		{"a fraction", "r30.5", "c"},
		{"a call", "c", "c"},
		{"a fold", "f", "f"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				m := heads(2)
				w := dial(ctx, t, m.places[0], acpc.Bounds{})
				w.say("VERSION:2.0.0")
				first := w.hear()
				stale := strings.Replace(first, ":1:1:", ":1:7:", 1)
				w.say(stale+":f", "nonsense", first, first+":"+row.answer)
				if got := w.hear(); !strings.HasPrefix(got, "MATCHSTATE:1:1:"+row.want) {
					t.Errorf("got %s, want %s", got, row.want)
				}
				cancel()
				if err := <-w.done; err != nil {
					t.Error(err)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) { // folding to nothing is checking
		ctx, cancel := context.WithCancel(t.Context())
		m := heads(2)
		w := dial(ctx, t, m.places[1], acpc.Bounds{})
		w.say("VERSION:2.0.0")
		w.hear()
		if err := m.places[0].Act(ctx, 1, poker.Action{Act: poker.Call}); err != nil {
			t.Fatal(err)
		}
		w.say(w.hear() + ":f")
		if got := w.hear(); !strings.HasPrefix(got, "MATCHSTATE:0:1:cc/:") {
			t.Errorf("got %s", got)
		}
		cancel()
		if err := <-w.done; err != nil {
			t.Error(err)
		}
	})
}

// When the time at the table runs out, the table decides, and an answer to what
// was is not looked at.
func TestTheTableDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		m := heads(2)
		w := dial(ctx, t, m.places[0], acpc.Bounds{})
		w.say("VERSION:2.0.0")
		first := w.hear()
		time.Sleep(time.Hour)
		m.mu.Lock()
		err := m.decide(m.pos(0), poker.Action{Act: poker.Fold})
		m.mu.Unlock()
		if err != nil {
			t.Fatal(err)
		}
		if end := w.hear(); !strings.HasPrefix(end, "MATCHSTATE:1:1:f:") {
			t.Errorf("got %s", end)
		}
		second := w.hear() // the next hand has begun
		w.say(first + ":r30")
		synctest.Wait()
		if !strings.HasPrefix(second, "MATCHSTATE:0:2::") || m.number != 2 || m.hand.ToAct() != m.pos(1) {
			t.Errorf("got %s in hand %d", second, m.number)
		}
		cancel()
		if err := <-w.done; err != nil {
			t.Error(err)
		}
	})
}

// refusing is a table that has decided meanwhile.
type refusing struct {
	*place
	err error
}

func (r refusing) Act(context.Context, int64, poker.Action) error { return r.err }

func TestRefused(t *testing.T) {
	for _, row := range []struct{ err, want error }{
		{fmt.Errorf("%w: too late", game.ErrIllegal), nil},
		{errors.New("the table is gone"), errors.New("the table is gone")},
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			w := dial(ctx, t, refusing{heads(1).places[0], row.err}, acpc.Bounds{})
			w.say("VERSION:2.0.0")
			w.say(w.hear() + ":c")
			synctest.Wait()
			cancel()
			if err := <-w.done; (err != nil) != (row.want != nil) {
				t.Errorf("got %v, want %v", err, row.want)
			}
		})
	}
}

// Who does not keep to the protocol is sent away, and the seat is given up.
func TestBadClients(t *testing.T) {
	for _, row := range []struct {
		name  string
		do    func(w *wire)
		fault bool
	}{
		{"no version", func(w *wire) { time.Sleep(time.Minute + time.Second) }, true},
		{"another protocol", func(w *wire) { w.say("GET / HTTP/1.1"); w.hearAll() }, true},
		{"only comments", func(w *wire) { w.flood("#") }, true},
		{"a line too long", func(w *wire) { io.WriteString(w, strings.Repeat("x", 20000)) }, true},
		{"a line too long later", func(w *wire) { w.say("VERSION:2.0.0"); w.hear(); io.WriteString(w, strings.Repeat("x", 20000)) }, true},
		{"chatter", func(w *wire) { w.say("VERSION:2.0.0"); w.hear(); w.flood("MATCHSTATE:0:0::|:c") }, true},
		{"does not read", func(w *wire) { w.say("VERSION:2.0.0"); time.Sleep(11 * time.Second) }, true},
		{"goes at once", func(w *wire) { w.Close() }, false},
		{"goes in the hand", func(w *wire) { w.say("VERSION:2.0.0"); w.hear(); w.Close() }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := heads(1)
				w := dial(t.Context(), t, m.places[0], acpc.Bounds{Useless: 50})
				row.do(w)
				if err := <-w.done; (err != nil) != row.fault || m.gone != 1 {
					t.Errorf("got %v, %d gone", err, m.gone)
				}
			})
		})
	}
}

// flood says the same until nobody listens.
func (w *wire) flood(line string) {
	for range 1000 {
		if _, err := io.WriteString(w, line+"\r\n"); err != nil {
			return
		}
	}
	w.Error("everything was taken")
}

func (w *wire) hearAll() {
	if _, err := io.Copy(io.Discard, w); err != nil {
		w.Error(err)
	}
}

// How often the board is dealt is answered for the client.
func TestRunsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := rules(poker.NoLimit, 1000, 10, 5)
		s.Runs = 2
		m := newMatch(s, 1)
		m.deal()
		w := dial(t.Context(), t, m.places[0], acpc.Bounds{})
		w.say("VERSION:2.0.0")
		w.say(w.hear() + ":r1000")
		w.hear()
		if err := m.places[1].Act(t.Context(), 1, poker.Action{Act: poker.Call}); err != nil {
			t.Fatal(err)
		}
		w.hear()
		if end := w.hear(); strings.Count(end, "/") != 6 || strings.Contains(end, "|/") {
			t.Errorf("got %s", end)
		}
		if err := <-w.done; err != nil || m.bad != nil {
			t.Errorf("%v, %v", err, m.bad)
		}
	})
}
