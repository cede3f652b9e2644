package host

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func contains(s, sub string) bool { return strings.Contains(s, sub) }

// brain is a Brain made of a function; it notes what it was asked.
type brain struct {
	mu     sync.Mutex
	turns  []Turn
	choose func(Turn) (string, string, error)
}

func (b *brain) Choose(_ context.Context, turn Turn) (string, []byte, error) {
	b.mu.Lock()
	b.turns = append(b.turns, turn)
	b.mu.Unlock()
	typ, action, err := b.choose(turn)
	return typ, []byte(action), err
}

func (b *brain) asked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.turns)
}

// adder adds 2 whenever it is its turn.
func adder(turn Turn) (string, string, error) {
	if turn.Ply%2 != int(turn.Seat) {
		return "", "", nil
	}
	return "add", `{"n":2}`, nil
}

func houseSetup() table.Setup {
	s := setup(anna, robot)
	s.Origin = table.OriginHouse
	return s
}

func TestHousePlays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &brain{choose: adder}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		id := w.create(houseSetup())
		a := w.join(id, anna)
		synctest.Wait()
		wantFrames(t, "Anna", a.got(), `table viewer=0 seq=1 {"total":0,"ply":0} running=-1 held=false`, "presence online online +0")
		w.Submit(add(id, anna, "m1", 1), a)
		synctest.Wait()
		wantFrames(t, "Anna", a.got(),
			`update viewer=0 ack="m1" 2:added running=-1 held=false`, `update viewer=0 ack="" 3:added running=0 held=false`)
		for _, turn := range b.turns {
			if turn.Level != 3 || turn.Seat != 1 || turn.Kind != "toy" || turn.Table != id {
				t.Errorf("the brain was asked %+v", turn)
			}
		}
	})
}

func TestHouseSeesOnlyItsSeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &brain{choose: adder}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		id := w.create(houseSetup())
		w.must(command(id, anna, "w", "whisper", `{"word":"psst"}`))
		synctest.Wait()
		if n := b.asked(); n != 2 {
			t.Errorf("the brain was asked %d times, want 2", n)
		}
		for _, turn := range b.turns {
			if view := turn.View.(toyView); view.Word != "" {
				t.Errorf("the brain was told %q", view.Word)
			}
		}
	})
}

func TestHouseAcceptsRematch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &brain{choose: adder}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		id := w.create(houseSetup())
		w.must(command(id, anna, "end", "resign", ""))
		w.must(command(id, anna, "again", "rematch", "{}"))
		synctest.Wait()
		s, err := w.Snapshot(t.Context(), id, game.Spectator)
		if err != nil || s.Rematch == "" {
			t.Fatalf("the rematch is at %q (%v)", s.Rematch, err)
		}
		next, err := w.Snapshot(t.Context(), s.Rematch, game.Spectator)
		if err != nil {
			t.Fatal(err)
		}
		if next.Setup.Seats[0] != robot || next.Setup.Seats[1] != anna || next.Setup.Prior != id {
			t.Errorf("the rematch is %+v", next.Setup)
		}
		if state := next.State.(toyView); state.Ply != 1 {
			t.Errorf("the house has not begun the rematch: %+v", state)
		}
	})
}

func TestHouseGivesUp(t *testing.T) {
	tests := []struct {
		name   string
		choose func(Turn) (string, string, error)
		calls  int
	}{
		{"it fails", func(Turn) (string, string, error) { return "", "", errors.New("no engine") }, 4},
		{"it is refused", func(Turn) (string, string, error) { return "add", `{"n":0}`, nil }, 4},
		{"it panics", func(Turn) (string, string, error) { panic("oops") }, 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := &brain{choose: tt.choose}
				w := newWorld(t, func(w *world) { w.brain = b })
				defer w.stop()
				id := w.create(houseSetup())
				time.Sleep(time.Minute)
				if n := b.asked(); n != tt.calls {
					t.Errorf("the brain was asked %d times, want %d", n, tt.calls)
				}
				s, err := w.Snapshot(t.Context(), id, game.Spectator)
				if err != nil || s.State.(toyView).Status != "resign" {
					t.Errorf("the game stands at %+v (%v), want resign", s.State, err)
				}
			})
		})
	}
}

// A thought about a position that is no more is not played.
func TestStaleThought(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &brain{choose: func(turn Turn) (string, string, error) {
			time.Sleep(time.Second)
			return "whisper", fmt.Sprintf(`{"word":"at %d"}`, turn.Ply), nil
		}}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		id := w.create(houseSetup())
		synctest.Wait()
		w.must(add(id, anna, "m1", 1)) // while it thinks
		time.Sleep(2500 * time.Millisecond)
		s, err := w.Snapshot(t.Context(), id, game.Viewer{Seat: 1})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.State.(toyView).Word; got != "at 1" {
			t.Errorf("the house said %q, want %q", got, "at 1")
		}
	})
}

// More tables want a thought than the queue holds: all get it in the end, and
// so they do after a restart.
func TestHouseManyTables(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &brain{choose: func(turn Turn) (string, string, error) {
			time.Sleep(time.Millisecond)
			return adder(turn)
		}}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer func() { w.stop() }()
		ids := make([]table.ID, 3000)
		for i := range ids {
			ids[i] = w.create(houseSetup())
			w.must(add(ids[i], anna, "m1", 1))
		}
		w.stop()
		w.pulse.Restart()
		w.start()
		time.Sleep(time.Minute)
		for _, id := range ids {
			s, err := w.Snapshot(t.Context(), id, game.Spectator)
			if err != nil || s.State.(toyView).Total != 3 {
				t.Fatalf("table %s stands at %+v (%v), want a total of 3", id, s.State, err)
			}
		}
	})
}

// slow is a Brain that is never ready in time.
type slow struct{ calls atomic.Int32 }

func (s *slow) Choose(ctx context.Context, _ Turn) (string, []byte, error) {
	s.calls.Add(1)
	<-ctx.Done()
	return "", nil, fmt.Errorf("thinking: %w", ctx.Err())
}

// Being slow costs the house its time, and not the game.
func TestSlowHouseDoesNotGiveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &slow{}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		id := w.create(houseSetup())
		time.Sleep(time.Hour)
		s, err := w.Snapshot(t.Context(), id, game.Spectator)
		if err != nil || s.State.(toyView).Status != "" {
			t.Errorf("the game stands at %+v (%v), want it on", s.State, err)
		}
		if n := b.calls.Load(); n < 100 {
			t.Errorf("the brain was asked %d times in an hour", n)
		}
	})
}

func TestThinkersAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &slow{}
		w := newWorld(t, func(w *world) { w.brain = b })
		defer w.stop()
		for range 300 {
			w.create(houseSetup())
		}
		synctest.Wait()
		if n := b.calls.Load(); n != 256 {
			t.Errorf("%d calls at a time, want 256", n)
		}
	})
}
