package table_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/table"
)

// refusals are the errors that Judge may give; any other is a fault.
var refusals = []error{
	table.ErrOver, table.ErrSeat, table.ErrTaken, table.ErrNotAllowed, game.ErrIllegal, game.ErrMalformed,
}

// wishes are actions for which no state is needed to think of them.
var wishes = []string{
	"resign", "abort", "draw", "draw", "draw-decline", "draw-claim", "takeback", "takeback", "takeback-decline", "deal", "show",
	"sit", `sit {"seat":1}`, "claim-flag", "claim-win", "claim-draw", "give-time", "rematch", "rematch-decline",
	`chat {"preset":"hi"}`, say("hello"), "chat 5", "move", "nonsense", `move {"uci":"a1a1"}`,
}

// TestAnySequence sends random actions of random people, with time passing,
// servers failing and players leaving, and lets the desk check after each that
// the journal gives the same table and the same views.
func TestAnySequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDesk(t, anySetup(t))
		d.lax = true // checked every few steps below
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			anyStep(t, d)
			d.sane()
		}
		d.check()
	})
}

func anySetup(t *rapid.T) table.Setup {
	s := friendly(rapid.SampledFrom([]string{"1/4+0", "3+2", "unlimited", "10d5"}).Draw(t, "control"))
	s.Origin = rapid.SampledFrom([]table.Origin{table.OriginFriend, table.OriginPool, table.OriginHouse}).Draw(t, "origin")
	s.Games = rapid.IntRange(0, 2).Draw(t, "games")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		s.Kind = gametest.HighCard{}.Kind()
	case 1:
		s.Game = []byte(`{"variant":"chess960"}`)
	case 2:
		s.Game = []byte(`{"fen":"4k3/P7/8/8/8/8/7p/4K3 b - - 90 1"}`)
	}
	if rapid.IntRange(0, 3).Draw(t, "waits") == 0 {
		s.Seats[rapid.IntRange(0, 1).Draw(t, "free")] = table.Player{}
	}
	return s
}

// anyStep lets something happen at the table.
func anyStep(t *rapid.T, d *desk) {
	d.wait(time.Duration(rapid.SampledFrom([]int64{0, 1, 10, 700, 5000, 26_000, 100_000_000}).Draw(t, "pause")) * time.Millisecond)
	switch rapid.IntRange(0, 19).Draw(t, "what") {
	case 0:
		d.outage(time.Duration(rapid.Int64Range(-5, 9000).Draw(t, "alive"))*time.Millisecond, time.Hour)
	case 1:
		d.release(game.Seat(rapid.IntRange(-1, 1).Draw(t, "back")))
	case 2, 3, 4:
		d.due()
	case 5:
		d.claims = map[game.Seat]time.Time{game.Seat(rapid.IntRange(0, 1).Draw(t, "gone")): d.now}
	case 6:
		d.claims = nil
	default:
		anyAction(t, d)
	}
}

func anyAction(t *rapid.T, d *desk) {
	who := rapid.SampledFrom([]string{"white", "white", "black", "black", "carol", "guest", ""}).Draw(t, "who")
	what := rapid.SampledFrom(wishes).Draw(t, "wish")
	if view, ok := d.table.Snapshot(game.Spectator, d.now).State.(chess.StateView); ok && rapid.IntRange(0, 2).Draw(t, "move") > 0 {
		p, err := chess.ParseFEN(view.FEN)
		if err != nil {
			t.Fatal(err)
		}
		if moves := p.LegalMoves(nil); len(moves) > 0 {
			what = rapid.SampledFrom(moves).Draw(t, "uci").String()
		}
		if seat := d.table.ToAct().First(); seat != game.NoSeat {
			who = d.name(int(seat))
		}
	}
	cmd := d.cmd(who, what)
	cmd.Report.Spent = time.Duration(rapid.Int64Range(-1, 3000).Draw(t, "spent")) * time.Millisecond
	if _, ready := d.table.NextGame(cmd); ready {
		cmd.Next = "Next1234"
	}
	if err := d.send(cmd); err != nil && !known(err) {
		t.Fatalf("%s by %s: %v is no refusal", what, who, err)
	}
}

func known(err error) bool {
	for _, want := range refusals {
		if errors.Is(err, want) {
			return true
		}
	}
	return false
}

// sane checks what must hold of every table.
func (d *desk) sane() {
	s := d.table.Snapshot(game.Spectator, d.now)
	if s.Clocks != nil {
		for seat, left := range s.Clocks.Remaining {
			if left < 0 {
				d.tb.Fatalf("seat %d has %v left", seat, left)
			}
		}
		if d.table.Result().Over() && !s.Closed && s.Clocks.Running != game.NoSeat {
			d.tb.Fatalf("the clock of seat %d runs after the end", s.Clocks.Running)
		}
	}
	if view, ok := s.State.(chess.StateView); ok && len(s.Spent) != view.Moves.Len() {
		d.tb.Fatalf("time was charged for %d plies of %d", len(s.Spent), view.Moves.Len())
	}
	if next, ok := d.table.Next(); ok == d.table.Result().Over() {
		d.tb.Fatalf("due at %v, %v, and the result is %+v", next, ok, d.table.Result())
	}
	for _, v := range d.viewers() {
		if _, err := json.Marshal(d.table.Snapshot(v, d.now).State); err != nil {
			d.tb.Fatal(err)
		}
	}
	if last := d.records[len(d.records)-1]; d.table.Seq() != last.Seq || !d.table.Touched().Equal(last.At) {
		d.tb.Fatalf("the table stands at %d of %v after record %d of %v", d.table.Seq(), d.table.Touched(), last.Seq, last.At)
	}
}
