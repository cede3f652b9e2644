package host

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/table"
)

func TestPresence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a, b := w.join(id, anna), w.join(id, bert)
		synctest.Wait()
		a.got()
		b.got()
		start := time.Now().Unix()

		// A reload of the page is no news.
		w.Drop(b)
		time.Sleep(500 * time.Millisecond)
		b = w.join(id, bert)
		time.Sleep(5 * time.Second)
		wantFrames(t, "after a reload", a.got(), "presence online online +0")

		w.Drop(b)
		time.Sleep(5 * time.Second)
		wantFrames(t, "after a loss", a.got(), fmt.Sprintf("presence online away@%d +0", start+5+40))

		b = w.join(id, bert)
		synctest.Wait()
		wantFrames(t, "after a return", a.got(), "presence online online +0")

		w.Leave(id, b, Leaving{Bye: true})
		synctest.Wait()
		wantFrames(t, "after a goodbye", a.got(), fmt.Sprintf("presence online away@%d +0", start+10+10))
	})
}

func TestClaim(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		w.join(id, anna)
		b := w.join(id, bert)
		w.play(id, 3) // Bert is to move
		synctest.Wait()
		w.Leave(id, b, Leaving{Bye: true})
		claim := func(action table.ActionID) error {
			_, err := w.do(command(id, anna, action, "claim-win", "{}"))
			return err
		}
		time.Sleep(9 * time.Second)
		if err := claim("early"); !errors.Is(err, table.ErrNotAllowed) {
			t.Errorf("after 9 s: %v, want ErrNotAllowed", err)
		}
		time.Sleep(time.Second)
		if err := claim("now"); err != nil {
			t.Errorf("after 10 s: %v", err)
		}
		if list := w.Running(t.Context(), anna.ID); len(list) != 0 {
			t.Errorf("%d tables run after the claim", len(list))
		}
	})
}

// Nobody who is away loses by that alone.
func TestAwayLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		s := setup(anna, bert)
		s.Control = clock.Control{}
		id := w.create(s)
		w.play(id, 3)
		time.Sleep(20 * time.Hour)
		w.must(add(id, bert, "m", 1))
	})
}

func TestWatchersAreThrottled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		a := w.join(id, anna)
		synctest.Wait()
		a.got()
		count := func(n int) (news int) {
			for range n {
				w.join(id, table.Player{})
				synctest.Wait()
				news += len(a.got())
			}
			return news
		}
		if got := count(100); got != 100 {
			t.Errorf("the first 100 made %d pieces of news, want 100", got)
		}
		if got := count(100); got != 10 {
			t.Errorf("the second 100 made %d pieces of news, want 10", got)
		}
	})
}

func TestQuietFor(t *testing.T) {
	for _, tt := range []struct{ spectators, want int }{
		{1, 1}, {100, 1}, {101, 10}, {1_000, 10}, {1_001, 50}, {10_000, 50}, {10_001, 100},
	} {
		if got := quietFor(tt.spectators); got != tt.want {
			t.Errorf("quietFor(%d) = %d, want %d", tt.spectators, got, tt.want)
		}
	}
}

func TestFlagFallsByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		id := w.create(setup(anna, bert))
		c := w.join(id, cora)
		w.play(id, 2)
		synctest.Wait()
		c.got()
		time.Sleep(3*time.Minute - time.Second)
		synctest.Wait()
		wantFrames(t, "before", c.got())
		time.Sleep(5 * time.Second) // the second that is left, and the grace
		wantFrames(t, "after", c.got(), `update viewer=-1 ack="" 4:ended running=-1 held=false`)
	})
}

// Each table keeps its own time, and each move sets it anew.
func TestDeadlinesOfManyTables(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan time.Time, 300)
		w := newWorld(t, func(w *world) {
			w.changes = func(c Change) {
				if c.Over {
					ended <- time.Now()
				}
			}
		})
		defer w.stop()
		start := time.Now()
		for i := range cap(ended) {
			s := setup(anna, bert)
			s.Origin = table.OriginPool // aborted without a first move in 25 s
			id := w.create(s)
			if i%3 == 0 {
				w.must(add(id, anna, "m1", 1))
			}
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(ended) != cap(ended) {
			t.Fatalf("%d tables ended, want %d", len(ended), cap(ended))
		}
		for i := range cap(ended) {
			want := start.Add(25*time.Second + time.Duration(i)*10*time.Millisecond)
			if late := (<-ended).Sub(want); late < 0 || late > 20*time.Millisecond {
				t.Errorf("table %d ended %v after its time", i, late)
			}
		}
	})
}

func TestFirstMoveTimerStartsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.stop()
		s := setup(anna, bert)
		s.Origin = table.OriginPool
		id := w.create(s)
		time.Sleep(24 * time.Second)
		w.must(add(id, anna, "m1", 1))
		time.Sleep(24 * time.Second)
		w.must(add(id, bert, "m2", 1))
	})
}

func TestAlarms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rung := make(chan *keeper, 16)
		a := newAlarms(time.Now, func(k *keeper) { rung <- k })
		go a.run(t.Context())
		keepers := make([]*keeper, 5)
		now := time.Now()
		for i := range keepers {
			keepers[i] = &keeper{id: table.ID(fmt.Sprintf("table00%d", i))}
			a.set(keepers[i], now.Add(time.Duration(10-i)*time.Second))
		}
		a.set(keepers[4], now.Add(time.Hour))   // later
		a.set(keepers[0], now.Add(time.Second)) // earlier
		a.set(keepers[2], time.Time{})          // never
		time.Sleep(time.Minute)
		synctest.Wait()
		close(rung)
		var got bytes.Buffer
		for k := range rung {
			got.WriteString(string(k.id[7:]))
		}
		if got.String() != "031" {
			t.Errorf("rung in the order %s, want 031", got.String())
		}
	})
}
