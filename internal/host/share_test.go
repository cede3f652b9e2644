package host

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// sharing returns a host on a journal that others write to, too.
func sharing(tb testing.TB, j table.Journal, options ...func(*Config)) *world {
	tb.Helper()
	w := &world{tb: tb}
	cfg := Config{
		Journal: j, Pulse: &inmem.Pulse{}, Catalog: game.Catalog{"toy": toy{}}, Chance: dice{}, Codec: textCodec{},
		Shared: true, Log: slog.New(slog.DiscardHandler),
	}
	for _, o := range options {
		o(&cfg)
	}
	h, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	w.Host = h
	if err := h.Recover(context.Background()); err != nil {
		tb.Fatal(err)
	}
	return w
}

// epochs counts the leases of a test.
var epochs uint64

func (w *world) takeOver(partition int, alive time.Time) {
	w.tb.Helper()
	epochs++
	if err := w.TakeOver(context.Background(), Tenure{partition, epochs, alive}); err != nil {
		w.tb.Fatal(err)
	}
}

func (w *world) wantMoved(what string, err error) {
	w.tb.Helper()
	if !errors.Is(err, ErrMoved) || !errors.Is(err, ErrBusy) {
		w.tb.Errorf("%s: %v, want one that wraps ErrMoved and ErrBusy", what, err)
	}
}

func TestTakeOverFromTheDead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		old, next := sharing(t, j), sharing(t, j)
		defer old.stop()
		defer next.stop()
		const part = 77
		old.takeOver(part, time.Time{})
		id := old.create(setup(anna, bert))
		if id.Partition() != part {
			t.Fatalf("a table was made in partition %d, and only %d is owned", id.Partition(), part)
		}
		old.play(id, 2)
		time.Sleep(20 * time.Second)
		alive := time.Now()
		time.Sleep(10 * time.Second) // the old owner is cut off
		_, err := next.do(add(id, anna, "early", 1))
		next.wantMoved("an action before the takeover", err)
		next.takeOver(part, alive)
		if got, want := next.left(id, 0), 160*time.Second; got != want {
			t.Errorf("%v left after the takeover, want %v: nothing since the last sign of life", got, want)
		}
		watcher := old.join(id, cora)
		synctest.Wait()
		watcher.got()
		_, err = old.do(add(id, anna, "late", 1))
		old.wantMoved("an action at the old owner", err)
		synctest.Wait()
		if got := watcher.got(); len(got) != 1 || !strings.HasPrefix(got[0], "error") {
			t.Errorf("a socket of the old owner got %q, want to be told that the table has moved", got)
		}
		next.join(id, anna)
		synctest.Wait()
		if seq := next.must(add(id, anna, "late", 1)); seq != 6 { // created, 2 moves, held, released
			t.Errorf("the action is record %d, want 6", seq)
		}
	})
}

func TestReleaseHandsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := inmem.NewJournal()
		old, next := sharing(t, j), sharing(t, j)
		defer old.stop()
		defer next.stop()
		const part = 3
		old.takeOver(part, time.Time{})
		old.takeOver(part+1, time.Time{})
		id := old.create(setup(anna, bert))
		for id.Partition() != part {
			id = old.create(setup(anna, bert))
		}
		old.play(id, 2)
		player := old.join(id, anna)
		synctest.Wait()
		player.got()
		old.Release(t.Context(), part)
		released := time.Now()
		if got := player.got(); len(got) != 1 || !strings.HasPrefix(got[0], "error") {
			t.Errorf("a socket got %q, want to be told that the table has moved", got)
		}
		if old.Holds(id) {
			t.Error("the old owner still has the table")
		}
		_, err := old.do(add(id, anna, "x", 1))
		old.wantMoved("an action after the release", err)
		if got := old.create(setup(anna, bert)); got.Partition() != part+1 {
			t.Errorf("a table was made in partition %d, want %d", got.Partition(), part+1)
		}
		before := next.left(id, 0)
		time.Sleep(time.Second)
		next.takeOver(part, released)
		if got := next.left(id, 0); got != before {
			t.Errorf("%v left after the hand-over, want %v", got, before)
		}
		next.join(id, anna)
		next.must(add(id, anna, "x", 1))
	})
}

// A host that has no partition makes no table, and says to ask again.
func TestCreateWithoutPartition(t *testing.T) {
	w := sharing(t, inmem.NewJournal())
	defer w.stop()
	if _, err := w.Create(t.Context(), setup(anna, bert)); !errors.Is(err, ErrBusy) {
		t.Errorf("Create() = %v, want %v", err, ErrBusy)
	}
}

// A rematch lies beside its table, so that whoever has that makes the same.
func TestRematchStaysInPartition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := sharing(t, inmem.NewJournal())
		defer w.stop()
		for p := range 8 {
			w.takeOver(p, time.Time{})
		}
		id := w.create(setup(anna, bert))
		w.must(command(id, anna, "r", "resign", `{"type":"resign"}`))
		w.must(command(id, anna, "1", "rematch", `{"type":"rematch"}`))
		w.must(command(id, bert, "2", "rematch", `{"type":"rematch"}`))
		synctest.Wait()
		running := w.Running(t.Context(), anna.ID)
		if len(running) != 1 || running[0].Table.Partition() != id.Partition() {
			t.Errorf("running are %v, want one game in partition %d", running, id.Partition())
		}
	})
}
