package table_test

import (
	"errors"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

func TestLimits(t *testing.T) {
	limited := friendly("3+2")
	limited.Rules = table.Limits{NoRematch: true, NoGiveTime: true, NoClaimWin: true}
	if limited.Claimable() {
		t.Error("a game that cannot be claimed is claimable")
	}
	d := newDesk(t, limited).play(second, "e2e4 e7e5")
	d.claims = map[game.Seat]time.Time{1: d.now}
	d.deny(table.ErrNotAllowed, "white", "give-time").deny(table.ErrNotAllowed, "white", "claim-win").deny(table.ErrNotAllowed, "white", "claim-draw")
	d.must("white", "resign").deny(table.ErrNotAllowed, "black", "rematch")
}

func TestChosenPlayers(t *testing.T) {
	open := friendly("3+2")
	open.Seats = []table.Player{{}, {}}
	open.Only = []account.ID{people["white"].ID, people["black"].ID}
	d := newDesk(t, open)
	d.deny(table.ErrNotAllowed, "carol", "sit").must("black", `sit {"seat":1}`).deny(table.ErrNotAllowed, "guest", "sit")
	d.must("white", "sit", "e2e4")

	open.Only = open.Only[:1]
	if err := open.Validate(); !errors.Is(err, table.ErrSetup) {
		t.Errorf("two seats for one player: got %v, want ErrSetup", err)
	}
	open.Only, open.Seats = []account.ID{people["white"].ID}, []table.Player{people["white"], {}}
	if err := open.Validate(); !errors.Is(err, table.ErrSetup) {
		t.Errorf("a seat for nobody: got %v, want ErrSetup", err)
	}
}

const day = 24 * time.Hour

// TestDays plays by correspondence.
func TestDays(t *testing.T) {
	d := newDesk(t, friendly("3d"))
	first := func() *table.Deadline { return d.table.Snapshot(game.Spectator, d.now).Deadline }
	if got := first(); got == nil || !got.At.Equal(begun.Add(3*day)) {
		t.Errorf("first move: got the deadline %+v, want three days", got)
	}
	d.play(2*day, "e2e4 e7e5")
	if got := first(); got != nil {
		t.Errorf("third move: got the deadline %+v, want none", got)
	}
	d.claims = map[game.Seat]time.Time{1: d.now}
	d.deny(table.ErrNotAllowed, "white", "claim-win")
	d.play(day, "g1f3").wait(2*day).must("white", "give-time").deny(table.ErrNotAllowed, "white", "give-time")
	if got, want := d.left(), [2]time.Duration{3 * day, 2 * day}; got != want {
		t.Errorf("a day was given: got %v, want %v", got, want)
	}
	d.play(day, "b8c6")
	if got, want := d.left(), [2]time.Duration{3 * day, 3 * day}; got != want {
		t.Errorf("the next turn: got %v, want %v", got, want)
	}
	if next, ok := d.table.Next(); !ok || !next.Equal(d.now.Add(3*day)) {
		t.Errorf("due at %v, %v, want when the flag falls", next, ok)
	}
	if n := d.wait(3*day - time.Millisecond).due(); n != 0 {
		t.Errorf("a millisecond early: got %d records", n)
	}
	if n := d.wait(time.Millisecond).due(); n != 1 || d.status() != "outoftime" {
		t.Errorf("got %d records and the status %s, want outoftime", n, d.status())
	}
}

// TestDaysWithoutFirstMove calls off what nobody began.
func TestDaysWithoutFirstMove(t *testing.T) {
	d := newDesk(t, friendly("1d")).play(23*time.Hour, "e2e4")
	if n := d.wait(day - time.Millisecond).due(); n != 0 {
		t.Errorf("a millisecond early: got %d records", n)
	}
	if n := d.wait(time.Millisecond).due(); n != 1 || d.status() != "aborted" {
		t.Errorf("got %d records and the status %s, want aborted", n, d.status())
	}
}

// TestDaysInvitation leaves two weeks to come.
func TestDaysInvitation(t *testing.T) {
	s := challenge()
	s.Control = mustControl("14d")
	if n := newDesk(t, s).wait(14*day - time.Millisecond).due(); n != 0 {
		t.Errorf("a millisecond early: got %d records", n)
	}
}

// TestDaysTakeback gives back all days of the turn that comes again.
func TestDaysTakeback(t *testing.T) {
	d := newDesk(t, friendly("3d")).play(day, "e2e4 e7e5 g1f3").wait(2*day).must("white", "takeback").must("black", "takeback")
	if got, want := d.left()[0], 3*day; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}
