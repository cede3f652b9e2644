package worker_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/inmem"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// memory is a projection that fails now and then.
type memory struct {
	mu    sync.Mutex
	fails int
	seen  []string
	at    map[int]table.Position
}

func (m *memory) Positions(context.Context) (map[int]table.Position, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.at), nil
}

func (m *memory) Project(_ context.Context, entries []worker.Entry) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fails > 0 {
		m.fails--
		return errors.New("the database is away")
	}
	for _, e := range entries {
		m.seen = append(m.seen, fmt.Sprintf("%s:%d", e.Record.Table, e.Record.Seq))
		m.at[e.Partition] = e.Position
	}
	return nil
}

// steps counts how often it is called, and has more to do twice.
type steps struct{ calls, more int }

func (*steps) Name() string { return "steps" }

func (s *steps) Step(context.Context) (bool, error) {
	s.calls++
	s.more--
	return s.more > 0, nil
}

func add(t *testing.T, j *inmem.Journal, id table.ID, seq table.Seq) {
	t.Helper()
	if err := j.Append(t.Context(), id, seq-1, []table.Record{{Table: id, Seq: seq, At: time.Now(), Seat: -1, Type: "x"}}); err != nil {
		t.Fatal(err)
	}
}

// run runs a worker for a while.
func run(t *testing.T, j *inmem.Journal, m *memory, s *steps, during func(*worker.Worker)) {
	t.Helper()
	w, err := worker.New(worker.Config{Journal: j, Projection: m, Steps: []worker.Step{s}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() { w.Run(ctx) })
	during(w)
	cancel()
	done.Wait()
}

// TestWorker follows, retries, goes on where it was, and stops.
func TestWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, m, s := inmem.NewJournal(), &memory{fails: 3, at: map[int]table.Position{}}, &steps{more: 3}
		add(t, j, "Table001", 1)
		run(t, j, m, s, func(w *worker.Worker) {
			time.Sleep(300 * time.Millisecond) // it lingers for 200 ms, and then fails
			if state := w.State(); state.Held != 1 || state.Behind(time.Now()) != 300*time.Millisecond {
				t.Errorf("while it fails the state is %+v, %v behind, want one record held for 300 ms", state, state.Behind(time.Now()))
			}
			time.Sleep(10 * time.Second)
			if state := w.State(); state.Held != 0 || state.Behind(time.Now()) != 0 {
				t.Errorf("afterwards the state is %+v, %v behind, want nothing held", state, state.Behind(time.Now()))
			}
			add(t, j, "Table001", 2)
			time.Sleep(10 * time.Second)
			state := w.State()
			if state.Records != 2 || state.Batches != 2 || state.Failures != 3 || !state.Waiting.IsZero() {
				t.Errorf("state %+v, want 2 records in 2 batches after 3 failures", state)
			}
		})
		add(t, j, "Table001", 3)
		run(t, j, m, s, func(*worker.Worker) { time.Sleep(time.Second) })
		if got, want := fmt.Sprint(m.seen), "[Table001:1 Table001:2 Table001:3]"; got != want {
			t.Errorf("seen %s, want %s", got, want)
		}
		if s.calls < 5 {
			t.Errorf("the steps were done %d times, want at least 5", s.calls)
		}
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

// TestWorkerSurvivesItsJournal ends with the context when the journal stops.
func TestWorkerSurvivesItsJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j, m := inmem.NewJournal(), &memory{at: map[int]table.Position{}}
		run(t, j, m, &steps{}, func(*worker.Worker) {
			time.Sleep(time.Second)
			if err := j.Close(); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Minute)
		})
	})
}
