package walstore

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"runtime"
	"sync"
	"testing"

	"kibitz/internal/table"
)

// TestFailedSync fails one sync, write or creation: what was acknowledged
// before it stays, and nothing is acknowledged from then on.
func TestFailedSync(t *testing.T) {
	for _, what := range []string{"sync", "write", "create", "rename", "sync directory"} {
		t.Run(what, func(t *testing.T) {
			m := newMemory()
			s, err := openOn(m, Options{SegmentBytes: 300})
			if err != nil {
				t.Fatal(err)
			}
			mustAppend(t, s, toyID(0), 0, 1)
			seen := 0
			m.mu.Lock()
			m.fails = func(_ int, w string) error {
				if w == what {
					seen++
				}
				if w == what && seen == 1 { // only once: the store must not try again
					return errInjected
				}
				return nil
			}
			m.mu.Unlock()
			acked := table.Seq(1)
			for {
				if err = s.Append(t.Context(), toyID(0), acked, toyRecords(toyID(0), acked, 1)); err != nil {
					break
				}
				acked++
			}
			wantStopped(t, s, err, acked)
			_ = s.Close()
			again, err := openOn(m, Options{SegmentBytes: 300})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			got, err := again.Read(t.Context(), toyID(0), 0)
			if err != nil || len(got) < int(acked) {
				t.Errorf("after a restart: got %d records, %v, want the %d acknowledged", len(got), err, acked)
			}
		})
	}
}

func wantStopped(t *testing.T, s *Store, err error, acked table.Seq) {
	t.Helper()
	if !errors.Is(err, table.ErrStopped) {
		t.Errorf("append: got %v, want ErrStopped", err)
	}
	<-s.Done()
	if err := s.Err(); !errors.Is(err, errInjected) || !errors.Is(err, table.ErrStopped) {
		t.Errorf("cause: got %v, want ErrStopped and what failed", err)
	}
	for n := range 5 {
		id := toyID(100 + n)
		if err := s.Append(t.Context(), id, 0, toyRecords(id, 0, 1)); !errors.Is(err, table.ErrStopped) {
			t.Errorf("append %d after it: got %v, want ErrStopped", n, err)
		}
	}
	if err := s.Append(t.Context(), toyID(0), acked, toyRecords(toyID(0), acked, 1)); !errors.Is(err, table.ErrStopped) {
		t.Errorf("append again: got %v, want ErrStopped", err)
	}
}

// TestPowerCut cuts the power at a random moment of several lives, with
// appends, forgettings, new segments and compactions under way: whatever was
// acknowledged is there, each append as a whole, and the journal is never
// taken for damaged.
func TestPowerCut(t *testing.T) {
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		m := newMemory()
		told := newTold()
		for life := range 4 {
			m = live(t, m, told, rnd)
			if t.Failed() {
				t.Fatalf("seed %d, life %d", seed, life)
			}
		}
	}
}

// told is what the journal acknowledged and what it may hold besides.
type told struct {
	mu    sync.Mutex
	acked map[table.ID]table.Seq // 0 after a forgetting
	maybe map[table.ID]table.Seq // the end of an append without an answer
	gone  map[table.ID]bool      // a forgetting without an answer
}

func newTold() *told {
	return &told{acked: map[table.ID]table.Seq{}, maybe: map[table.ID]table.Seq{}, gone: map[table.ID]bool{}}
}

// live opens the disk, checks it, works until the power is cut, and returns
// what the disk holds then.
func live(t *testing.T, m *memory, told *told, rnd *rand.Rand) *memory {
	s, err := openOn(m, Options{SegmentBytes: 400, Window: -1})
	if err != nil {
		t.Errorf("open: %v", err)
		return m
	}
	told.check(t, s)
	m.mu.Lock()
	dies := m.calls + 1 + rnd.IntN(120)
	var after *memory
	m.fails = func(call int, _ string) error {
		if call >= dies {
			return errInjected
		}
		return nil
	}
	m.mu.Unlock()
	var wg sync.WaitGroup
	for worker := range 3 {
		seed := rnd.Uint64()
		wg.Go(func() { work(t, s, told, worker, rand.New(rand.NewPCG(seed, 1))) })
	}
	wg.Go(func() {
		for s.Err() == nil && s.compact() == nil {
			runtime.Gosched()
		}
	})
	wg.Wait()
	after = m.cutPower(rnd)
	_ = s.Close()
	return after
}

