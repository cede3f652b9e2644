package table_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// ended is a table whose game was resigned.
func ended(t *testing.T) *desk {
	return newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").must("white", "resign")
}

// accept agrees to a rematch the way a host does.
func (d *desk) accept(who string, next table.ID) (table.Setup, bool) {
	d.tb.Helper()
	cmd := d.cmd(who, "rematch")
	setup, ready := d.table.NextGame(cmd)
	if ready {
		cmd.Next = next
	}
	if err := d.send(cmd); err != nil {
		d.tb.Fatalf("rematch by %s: %v", who, err)
	}
	return setup, ready
}

func TestRematch(t *testing.T) {
	d := ended(t)
	if _, ready := d.accept("white", "Next1234"); ready {
		t.Fatal("one player agrees alone")
	}
	if got := d.table.Snapshot(game.Spectator, d.now).RematchBy; got != 0 {
		t.Errorf("offered by %d, want White", got)
	}
	d.deny(table.ErrNotAllowed, "white", "rematch")
	next, ready := d.accept("black", "Next1234")
	if !ready {
		t.Fatal("both agreed, and there is no next game")
	}
	want := friendly("3+2")
	want.Seats[0], want.Seats[1] = want.Seats[1], want.Seats[0]
	want.Game, want.Prior, want.Games = []byte(`{"variant":"standard"}`), deskID, 1
	if !reflect.DeepEqual(next, want) {
		t.Errorf("next game: got\n%+v, want\n%+v", next, want)
	}
	if s := d.table.Snapshot(game.Spectator, d.now); s.Rematch != "Next1234" {
		t.Errorf("the rematch is at %q, want Next1234", s.Rematch)
	}
	if got := d.types(4); got != "table.rematch-offered table.rematch" {
		t.Errorf("records: got %s", got)
	}
	d.deny(table.ErrNotAllowed, "white", "rematch")
	if _, ready := d.table.NextGame(d.cmd("white", "rematch")); ready {
		t.Error("a second rematch of the same game")
	}
}

func TestRematchKeepsTheChess960Start(t *testing.T) {
	s := friendly("3+2")
	s.Game = []byte(`{"variant":"chess960","number":77}`)
	for games, want := range []string{`"number":77`, `"variant"`} {
		s.Games = games
		d := newDesk(t, s).must("white", "abort").must("white", "rematch")
		next, ready := d.accept("black", "Next1234")
		if !ready || !strings.Contains(string(next.Game), want) || strings.Contains(string(next.Game), "77") != (games == 0) {
			t.Errorf("after %d games: got %s, %v, want %s", games+1, next.Game, ready, want)
		}
	}
}

func TestRematchRefused(t *testing.T) {
	d := newDesk(t, friendly("3+2")).deny(table.ErrNotAllowed, "white", "rematch")
	d.play(second, "e2e4 e7e5").must("white", "resign")
	d.deny(table.ErrSeat, "carol", "rematch")
	d.deny(table.ErrNotAllowed, "white", "rematch-decline")
	d.must("white", "rematch").must("black", "rematch-decline")
	d.wait(time.Minute-time.Millisecond).deny(table.ErrNotAllowed, "white", "rematch")
	d.deny(table.ErrNotAllowed, "black", "rematch")
	d.wait(time.Millisecond).must("white", "rematch")
}

func TestRematchTwiceAMinute(t *testing.T) {
	d := ended(t)
	for range 2 {
		d.must("white", "rematch").wait(second)
		d.must("white", "rematch-decline").wait(time.Minute)
	}
	d.must("black", "rematch")
}

func TestRematchOfferLives(t *testing.T) {
	d := ended(t).must("white", "rematch").wait(20 * time.Minute)
	if _, ready := d.table.NextGame(d.cmd("black", "rematch")); !ready {
		t.Error("after 20 minutes the offer is gone")
	}
	d.wait(time.Millisecond)
	if _, ready := d.table.NextGame(d.cmd("black", "rematch")); ready {
		t.Error("after more than 20 minutes the offer stands")
	}
	d.must("black", "rematch")
	if got := d.table.Snapshot(game.Spectator, d.now).RematchBy; got != 1 {
		t.Errorf("offered by %d, want Black, anew", got)
	}
}

func TestNextGameNeedsAnAgreement(t *testing.T) {
	d := ended(t).must("white", "rematch")
	for who, what := range map[string]string{"white": "rematch", "carol": "rematch", "black": "chat"} {
		if _, ready := d.table.NextGame(d.cmd(who, what)); ready {
			t.Errorf("%s by %s makes the next game", what, who)
		}
	}
}
