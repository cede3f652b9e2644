package host

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/inmem"
	"kibitz/internal/table"
)

// left returns what is left of the time of a seat.
func (w *world) left(id table.ID, s game.Seat) time.Duration {
	w.tb.Helper()
	snapshot, err := w.Snapshot(context.Background(), id, game.Spectator)
	if err != nil {
		w.tb.Fatal(err)
	}
	return snapshot.Clocks.Remaining[s]
}

func TestOutageCostsNobodyTime(t *testing.T) {
	tests := []struct {
		name string
		// back lets the clock go on, and returns the time until it does.
		back func(*world, table.ID) time.Duration
	}{
		{"the player to move is back", func(w *world, id table.ID) time.Duration {
			time.Sleep(7 * time.Second)
			w.join(id, cora)
			w.join(id, bert) // not to move
			time.Sleep(time.Second)
			w.join(id, anna)
			synctest.Wait()
			return 8 * time.Second
		}},
		{"nobody comes", func(*world, table.ID) time.Duration { return 30 * time.Second }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				defer func() { w.stop() }()
				id := w.create(setup(anna, bert))
				w.play(id, 2)
				time.Sleep(20 * time.Second)
				if got, want := w.left(id, 0), 160*time.Second; got != want {
					t.Fatalf("%v left before the outage, want %v", got, want)
				}
				w.restart(time.Hour)
				recovered := time.Now()
				if got, want := w.left(id, 0), 160*time.Second; got != want {
					t.Errorf("%v left after the outage, want %v", got, want)
				}
				after := tt.back(w, id)
				time.Sleep(time.Until(recovered.Add(after + 5*time.Second)))
				synctest.Wait()
				if got, want := w.left(id, 0), 155*time.Second; got != want {
					t.Errorf("%v left 5 s after the clock goes on, want %v", got, want)
				}
				records, err := w.journal.Read(t.Context(), id, 3)
				if err != nil || len(records) != 2 || records[0].Type != "table.held" || records[1].Type != "table.released" {
					t.Errorf("the journal has %v (%v), want held and released", records, err)
				}
			})
		})
	}
}

// Who is back first moves, and the clock of the other waits for the other.
func TestOutageWaitsForTheSlowerPlayer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		id := w.create(setup(anna, bert))
		w.play(id, 2)
		w.restart(time.Minute)
		before := w.left(id, 1)
		w.join(id, anna)
		w.must(add(id, anna, "m", 1))
		time.Sleep(9 * time.Second)
		synctest.Wait()
		if got := w.left(id, 1); got != before {
			t.Errorf("%v left of %v while the player is not back", got, before)
		}
		w.join(id, bert)
		time.Sleep(3 * time.Second)
		synctest.Wait()
		if got, want := w.left(id, 1), before-3*time.Second; got != want {
			t.Errorf("%v left 3 s after the player is back, want %v", got, want)
		}
		w.must(add(id, bert, "m", 1))
		w.must(add(id, anna, "m2", 1))
		time.Sleep(time.Second)
		synctest.Wait()
		if got, want := w.left(id, 1), before-4*time.Second; got > want+3*time.Second || got == before {
			t.Errorf("%v left in a later turn, want the clock to run", got)
		}
	})
}

// A crash costs at most one beat of the pulse.
func TestCrashCostsABeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		id := w.create(setup(anna, bert))
		w.play(id, 2)
		time.Sleep(20*time.Second + 99*time.Millisecond)
		w.kill() // no last beat
		w.loops.Wait()
		w.pulse.Restart()
		time.Sleep(time.Hour)
		w.start()
		defer w.stop()
		if got := w.left(id, 0); got < 160*time.Second-100*time.Millisecond || got > 160*time.Second {
			t.Errorf("%v left after the crash, want 160 s less at most a beat", got)
		}
	})
}

// A game that ends while its clock is held waits for nobody any more.
func TestEndWhileHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		id := w.create(setup(anna, bert))
		w.play(id, 2)
		w.restart(time.Hour)
		w.must(command(id, bert, "end", "resign", ""))
		synctest.Wait()
		k := w.find(id)
		w.alarms.mu.Lock()
		at := time.Unix(0, k.alarm.due)
		w.alarms.mu.Unlock()
		if got, want := time.Until(at), 20*time.Minute; got != want {
			t.Errorf("the next alarm is in %v, want %v, when it leaves the memory", got, want)
		}
		time.Sleep(time.Hour)
		if records, _ := w.journal.Read(t.Context(), id, 4); len(records) != 1 {
			t.Errorf("%d records after the outage, want the end alone", len(records))
		}
	})
}

// What somebody else took during the outage is theirs, and the rest is ours.
func TestRecoverLeavesWhatIsTaken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		taken, ours := w.create(setup(anna, bert)), w.create(setup(anna, bert))
		w.play(taken, 2)
		w.play(ours, 2)
		w.journal.set(func(id table.ID, _ table.Seq) fate {
			if id == taken {
				return fate{err: table.ErrConflict}
			}
			return fate{}
		})
		w.restart(time.Minute)
		w.must(add(ours, anna, "m", 1))
		if n := w.Counts().Tables; n != 1 {
			t.Errorf("%d tables in memory, want ours alone", n)
		}
	})
}

