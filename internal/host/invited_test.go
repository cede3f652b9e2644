package host

import (
	"testing"
	"testing/synctest"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// challenged is a table of Anna's that waits for one player alone.
func challenged(who table.Player) table.Setup {
	s := setup(anna, table.Player{})
	s.Invited = who
	return s
}

// TestRunningOfTheInvited follows challenges through the list of who is asked.
func TestRunningOfTheInvited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer func() { w.stop() }()
		taken, declined := w.create(challenged(bert)), w.create(challenged(bert))
		want := func(when string, who table.Player, seat game.Seat, tables ...table.ID) {
			t.Helper()
			synctest.Wait()
			list := w.Running(t.Context(), who.ID)
			if len(list) != len(tables) {
				t.Fatalf("%s: %s has %d tables, want %d", when, who.Name, len(list), len(tables))
			}
			for _, s := range list {
				if s.Viewer.Seat != seat {
					t.Errorf("%s: %s looks from seat %d, want %d", when, who.Name, s.Viewer.Seat, seat)
				}
			}
		}
		want("asked", bert, game.NoSeat, taken, declined)
		want("asked", anna, 0, taken, declined)
		w.restart(time.Second)
		want("after a restart", bert, game.NoSeat, taken, declined)
		if _, err := w.do(command(taken, cora, "s", "sit", "{}")); err == nil {
			t.Error("somebody else took the kept seat")
		}
		want("refused", cora, game.NoSeat)
		w.must(command(declined, bert, "d", "decline", "{}"))
		want("declined", bert, game.NoSeat, taken)
		w.must(command(taken, bert, "s", "sit", "{}"))
		want("accepted", bert, 1, taken)
		want("accepted", anna, 0, taken)
	})
}
