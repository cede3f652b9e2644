package table_test

import (
	"strings"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

func TestClaims(t *testing.T) {
	house := friendly("3+2")
	house.Origin, house.Seats[1] = table.OriginHouse, people["house"]
	win := game.Result{Status: "timeout", Winners: game.SeatSet(0)}
	rows := []struct {
		name   string
		setup  table.Setup
		moves  string
		who    string
		what   string
		goneAt time.Duration // of Black, until the claim; negative: not gone
		want   error
		result game.Result
	}{
		{"win", friendly("3+2"), "e2e4 e7e5", "white", "claim-win", 0, nil, win},
		{"draw", friendly("3+2"), "e2e4 e7e5", "white", "claim-draw", 0, nil, game.Result{Status: "timeout"}},
		{"on the own turn", friendly("3+2"), "e2e4 e7e5 g1f3", "white", "claim-win", 0, nil, win},
		{"at the start", friendly("3+2"), "e2e4", "white", "claim-win", 0, nil, game.Result{Status: "aborted", Void: true}},
		{"too early", friendly("3+2"), "e2e4 e7e5", "white", "claim-win", time.Millisecond, table.ErrNotAllowed, game.Result{}},
		{"not gone", friendly("3+2"), "e2e4 e7e5", "white", "claim-win", -1, table.ErrNotAllowed, game.Result{}},
		{"against oneself", friendly("3+2"), "e2e4 e7e5", "black", "claim-win", 0, table.ErrNotAllowed, game.Result{}},
		{"by a spectator", friendly("3+2"), "e2e4 e7e5", "carol", "claim-win", 0, table.ErrSeat, game.Result{}},
		{"against the house", house, "e2e4", "white", "claim-win", 0, table.ErrNotAllowed, game.Result{}},
		{"without a clock", friendly("unlimited"), "e2e4 e7e5", "white", "claim-win", 0, table.ErrNotAllowed, game.Result{}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			d := newDesk(t, row.setup)
			for i, uci := range strings.Fields(row.moves) {
				d.must(d.name(i%2), uci)
			}
			if row.goneAt >= 0 {
				d.claims = map[game.Seat]time.Time{1: d.now.Add(row.goneAt)}
			}
			if row.want != nil {
				d.deny(row.want, row.who, row.what)
			} else {
				d.must(row.who, row.what)
			}
			if got := d.table.Result(); got != row.result {
				t.Errorf("result: got %+v, want %+v", got, row.result)
			}
		})
	}
}

// A game that gives a claim no meaning refuses it.
func TestClaimWithoutMeaning(t *testing.T) {
	d := newDesk(t, highcard("3+2")).must("white", "deal")
	d.claims = map[game.Seat]time.Time{1: d.now}
	d.deny(table.ErrNotAllowed, "white", "claim-draw")
	d.must("white", "claim-win")
	if got, want := d.table.Result().Winners, game.SeatSet(0); got != want {
		t.Errorf("winners: got %b, want %b", got, want)
	}
}

func TestGoneAfter(t *testing.T) {
	s := friendly("3+2")
	s.Seats[1] = people["guest"]
	if known, guest := s.GoneAfter(0, false), s.GoneAfter(1, false); known <= guest {
		t.Errorf("a guest is waited for %v and a user %v, want less", guest, known)
	}
	if open, bye := s.GoneAfter(0, false), s.GoneAfter(0, true); bye >= open {
		t.Errorf("who closed the page is waited for %v, who did not %v, want less", bye, open)
	}
}

func TestDone(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	cmd := d.cmd("white", "e2e4")
	if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); done {
		t.Error("done before it was sent")
	}
	if err := d.send(cmd); err != nil {
		t.Fatal(err)
	}
	if seq, done := d.table.Done(cmd.Actor.ID, cmd.ID); !done || seq != 2 {
		t.Errorf("got %d, %v, want done at 2", seq, done)
	}
	if _, done := d.table.Done(people["black"].ID, cmd.ID); done {
		t.Error("the id of one player counts for the other")
	}
	if _, done := d.table.Done(cmd.Actor.ID, ""); done {
		t.Error("an action without an id counts as done")
	}
	refused := d.cmd("white", "e2e5")
	if err := d.send(refused); err == nil {
		t.Fatal("an illegal move was accepted")
	}
	if _, done := d.table.Done(refused.Actor.ID, refused.ID); done {
		t.Error("a refused action counts as done")
	}
}

// A move that ends the game makes two records and is done at the first.
func TestDoneAtTheFirstRecord(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "f2f3 e7e5 g2g4")
	cmd := d.cmd("black", "d8h4")
	if err := d.send(cmd); err != nil {
		t.Fatal(err)
	}
	if seq, done := d.table.Done(cmd.Actor.ID, cmd.ID); !done || seq != 5 || d.table.Seq() != 6 {
		t.Errorf("got %d, %v of %d, want done at 5 of 6", seq, done, d.table.Seq())
	}
}

// Spectators who talk do not make a player's action forgotten; a player's own
// later ones do in the end.
func TestDoneForgets(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	cmd := d.cmd("white", "e2e4")
	if err := d.send(cmd); err != nil {
		t.Fatal(err)
	}
	for range 30 {
		d.wait(10*second).must("carol", say("la"))
	}
	if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); !done {
		t.Error("spectators made a player's move forgotten")
	}
	for range 15 {
		d.wait(10*second).must("white", say("la"))
	}
	if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); !done {
		t.Error("forgotten after 15 later actions, want 16 remembered")
	}
	d.wait(10*second).must("white", say("la"))
	if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); done {
		t.Error("remembered after 16 later actions, want 16 in all")
	}
}
