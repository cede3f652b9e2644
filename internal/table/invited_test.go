package table_test

import (
	"errors"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

// challenge is a table whose second seat is kept for Bruno.
func challenge() table.Setup {
	s := friendly("3+2")
	s.Seats[1], s.Invited = table.Player{}, people["black"]
	return s
}

func TestKeptSeat(t *testing.T) {
	d := newDesk(t, challenge())
	if got := d.table.Setup().Kept(); got != 1 {
		t.Errorf("kept: got seat %d, want 1", got)
	}
	d.deny(table.ErrNotAllowed, "carol", "sit")
	d.deny(table.ErrNotAllowed, "carol", `sit {"seat":1}`)
	d.deny(table.ErrNotAllowed, "guest", "sit")
	d.deny(table.ErrNotAllowed, "", "sit")
	d.must("black", "sit")
	if got := d.table.Setup().Kept(); got != game.NoSeat || d.table.Waiting() {
		t.Errorf("after the invited sat down: seat %d is kept, waiting %v", got, d.table.Waiting())
	}
	d.deny(table.ErrTaken, "carol", "sit")
	d.deny(table.ErrNotAllowed, "black", "decline")
	d.must("white", "e2e4")
}

func TestDecline(t *testing.T) {
	d := newDesk(t, challenge())
	for _, who := range []string{"carol", "white", ""} {
		d.deny(table.ErrNotAllowed, who, "decline")
	}
	d.must("black", "decline")
	if d.status() != "expired" || !d.table.Result().Void {
		t.Errorf("got the status %q, want expired", d.status())
	}
	if e := d.last[game.Spectator].Events[0]; e.Type != "table.expired" || e.Seat != game.NoSeat {
		t.Errorf("got the event %+v, want table.expired of no seat", e)
	}
	d.deny(table.ErrOver, "black", "sit")
	d.deny(table.ErrOver, "black", "decline")

	open := friendly("3+2")
	open.Seats[1] = table.Player{}
	newDesk(t, open).deny(table.ErrNotAllowed, "black", "decline").deny(table.ErrNotAllowed, "", "decline")
}

func TestChallengeIsCalledOff(t *testing.T) {
	d := newDesk(t, challenge()).must("white", "cancel")
	d.deny(table.ErrOver, "black", "sit")
}

func TestRematchOfChallenge(t *testing.T) {
	d := newDesk(t, challenge()).must("black", "sit").must("white", "e2e4").must("black", "e7e5", "resign", "rematch")
	next, agreed := d.table.NextGame(d.cmd("white", "rematch"))
	if !agreed || !next.Invited.Free() || next.Kept() != game.NoSeat {
		t.Errorf("got %+v, %v, want a setup that invites nobody", next, agreed)
	}
}

func TestInvitationRefused(t *testing.T) {
	rows := []struct {
		name   string
		change func(*table.Setup)
	}{
		{"oneself", func(s *table.Setup) { s.Invited = people["white"] }},
		{"no free seat", func(s *table.Setup) { s.Seats[1] = people["carol"] }},
		{"two free seats", func(s *table.Setup) { s.Seats[0] = table.Player{} }},
		{"a guest to a rated game", func(s *table.Setup) { s.Rated, s.Invited = true, people["guest"] }},
	}
	for _, row := range rows {
		s := challenge()
		row.change(&s)
		if _, err := table.Create(deskID, s, begun, catalog, gametest.NewChance(1)); !errors.Is(err, table.ErrSetup) {
			t.Errorf("%s: got %v, want %v", row.name, err, table.ErrSetup)
		}
	}
}
