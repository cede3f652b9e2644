package host

import (
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func TestRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(w *world) { w.brain = &brain{choose: adder} })
		defer w.stop()
		played := w.create(setup(bert, anna))
		waiting := w.create(setup(anna, table.Player{}))
		w.create(setup(bert, cora))
		over := w.create(houseSetup())
		w.must(command(over, anna, "end", "resign", ""))
		w.must(command(played, anna, "w", "whisper", `{"word":"psst"}`))
		synctest.Wait()

		list := w.Running(t.Context(), anna.ID)
		if len(list) != 2 {
			t.Fatalf("Anna plays at %d tables, want 2", len(list))
		}
		for _, s := range list {
			switch s.Table {
			case played:
				if s.Viewer.Seat != 1 || s.ToAct != game.SeatSet(0) || s.Waiting || s.Clocks == nil || s.View.(toyView).Word != "psst" {
					t.Errorf("her game: %+v", s)
				}
			case waiting:
				if s.Viewer.Seat != 0 || s.ToAct != 0 || !s.Waiting {
					t.Errorf("her invitation: %+v", s)
				}
			default:
				t.Errorf("table %s is not hers, or over", s.Table)
			}
		}
		w.must(command(waiting, cora, "s", "sit", "{}"))
		for user, want := range map[table.Player]int{cora: 2, robot: 0, {}: 0} {
			if got := len(w.Running(t.Context(), user.ID)); got != want {
				t.Errorf("%q plays at %d tables, want %d", user.Name, got, want)
			}
		}
	})
}

func TestWatchable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		quiet, busy, over := w.create(setup(anna, bert)), w.create(setup(anna, bert)), w.create(setup(anna, bert))
		w.create(setup(anna, table.Player{}))
		for range 3 {
			w.join(busy, table.Player{})
			w.join(over, table.Player{})
		}
		w.must(command(busy, anna, "w", "whisper", `{"word":"psst"}`))
		w.must(command(over, anna, "end", "resign", ""))
		synctest.Wait()
		list := w.Watchable(t.Context(), 10)
		if len(list) != 2 || list[0].Table != busy || list[0].Watchers != 3 || list[1].Table != quiet {
			t.Fatalf("to watch: %+v, want the busy and the quiet table", list)
		}
		if word := list[0].View.(toyView).Word; word != "" {
			t.Errorf("the list tells %q", word)
		}
		if got := w.Watchable(t.Context(), 1); len(got) != 1 || got[0].Table != busy {
			t.Errorf("one to watch: %+v, want the busy table", got)
		}
		w.must(command(busy, anna, "end", "resign", ""))
		if got := w.Watchable(t.Context(), 10); len(got) != 1 || got[0].Table != quiet {
			t.Errorf("to watch after the end: %+v, want the quiet table", got)
		}
	})
}

func TestChangesAreObserved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var changes []Change
		w := newWorld(t, func(w *world) {
			w.changes = func(c Change) {
				mu.Lock()
				defer mu.Unlock()
				changes = append(changes, c)
			}
		})
		defer w.stop()
		id := w.create(setup(anna, table.Player{}))
		w.must(command(id, bert, "s", "sit", "{}"))
		_, _ = w.do(add(id, bert, "early", 1)) // refused: no change
		w.must(add(id, anna, "m1", 1))
		w.must(command(id, anna, "end", "resign", ""))
		synctest.Wait()
		want := []Change{
			{Table: id, Players: []table.Player{anna, {}}, Created: true},
			{Table: id, Players: []table.Player{anna, bert}},
			{Table: id, Players: []table.Player{anna, bert}},
			{Table: id, Players: []table.Player{anna, bert}, Over: true},
		}
		mu.Lock()
		defer mu.Unlock()
		if len(changes) != len(want) {
			t.Fatalf("%d changes, want %d: %+v", len(changes), len(want), changes)
		}
		for i, c := range changes {
			if c.Created != want[i].Created || c.Over != want[i].Over || c.Players[1] != want[i].Players[1] || c.Table != id {
				t.Errorf("change %d is %+v, want %+v", i, c, want[i])
			}
		}
	})
}

