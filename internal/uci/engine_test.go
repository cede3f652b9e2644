package uci

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const initial = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"

var (
	anywhere = Position{FEN: initial}
	anyhow   = Limits{Depth: 1}
)

// patient are the options for a fake engine that will answer, and hasty those
// for one that will not.
func patient(fault string, args ...string) Options {
	return Options{
		Args:      append([]string{"fake-engine", fault}, args...),
		Handshake: time.Minute, Patience: time.Minute, Grace: time.Minute,
	}
}

func hasty(fault string) Options {
	o := patient(fault)
	o.Patience, o.Grace = 50*time.Millisecond, 50*time.Millisecond
	return o
}

func self(tb testing.TB) string {
	tb.Helper()
	path, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

func openFake(tb testing.TB, o Options) *Engine {
	tb.Helper()
	e, err := Open(tb.Context(), self(tb), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

func TestOpenRefusesWhatIsNoEngine(t *testing.T) {
	mute := patient("mute")
	mute.Handshake = 50 * time.Millisecond
	rows := []struct {
		name, path string
		options    Options
		want       string
	}{
		{"no file", filepath.Join(t.TempDir(), "nothing"), Options{}, "no such file"},
		{"a program that ends", self(t), patient("ends at once"), "exit status 3"},
		{"a program that says nothing", self(t), mute, "does not answer"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			e, err := Open(t.Context(), row.path, row.options)
			if e != nil || !errors.Is(err, ErrEngine) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want an error with %q", err, row.want)
			}
		})
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := Open(ctx, self(t), patient("mute")); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrEngine) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestBrokenEngines(t *testing.T) {
	rows := []struct {
		fault   string
		options Options
		want    string // of the error, or
		best    string
	}{
		{"none", patient("none"), "", "e2e4"},
		{"dies", patient("dies"), "exit status 4", ""},
		{"hangs", hasty("hangs"), "does not answer", ""},
		{"ignores stop", hasty("ignores stop"), "does not answer", ""},
		{"talks nonsense", patient("talks nonsense"), "best move", ""},
		{"one long line", patient("one long line"), "a line of more", ""},
		{"megabytes", patient("megabytes"), "more than", ""},
		{"closes its mouth", patient("closes its mouth"), "ended its output", ""},
		{"babbles", patient("babbles"), "", "e2e4"},
		{"stubborn", hasty("stubborn"), "", "e2e4"},
		{"snoops", patient("snoops"), "", "e2e4"},
	}
	t.Setenv("KIBITZ_TEST_SECRET", "x")
	for _, row := range rows {
		t.Run(row.fault, func(t *testing.T) {
			e := openFake(t, row.options)
			r, err := e.Go(t.Context(), anywhere, anyhow)
			if row.want == "" {
				if err != nil || r.Best != row.best {
					t.Errorf("got %q and %v, want %q", r.Best, err, row.best)
				}
				return
			}
			if !errors.Is(err, ErrEngine) || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want an error with %q", err, row.want)
			}
			if e.proc != nil {
				t.Error("its process was not given up")
			}
		})
	}
}

// TestDeafEngine does not read, so that the pipe to it is full at some time.
func TestDeafEngine(t *testing.T) {
	o := hasty("deaf")
	e := openFake(t, o)
	e.opts.Handshake = 50 * time.Millisecond
	long := Position{FEN: initial, Moves: make([]string, maxMoves)}
	for i := range long.Moves {
		long.Moves[i] = "e7e8q"
	}
	if _, err := e.Go(t.Context(), long, anyhow); !errors.Is(err, ErrEngine) {
		t.Errorf("got %v, want a failure of the engine", err)
	}
}

func TestReply(t *testing.T) {
	r, err := openFake(t, patient("none")).Go(t.Context(), anywhere, anyhow)
	if err != nil {
		t.Fatal(err)
	}
	if r.Ponder != "e7e5" || r.Info.Depth != 3 || r.Info.Nodes != 7 || r.Info.Score.Centipawns != 12 || len(r.Info.PV) != 2 {
		t.Errorf("got %+v", r)
	}
}

// TestSearchWithoutEndIsStopped: what the engine says then is good.
func TestSearchWithoutEndIsStopped(t *testing.T) {
	o := patient("thinks for ever")
	o.Patience = 20 * time.Millisecond
	e := openFake(t, o)
	for range 2 {
		r, err := e.Go(t.Context(), anywhere, anyhow)
		if err != nil || r.Best != "d2d4" || r.Info.Score.Centipawns != 5 {
			t.Errorf("got %+v and %v, want d2d4", r, err)
		}
	}
}

func TestSearchStopsWithItsContext(t *testing.T) {
	e := openFake(t, patient("thinks for ever"))
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := e.Go(ctx, anywhere, anyhow); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrEngine) {
		t.Errorf("got %v, want the context's error", err)
	}
	if e.proc == nil {
		t.Error("an engine that obeyed was killed")
	}
}

// TestAnswersStayInStep: a second answer to one search is none to the next.
func TestAnswersStayInStep(t *testing.T) {
	e := openFake(t, patient("says it twice"))
	for i := range 3 {
		if r, err := e.Go(t.Context(), anywhere, anyhow); err != nil || r.Best != "a2a3" {
			t.Errorf("search %d: got %q and %v, want a2a3", i+1, r.Best, err)
		}
	}
}

