package relay_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/inmem"
	"kibitz/internal/relay"
)

// end keeps what comes.
type end struct {
	mu     sync.Mutex
	frames []string
	broken int
	seen   time.Time
}

func (e *end) Receive(frame []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.frames = append(e.frames, string(frame))
}

func (e *end) Broken(seen time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken++
	e.seen = seen
}

func (e *end) got() (frames []string, broken int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.frames), e.broken
}

// lossy is a bus that loses what a test says.
type lossy struct {
	cluster.Bus
	mu   sync.Mutex
	lose func(data string) bool
}

func (l *lossy) Publish(subject string, data []byte) error {
	l.mu.Lock()
	lost := l.lose != nil && l.lose(string(data))
	l.mu.Unlock()
	if lost {
		return nil
	}
	return l.Bus.Publish(subject, data)
}

func (l *lossy) losing(which func(string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lose = which
}

// lastOfB is the last sign of life of node b, when it is dead.
var lastOfB = time.UnixMilli(1_700_000_000_000)

// pair is two nodes; b accepts lines and answers.
type pair struct {
	a, b *relay.Relay
	bus  *lossy
	// line is the one that was dialed last, far its end at b, and farLine what b
	// has of it.
	line    *relay.Line
	far     *end
	farLine *relay.Line
	greeted string
	deadB   atomic.Bool
}

var errNo = errors.New("no")

func newPair(t *testing.T) *pair {
	t.Helper()
	p := &pair{bus: &lossy{Bus: &inmem.Bus{}}, far: &end{}}
	var err error
	p.a, err = relay.New(relay.Config{Bus: p.bus, Self: "a", Dead: func(cluster.NodeID) (time.Time, bool) { return lastOfB, p.deadB.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	p.b, err = relay.New(relay.Config{
		Bus: p.bus, Self: "b", Dead: func(cluster.NodeID) (time.Time, bool) { return time.Time{}, false },
		Accept: func(greeting []byte, l *relay.Line) relay.Receiver {
			if string(greeting) == "nobody" {
				return nil
			}
			p.greeted, p.farLine = string(greeting), l
			return p.far
		},
		Answers: map[string]relay.Answer{
			"upper":  func(_ context.Context, q []byte) ([]byte, error) { return []byte(strings.ToUpper(string(q))), nil },
			"refuse": func(context.Context, []byte) ([]byte, error) { return nil, errNo },
			"never":  func(ctx context.Context, _ []byte) ([]byte, error) { <-ctx.Done(); return nil, ctx.Err() },
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { p.a.Run(ctx) })
	running.Go(func() { p.b.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	synctest.Wait()
	return p
}

func (p *pair) dial(t *testing.T, e *end) *relay.Line {
	t.Helper()
	l, err := p.a.Dial("b", []byte("hello"), e)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	return l
}

func wantEnd(t *testing.T, who string, e *end, broken int, frames ...string) {
	t.Helper()
	if got, n := e.got(); !slices.Equal(got, frames) || n != broken {
		t.Errorf("%s got %q and was broken %d times, want %q and %d", who, got, n, frames, broken)
	}
}

func TestLineCarriesBothWays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, near := newPair(t), &end{}
		l := p.dial(t, near)
		for i := range 3 {
			if err := l.Send(fmt.Appendf(nil, "up %d\n", i)); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if err := p.farLine.Send([]byte("down")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute) // and pulses find nothing wrong
		synctest.Wait()
		if p.greeted != "hello" {
			t.Errorf("greeted with %q", p.greeted)
		}
		wantEnd(t, "the far end", p.far, 0, "up 0\n", "up 1\n", "up 2\n")
		wantEnd(t, "the near end", near, 0, "down")
		l.Close()
		synctest.Wait()
		wantEnd(t, "the near end", near, 0, "down")
		wantEnd(t, "the far end", p.far, 1, "up 0\n", "up 1\n", "up 2\n")
		if err := l.Send(nil); !errors.Is(err, relay.ErrBroken) {
			t.Errorf("Send() = %v, want %v", err, relay.ErrBroken)
		}
	})
}

func TestLineBreaks(t *testing.T) {
	rows := []struct {
		name string
		do   func(p *pair, l *relay.Line)
		// nearFrames came before.
		far []string
	}{
		{"a frame is lost", func(p *pair, l *relay.Line) {
			p.bus.losing(func(m string) bool { return strings.HasSuffix(m, "\nlost") })
			_ = l.Send([]byte("lost"))
			_ = l.Send([]byte("next"))
		}, nil},
		{"the last frame is lost", func(p *pair, l *relay.Line) {
			p.bus.losing(func(m string) bool { return strings.HasSuffix(m, "\nlost") })
			_ = l.Send([]byte("first"))
			_ = l.Send([]byte("lost"))
			time.Sleep(10 * time.Second)
		}, []string{"first"}},
		{"the end of the line is lost", func(p *pair, l *relay.Line) {
			p.bus.losing(func(m string) bool { return strings.Contains(m, " c- ") })
			p.farLine.Close()
			p.bus.losing(nil)
			p.far.Broken(time.Time{}) // closing tells only the other end
			_ = l.Send([]byte("anybody there?"))
		}, nil},
		{"the other node is dead", func(p *pair, _ *relay.Line) {
			p.deadB.Store(true)
			time.Sleep(2 * time.Second)
		}, nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, near := newPair(t), &end{}
				l := p.dial(t, near)
				row.do(p, l)
				synctest.Wait()
				wantEnd(t, "the near end", near, 1)
				wantEnd(t, "the far end", p.far, 1, row.far...)
			})
		})
	}
}

// Only who loses a line, and has not closed it, hears when it was whole.
func TestLineTellsOfLoss(t *testing.T) {
	for _, row := range []struct {
		name string
		do   func(p *pair)
		// want is when the line was whole; or, that it was at its beginning, and for
		// so long at most.
		want time.Time
		most time.Duration
	}{
		{"dead", func(p *pair) { p.deadB.Store(true) }, lastOfB, 0},
		{"closed", func(p *pair) { p.farLine.Close() }, time.Time{}, 0},
		{"the node there is cut off", func(p *pair) { p.b.Lose(lastOfB) }, time.Time{}, time.Second},
		{"a frame is lost on its way here", func(p *pair) {
			_ = p.farLine.Send([]byte("first"))
			time.Sleep(2 * time.Second)
			p.bus.losing(func(m string) bool { return strings.HasSuffix(m, "\nlost") })
			_ = p.farLine.Send([]byte("lost"))
			_ = p.farLine.Send([]byte("next"))
		}, time.Time{}, time.Second},
		{"a frame is lost on its way there", func(p *pair) {
			p.bus.losing(func(m string) bool { return strings.HasSuffix(m, "\nlost") })
			_ = p.line.Send([]byte("lost"))
			time.Sleep(6 * time.Second) // until its pulse
		}, time.Time{}, 5 * time.Second},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, near := newPair(t), &end{}
				p.line = p.dial(t, near)
				begun := time.Now()
				time.Sleep(time.Second)
				row.do(p)
				time.Sleep(time.Second)
				synctest.Wait()
				if near.broken != 1 {
					t.Errorf("broken %d times", near.broken)
				}
				if row.most == 0 && !near.seen.Equal(row.want) {
					t.Errorf("seen %v, want %v", near.seen, row.want)
				}
				if whole := near.seen.Sub(begun); row.most > 0 && (whole < 0 || whole > row.most) {
					t.Errorf("it was whole for %v, want 0 to %v", whole, row.most)
				}
			})
		})
	}
}

func TestLineRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, near := newPair(t), &end{}
		if _, err := p.a.Dial("b", []byte("nobody"), near); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		wantEnd(t, "the near end", near, 1)
	})
}

func TestAsk(t *testing.T) {
	rows := []struct {
		name, node, what string
		want             string
		err              error
	}{
		{"an answer", "b", "upper", "AB\nC", nil},
		{"a refusal", "b", "refuse", "", relay.Refusal("no")},
		{"nothing of that name", "b", "what?", "", relay.Refusal("this node does not answer that")},
		{"too late", "b", "never", "", relay.ErrNoAnswer},
		{"nobody there", "c", "upper", "", relay.ErrNoAnswer},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPair(t)
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				got, err := p.a.Ask(ctx, cluster.NodeID(row.node), row.what, []byte("ab\nc"))
				if string(got) != row.want || !errors.Is(err, row.err) {
					t.Errorf("Ask() = %q, %v, want %q, %v", got, err, row.want, row.err)
				}
			})
		})
	}
}