func TestRecoverFailsLoudly(t *testing.T) {
	w := newWorld(t)
	w.play(w.create(setup(anna, bert)), 2)
	w.stop()
	w.journal.set(func(table.ID, table.Seq) fate { return fate{err: table.ErrStopped} })
	h, err := New(w.Host.cfg)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Recover(t.Context()); !errors.Is(err, table.ErrStopped) {
		t.Errorf("recover: %v, want ErrStopped", err)
	}
}

func TestMoveOfThePlayerReleases(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		id := w.create(setup(anna, bert))
		w.play(id, 2)
		w.restart(time.Hour)
		b := w.join(id, bert)
		w.must(add(id, anna, "m", 1)) // without a socket
		synctest.Wait()
		b.got()
		if got := w.left(id, 0); got < 180*time.Second {
			t.Errorf("%v left, want what was there and the increment", got)
		}
		time.Sleep(10 * time.Second)
		if got, want := w.left(id, 1), 170*time.Second; got != want {
			t.Errorf("%v left of the opponent, want %v", got, want)
		}
	})
}

func TestBusyUntilRecovered(t *testing.T) {
	h, err := New(Config{
		Journal: inmem.NewJournal(), Pulse: &inmem.Pulse{}, Catalog: game.Catalog{"toy": toy{}}, Chance: dice{}, Codec: textCodec{},
	})
	if err != nil {
		t.Fatal(err)
	}
	c := &socket{}
	h.Join(Join{Table: "00000000", Conn: c})
	wantFrames(t, "a socket", c.got(), `error "": the table is busy, try again: the server is starting`)
	if _, err := h.Create(t.Context(), setup(anna, bert)); !errors.Is(err, ErrBusy) {
		t.Errorf("create: %v, want ErrBusy", err)
	}
}

func TestRecoverKeepsOnlyWhatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		var ids []table.ID
		for i := range 50 {
			id := w.create(setup(anna, bert))
			ids = append(ids, id)
			w.play(id, 2+i%5)
			if i%2 == 1 {
				w.must(command(id, anna, "end", "resign", ""))
			}
		}
		w.restart(time.Minute)
		synctest.Wait()
		if got := w.Counts(); got.Tables != 25 || got.Running != 25 {
			t.Errorf("%+v after the restart, want 25 running tables", got)
		}
		if got := len(w.Running(t.Context(), anna.ID)); got != 25 {
			t.Errorf("Anna plays at %d tables, want 25", got)
		}
		for i, id := range ids {
			c := w.join(id, cora)
			synctest.Wait()
			ply := 2 + i%5
			if got, want := c.got()[0], fmt.Sprintf(`"ply":%d`, ply); !contains(got, want) {
				t.Errorf("table %d: %s, want %s", i, got, want)
			}
		}
	})
}

func TestFinishedTableLeavesTheMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		c := w.join(id, anna)
		w.must(command(id, anna, "end", "resign", ""))
		time.Sleep(time.Hour)
		if n := w.Counts().Tables; n != 1 {
			t.Errorf("%d tables in memory while somebody looks, want 1", n)
		}
		w.Drop(c)
		time.Sleep(19 * time.Minute)
		w.must(command(id, anna, "hi", "chat", `{"type":"chat","text":"hello"}`))
		time.Sleep(19 * time.Minute)
		if n := w.Counts().Tables; n != 1 {
			t.Errorf("%d tables in memory 19 min after the last use, want 1", n)
		}
		time.Sleep(2 * time.Minute)
		if n := w.Counts().Tables; n != 0 {
			t.Errorf("%d tables in memory after 21 min, want 0", n)
		}
		w.must(command(id, bert, "hi", "chat", `{"type":"chat","text":"hello"}`))
	})
}

func TestShutdown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		id := w.create(setup(anna, bert))
		a := w.join(id, anna)
		synctest.Wait()
		a.got()
		durable := make(chan struct{})
		w.journal.set(func(table.ID, table.Seq) fate { return fate{wait: durable} })
		w.Submit(add(id, anna, "m1", 1), a)
		ended := make(chan error, 1)
		go func() { ended <- w.Shutdown(context.Background()) }()
		synctest.Wait()
		w.Submit(add(id, anna, "m2", 1), a)
		wantFrames(t, "during the shutdown", a.got(), `error "m2": the table is busy, try again: the server is restarting`)
		time.Sleep(3 * time.Second)
		close(durable)
		if err := <-ended; err != nil {
			t.Errorf("shutdown: %v", err)
		}
		wantFrames(t, "what was in flight", a.got(), `update viewer=0 ack="m1" 2:added running=-1 held=false`)
		w.pulse.Restart()
		if last, _ := w.pulse.Last(); !last.Equal(time.Now()) {
			t.Errorf("the last beat is %v, want %v", last, time.Now())
		}
	})
}

func TestShutdownDoesNotWaitForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		id := w.create(setup(anna, bert))
		w.journal.set(func(table.ID, table.Seq) fate { return fate{wait: w.life.Done(), err: context.Canceled} })
		c := &socket{}
		w.Submit(add(id, anna, "m1", 1), c)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := w.Shutdown(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("shutdown: %v, want DeadlineExceeded", err)
		}
		if got := c.got(); len(got) != 1 || !contains(got[0], "internal error") {
			t.Errorf("the sender got %q, want an internal error", got)
		}
	})
}