func TestFailedEngineIsLeftAloneAndStartedAgain(t *testing.T) {
	now := time.Now()
	e := openFake(t, patient("dies once", filepath.Join(t.TempDir(), "died")))
	e.now = func() time.Time { return now }
	if _, err := e.Go(t.Context(), anywhere, anyhow); !errors.Is(err, ErrEngine) || errors.Is(err, ErrDown) {
		t.Fatalf("got %v, want the engine to die", err)
	}
	if _, err := e.Go(t.Context(), anywhere, anyhow); !errors.Is(err, ErrDown) || !errors.Is(err, ErrEngine) || !strings.Contains(err.Error(), "exit status 6") {
		t.Errorf("got %v, want it to be left alone, and why", err)
	}
	now = now.Add(time.Second)
	if r, err := e.Go(t.Context(), anywhere, anyhow); err != nil || r.Best != "b1c3" {
		t.Errorf("got %q and %v, want a new process to play", r.Best, err)
	}
}

func TestBackoffGrows(t *testing.T) {
	now := time.Now()
	e := openFake(t, patient("dies"))
	e.now = func() time.Time { return now }
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		if _, err := e.Go(t.Context(), anywhere, anyhow); !errors.Is(err, ErrEngine) {
			t.Fatal(err)
		}
		if got := e.retryAt.Sub(now); got != want*time.Second {
			t.Errorf("after %d failures: left alone for %v, want %v", i+1, got, want*time.Second)
		}
		now = e.retryAt
	}
}

func TestCallersMistakesDoNotReachTheEngine(t *testing.T) {
	e := openFake(t, patient("none"))
	options := func(name, value string) Limits {
		return Limits{Depth: 1, Options: map[string]string{name: value}}
	}
	rows := []struct {
		name     string
		position Position
		limits   Limits
		want     error
	}{
		{"a command in the FEN", Position{FEN: "8/8\nquit"}, anyhow, ErrSearch},
		{"a long FEN", Position{FEN: strings.Repeat("8", 1000)}, anyhow, ErrSearch},
		{"a command in a move", Position{FEN: initial, Moves: []string{"e2e4\n"}}, anyhow, ErrSearch},
		{"no move", Position{FEN: initial, Moves: []string{"e2e9"}}, anyhow, ErrSearch},
		{"too many moves", Position{FEN: initial, Moves: make([]string, maxMoves+1)}, anyhow, ErrSearch},
		{"no limits", anywhere, Limits{}, ErrSearch},
		{"negative", anywhere, Limits{Nodes: 5, Depth: -1}, ErrSearch},
		{"no such choice", anywhere, options("Style", "Bold"), ErrOption},
		{"a choice of two words", anywhere, options("Style", "Very Risky"), nil},
		{"a button", anywhere, options("Clear", ""), nil},
		{"a text", anywhere, options("Book File", "a b.bin"), nil},
		{"two lines of text", anywhere, options("Book File", "a\nquit"), ErrOption},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if _, err := e.Go(t.Context(), row.position, row.limits); !errors.Is(err, row.want) {
				t.Errorf("got %v, want %v", err, row.want)
			}
		})
	}
	if e.failures != 0 || e.proc == nil {
		t.Errorf("the engine failed %d times, want none", e.failures)
	}
}

func TestChess960MustBeAnnounced(t *testing.T) {
	e := openFake(t, patient("snoops")) // which announces nothing
	if _, err := e.Go(t.Context(), Position{FEN: initial, Chess960: true}, anyhow); !errors.Is(err, ErrOption) {
		t.Errorf("got %v, want the option to be missing", err)
	}
	if _, err := e.Go(t.Context(), anywhere, anyhow); err != nil {
		t.Error(err)
	}
}

func TestClose(t *testing.T) {
	for _, fault := range []string{"none", "stubborn"} {
		e := openFake(t, hasty(fault))
		dead := e.proc.dead
		e.Close()
		select {
		case <-dead:
		default:
			t.Errorf("%s: the process lives", fault)
		}
		e.Close()
		if _, err := e.Go(t.Context(), anywhere, anyhow); !errors.Is(err, ErrClosed) {
			t.Errorf("%s: got %v, want %v", fault, err, ErrClosed)
		}
	}
}

func TestCloseEndsSearches(t *testing.T) {
	p, err := OpenPool(t.Context(), self(t), 2, patient("thinks for ever"))
	if err != nil {
		t.Fatal(err)
	}
	errs := make(chan error)
	for range 3 {
		go func() {
			_, err := p.Go(t.Context(), anywhere, anyhow)
			errs <- err
		}()
	}
	for len(p.free) > 0 {
		time.Sleep(time.Millisecond)
	}
	p.Close()
	for range 3 {
		if err := <-errs; !errors.Is(err, ErrClosed) {
			t.Errorf("got %v, want %v", err, ErrClosed)
		}
	}
}

func TestPoolQueueEndsWithItsContext(t *testing.T) {
	p, err := OpenPool(t.Context(), self(t), 1, patient("none"))
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	e := <-p.free
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Go(ctx, anywhere, anyhow); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	p.free <- e
}