// work plays the tables of one worker until the store stops.
func work(t *testing.T, s *Store, told *told, worker int, rnd *rand.Rand) {
	for {
		id := toyID(10*worker + rnd.IntN(3))
		told.mu.Lock()
		last := told.acked[id]
		told.mu.Unlock()
		n := 1 + rnd.IntN(3)
		var err error
		if rnd.IntN(6) == 0 {
			n = 0
			err = s.Forget(t.Context(), id)
		} else {
			err = s.Append(t.Context(), id, last, toyRecords(id, last, n))
		}
		told.mu.Lock()
		switch {
		case err == nil && n == 0:
			told.acked[id] = 0
		case err == nil:
			told.acked[id] = last + table.Seq(n)
		case n == 0:
			told.gone[id] = true
		default:
			told.maybe[id] = last + table.Seq(n)
		}
		told.mu.Unlock()
		if err != nil {
			if !errors.Is(err, table.ErrStopped) {
				t.Errorf("%s at %d: %v", id, last, err)
			}
			return
		}
	}
}

// check compares the journal with what was told, and settles what was open.
func (d *told) check(t *testing.T, s *Store) {
	all, err := read(s, t)
	if err != nil {
		t.Errorf("scan: %v", err)
		return
	}
	for id, acked := range d.acked {
		got := table.Seq(len(all[id]))
		if got != acked && got != d.maybe[id] && !(got == 0 && d.gone[id]) {
			t.Errorf("%s: got %d records, %d were acknowledged (%d without an answer)", id, got, acked, d.maybe[id])
		}
		if got > 0 && !reflect.DeepEqual(all[id], toyRecords(id, 0, int(got))) {
			t.Errorf("%s: got %v", id, all[id])
		}
	}
	for id := range d.maybe {
		d.acked[id] = table.Seq(len(all[id]))
	}
	for id := range d.acked {
		d.acked[id] = table.Seq(len(all[id]))
	}
	clear(d.maybe)
	clear(d.gone)
}

// TestCompactionBounds plays and forgets for long: the disk stays small, and
// the table that was never forgotten is whole, in order, for its followers.
func TestCompactionBounds(t *testing.T) {
	m := newMemory()
	opts := Options{SegmentBytes: 2000}
	s := mustOpenOn(t, m, opts)
	old := toyID(0)
	kept := churn(t, s, m, old)
	for range 2 {
		got, err := s.Read(t.Context(), old, 0)
		want := toyRecords(old, 0, kept)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("got %d records, %v, want %d", len(got), err, kept)
		}
		for i, e := range entries(t, s, old, 0, kept) {
			if !reflect.DeepEqual(e.Record, want[i]) {
				t.Fatalf("entry %d: got %v, want %v", i, e.Record, want[i])
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = mustOpenOn(t, m, opts)
	}
}

// churn plays 3,000 tables and forgets each a little later, all but the old
// one, whose number of records it returns. It measures after each compaction.
func churn(t *testing.T, s *Store, m *memory, old table.ID) int {
	t.Helper()
	kept := 0
	for n := 1; n <= 3000; n++ {
		mustAppend(t, s, toyID(n), 0, 1)
		if n%100 == 0 {
			mustAppend(t, s, old, table.Seq(kept), 1)
			kept++
		}
		if n > 5 {
			if err := s.Forget(t.Context(), toyID(n-5)); err != nil {
				t.Fatal(err)
			}
		}
		if n%500 != 0 {
			continue
		}
		if err := s.compact(); err != nil { // what the compactor does in its own time
			t.Fatal(err)
		}
		size := 0
		for _, b := range m.files() {
			size += len(b)
		}
		if limit := 4 * s.options.SegmentBytes; int64(size) > limit {
			t.Errorf("after %d tables the disk holds %d bytes, want at most %d", n, size, limit)
		}
	}
	return kept
}

// TestCompactionKeepsPositions follows from every position over a compaction.
func TestCompactionKeepsPositions(t *testing.T) {
	m := newMemory()
	s, err := openOn(m, Options{SegmentBytes: 300})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	id := toyID(0)
	for seq := range table.Seq(20) {
		mustAppend(t, s, id, 2*seq, 2)
		mustAppend(t, s, toyID(1+int(seq)), 0, 1)
		if err := s.Forget(t.Context(), toyID(1+int(seq))); err != nil {
			t.Fatal(err)
		}
	}
	before := entries(t, s, id, 0, 40)
	if err := s.compact(); err != nil {
		t.Fatal(err)
	}
	for i, e := range before[:39] {
		if got := entries(t, s, id, e.Position, 39-i); !reflect.DeepEqual(got, before[i+1:]) {
			t.Fatalf("after entry %d: got %v, want %v", i, got, before[i+1:])
		}
	}
}

func entries(t *testing.T, s *Store, id table.ID, after table.Position, n int) []table.Entry {
	t.Helper()
	var all []table.Entry
	for e, err := range s.Follow(t.Context(), id.Partition(), after) {
		if err != nil {
			t.Fatal(err)
		}
		if e.Record.Table == id {
			all = append(all, e)
		}
		if len(all) == n {
			break
		}
	}
	return all
}