func TestSnapshotAndEvents(t *testing.T) {
	w := newWorld(t)
	defer w.stop()
	id := w.create(setup(anna, bert))
	w.must(command(id, anna, "w", "whisper", `{"word":"psst"}`))
	w.must(add(id, anna, "m1", 1))
	for viewer, want := range map[game.Seat]string{0: "table.created whispered added", 1: "table.created  added", -1: "table.created  added"} {
		events, err := w.Events(t.Context(), id, game.Viewer{Seat: viewer})
		if err != nil {
			t.Fatal(err)
		}
		var types []string
		for _, e := range events {
			types = append(types, e.Type)
		}
		if got := strings.Join(types, " "); got != want {
			t.Errorf("viewer %d has the events %q, want %q", viewer, got, want)
		}
	}
	if _, err := w.Events(t.Context(), "00000000", game.Spectator); !errors.Is(err, table.ErrUnknownTable) {
		t.Errorf("events of no table: %v, want ErrUnknownTable", err)
	}
	if _, err := w.Snapshot(t.Context(), "00000000", game.Spectator); !errors.Is(err, table.ErrUnknownTable) {
		t.Errorf("snapshot of no table: %v, want ErrUnknownTable", err)
	}
	if n := w.Counts().Tables; n != 1 {
		t.Errorf("%d tables in memory, want 1", n)
	}
}

func TestCreate(t *testing.T) {
	t.Run("a bad setup", func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		s := setup(anna, bert)
		s.Kind = "whist"
		if _, err := w.Create(t.Context(), s); !errors.Is(err, table.ErrSetup) {
			t.Errorf("create: %v, want ErrSetup", err)
		}
	})
	t.Run("an id that is taken", func(t *testing.T) {
		w := newWorld(t, func(w *world) { w.random = strings.NewReader(strings.Repeat("A", 32) + strings.Repeat("B", 16)) })
		defer w.stop()
		first, second := w.create(setup(anna, bert)), w.create(setup(anna, cora))
		if first == second {
			t.Errorf("both tables are %s", first)
		}
	})
	t.Run("an unknown outcome", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			defer w.stop()
			failures := 0
			w.journal.set(func(table.ID, table.Seq) fate {
				failures++
				switch failures {
				case 1:
					return fate{err: io.ErrUnexpectedEOF}
				case 2:
					return fate{err: io.ErrUnexpectedEOF, stored: true}
				}
				return fate{}
			})
			w.must(add(w.create(setup(anna, bert)), anna, "m1", 1))
			tables := 0
			for r, err := range w.journal.Scan(t.Context()) {
				if err == nil && r.Seq == 1 {
					tables++
				}
			}
			if tables != 1 {
				t.Errorf("%d tables were made, want 1", tables)
			}
		})
	})
}

func TestRematch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		id := w.create(setup(anna, bert))
		w.must(command(id, anna, "end", "resign", ""))
		w.must(command(id, anna, "r", "rematch", "{}"))
		// The next table is made, and then the server ends before the agreement
		// is stored.
		w.journal.set(func(at table.ID, _ table.Seq) fate {
			if at == id {
				return fate{err: io.ErrUnexpectedEOF}
			}
			return fate{}
		})
		if _, err := w.do(command(id, bert, "r", "rematch", "{}")); !errors.Is(err, ErrInternal) {
			t.Fatalf("agreeing: %v, want ErrInternal", err)
		}
		w.journal.set(nil)
		made := w.Running(t.Context(), anna.ID)
		if len(made) != 1 {
			t.Fatalf("%d next tables, want 1", len(made))
		}
		w.restart(time.Second)
		w.must(command(id, bert, "r", "rematch", "{}"))
		s, err := w.Snapshot(t.Context(), id, game.Spectator)
		if err != nil || s.Rematch != made[0].Table {
			t.Errorf("the rematch is at %q (%v), want %q", s.Rematch, err, made[0].Table)
		}
		if n := len(w.Running(t.Context(), anna.ID)); n != 1 {
			t.Errorf("Anna plays at %d tables, want 1", n)
		}
	})
}
