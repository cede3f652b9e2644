package analysis_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/analysis"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
)

// shelf is the games of the tests, by id.
type shelf map[table.ID]*export.Game

func (s shelf) Game(_ context.Context, id table.ID) (*export.Game, error) {
	if g := s[id]; g != nil {
		return g, nil
	}
	return nil, archive.ErrUnknown
}

var games = shelf{
	"over0001": gameOf("over0001", "mate", 3), "over0002": gameOf("over0002", "mate", 3), "over0003": gameOf("over0003", "mate", 3),
	"runs0001": gameOf("runs0001", "", 3), "empty001": gameOf("empty001", "aborted", 0),
}

func gameOf(id table.ID, status string, plies int) *export.Game {
	return &export.Game{
		ID: id, Kind: "chess", Result: game.Result{Status: status}, Turns: make([]table.Turn, plies),
		Players: []archive.Player{{ID: "ann", Name: "Ann"}, {ID: "bob", Name: "Bob"}},
	}
}

// slow is a reviewer that does a ply for every token it gets.
type slow struct {
	tokens chan struct{}
	fails  error

	mu   sync.Mutex
	seen []table.ID
}

func (s *slow) Review(ctx context.Context, g *export.Game, progress func(int)) (*analysis.Report, error) {
	s.mu.Lock()
	s.seen = append(s.seen, g.ID)
	s.mu.Unlock()
	for i := range g.Turns {
		select {
		case <-s.tokens:
			progress(i + 1)
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return &analysis.Report{Engine: "slow", Nodes: 1, Plies: make([]analysis.Ply, len(g.Turns))}, s.fails
}

func (s *slow) Check(_ *export.Game, r *analysis.Report) (*analysis.Report, error) {
	if r.Engine == "" {
		return nil, analysis.ErrReport
	}
	return r, nil
}

func openStore(t *testing.T, path string) *sqlstore.Store {
	t.Helper()
	s, err := sqlstore.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// queue starts a queue and returns what stops it.
func queue(t *testing.T, store analysis.Store, r analysis.Reviewer, l analysis.Limits) (q *analysis.Queue, stop func()) {
	t.Helper()
	q = analysis.New(analysis.Config{
		Store: store, Games: games, Reviewer: r, Engine: true, Limits: l, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); q.Run(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(stop)
	return q, stop
}

// await polls until a game's review is in a state.
func await(t *testing.T, q *analysis.Queue, id table.ID, want func(analysis.State) bool) analysis.State {
	t.Helper()
	var s analysis.State
	var err error
	for range 2000 {
		if s, err = q.State(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if want(s) {
			return s
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("%s stays at %+v", id, s)
	return s
}

func status(want string) func(analysis.State) bool {
	return func(s analysis.State) bool { return s.Status == want }
}

func TestQueue(t *testing.T) {
	store := openStore(t, filepath.Join(t.TempDir(), "a.db"))
	defer func() { _ = store.Close() }()
	r := &slow{tokens: make(chan struct{})}
	q, _ := queue(t, store, r, analysis.Limits{PerUser: 2, Total: 10})
	ctx := t.Context()
	for _, row := range []struct {
		name string
		id   table.ID
		want error
	}{
		{"a game that runs", "runs0001", analysis.ErrRunning}, {"no game", "none0000", archive.ErrUnknown},
		{"a game without moves", "empty001", analysis.ErrReport},
		{"one", "over0001", nil}, {"another", "over0002", nil}, {"the same again", "over0001", nil},
		{"a third", "over0003", analysis.ErrTooMany},
	} {
		if _, err := q.Request(ctx, row.id, "ann"); !errors.Is(err, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, err, row.want)
		}
		if row.name == "one" { // so that it is the first
			await(t, q, "over0001", status("running"))
		}
	}
	r.tokens <- struct{}{}
	await(t, q, "over0001", func(s analysis.State) bool { return s.Status == "running" && s.Done == 1 && s.Plies == 3 })
	if s, err := q.State(ctx, "over0002"); err != nil || s.Status != "queued" || s.Ahead != 1 {
		t.Errorf("got %+v, %v, want one ahead", s, err)
	}
	if err := q.Cancel(ctx, "over0002", "bob"); !errors.Is(err, analysis.ErrNotYours) {
		t.Errorf("got %v, want %v", err, analysis.ErrNotYours)
	}
	r.tokens <- struct{}{}
	r.tokens <- struct{}{}
	if s := await(t, q, "over0001", status("done")); len(s.Report) == 0 {
		t.Error("the report is empty")
	}
	await(t, q, "over0002", status("running"))
	if err := q.Cancel(ctx, "over0002", "ann"); err != nil {
		t.Error(err)
	}
	await(t, q, "over0002", status("none"))
	if s, err := q.Request(ctx, "over0001", "bob"); err != nil || s.Status != "done" {
		t.Errorf("got %+v, %v, want what was made before", s, err)
	}
}

// TestResumed: what was under way when the process ended is begun anew.
func TestResumed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	store := openStore(t, path)
	r := &slow{tokens: make(chan struct{})}
	q, stop := queue(t, store, r, analysis.Limits{})
	if _, err := q.Request(t.Context(), "over0001", "ann"); err != nil {
		t.Fatal(err)
	}
	await(t, q, "over0001", status("running"))
	stop()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	store = openStore(t, path)
	defer func() { _ = store.Close() }()
	close(r.tokens)
	q, stop = queue(t, store, r, analysis.Limits{})
	defer stop()
	await(t, q, "over0001", status("done"))
}

// TestHopeless: a game that cannot be reviewed holds nobody up.
func TestHopeless(t *testing.T) {
	store := openStore(t, filepath.Join(t.TempDir(), "a.db"))
	defer func() { _ = store.Close() }()
	r := &slow{tokens: make(chan struct{}), fails: errors.New("no")}
	close(r.tokens)
	for range 2 { // two processes that ended in the middle of it
		if _, err := store.AddJob(t.Context(), analysis.Job{Table: "over0001", User: "ann", At: time.UnixMilli(1)}, analysis.Limits{PerUser: 9, Total: 9}); err != nil {
			t.Fatal(err)
		}
		if _, err := store.BeginJob(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	q, _ := queue(t, store, r, analysis.Limits{})
	if s := await(t, q, "over0001", status("failed")); s.Why == "" {
		t.Error("it does not say why")
	}
}

func TestReportsOfClients(t *testing.T) {
	store := openStore(t, filepath.Join(t.TempDir(), "a.db"))
	defer func() { _ = store.Close() }()
	q := analysis.New(analysis.Config{Store: store, Games: games, Reviewer: &slow{}})
	good := &analysis.Report{Engine: "wasm", Nodes: 100_000}
	for _, row := range []struct {
		name   string
		id     table.ID
		user   string
		report *analysis.Report
		want   error
	}{
		{"a stranger's", "over0001", "eve", good, analysis.ErrNotYours},
		{"of a game that runs", "runs0001", "ann", good, analysis.ErrRunning},
		{"of no game", "none0000", "ann", good, archive.ErrUnknown},
		{"bad", "over0001", "ann", &analysis.Report{}, analysis.ErrReport},
		{"good", "over0001", "ann", good, nil},
		{"a second", "over0001", "bob", good, analysis.ErrDone},
	} {
		if err := q.Offer(t.Context(), row.id, account.ID(row.user), row.report); !errors.Is(err, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, err, row.want)
		}
	}
	if r, err := q.Report(t.Context(), "over0001"); err != nil || r.By != analysis.ByClient || r.Engine != "wasm" {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := q.Request(t.Context(), "over0001", "ann"); !errors.Is(err, analysis.ErrNoEngine) {
		t.Errorf("got %v, want %v", err, analysis.ErrNoEngine)
	}
}
