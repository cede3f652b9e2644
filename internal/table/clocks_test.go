package table_test

import (
	"errors"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

const second = time.Second

func TestClocks(t *testing.T) {
	d := newDesk(t, friendly("3+2"))
	d.play(20*second, "e2e4 e7e5")
	if got, want := d.left(), [2]time.Duration{180 * second, 180 * second}; got != want {
		t.Errorf("the first moves are free: got %v, want %v", got, want)
	}
	d.wait(5 * second)
	if got, want := d.left(), [2]time.Duration{175 * second, 180 * second}; got != want {
		t.Errorf("while White thinks: got %v, want %v", got, want)
	}
	d.must("white", "g1f3")
	if got, want := d.left(), [2]time.Duration{177 * second, 180 * second}; got != want {
		t.Errorf("with the increment: got %v, want %v", got, want)
	}
	d.play(10*second, "b8c6 f1b5")
	if got, want := d.left(), [2]time.Duration{169 * second, 172 * second}; got != want {
		t.Errorf("after five plies: got %v, want %v", got, want)
	}
	got := d.table.Snapshot(game.Spectator, d.now).Spent
	want := []time.Duration{0, 0, 5 * second, 10 * second, 10 * second}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("spent: got %v, want %v", got, want)
		}
	}
	d.wait(10*second).must("white", "resign").wait(time.Hour)
	if got, want := d.left(), [2]time.Duration{169 * second, 162 * second}; got != want {
		t.Errorf("after the end: got %v, want %v", got, want)
	}
}

func TestOnlyMovesPressTheClock(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").wait(5 * second)
	d.must("white", "draw").must("black", "draw-decline", "chat {\"preset\":\"hi\"}", "takeback").must("white", "takeback-decline")
	if got, want := d.left(), [2]time.Duration{175 * second, 180 * second}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	for _, r := range d.records {
		if r.Pressed {
			t.Errorf("record %d, %s, presses the clock", r.Seq, r.Type)
		}
	}
}

func TestTakebackAndClocks(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5 g1f3 b8c6").wait(4 * second)
	d.must("black", "takeback").wait(second).must("white", "takeback")
	if got, want := d.left(), [2]time.Duration{176 * second, 181 * second}; got != want {
		t.Errorf("White pays for thinking, and nobody gains: got %v, want %v", got, want)
	}
	if got := d.table.Snapshot(game.Spectator, d.now).Spent; len(got) != 3 {
		t.Errorf("spent: got %v, want 3 plies", got)
	}
	if got := d.table.ToAct().First(); got != 1 {
		t.Errorf("to act: got %d, want Black", got)
	}
	d.wait(second).must("black", "g8f6")
	if got, want := d.left(), [2]time.Duration{176 * second, 182 * second}; got != want {
		t.Errorf("the game goes on: got %v, want %v", got, want)
	}
	back := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").wait(second).must("black", "takeback").must("white", "takeback")
	if s := back.table.Snapshot(game.Spectator, back.now); s.Clocks.Running != game.NoSeat {
		t.Errorf("back at the first plies the clock runs for %d, want nobody", s.Clocks.Running)
	}
}

func TestFlag(t *testing.T) {
	d := newDesk(t, friendly("1+0")).play(second, "e2e4 e7e5")
	flag := d.now.Add(60 * second)
	due, ok := d.table.Next()
	if grace := due.Sub(flag); !ok || grace <= 0 || grace > 2*second {
		t.Errorf("the flag is looked at %v after it fell, want a grace up to 2s", grace)
	}
	d.now = due.Add(-time.Millisecond)
	if n := d.due(); n != 0 {
		t.Errorf("within the grace: got %d records, want none", n)
	}
	d.deny(table.ErrNotAllowed, "black", "claim-flag")
	d.now = due
	if n := d.due(); n != 1 || d.status() != "outoftime" || d.table.Result().Winners != game.SeatSet(1) {
		t.Errorf("got %d records and %+v, want a loss on time", n, d.table.Result())
	}
	if got := d.left(); got[0] != 0 {
		t.Errorf("the flagged clock shows %v, want 0", got[0])
	}
}

func TestClaimFlag(t *testing.T) {
	rows := []struct {
		name, who string
		after     time.Duration // the flag fell
		want      error
	}{
		{"too early", "black", -time.Millisecond, table.ErrNotAllowed},
		{"within the grace", "black", 500 * time.Millisecond, table.ErrNotAllowed},
		{"after the grace", "black", 2 * second, nil},
		{"against oneself, too early", "white", -time.Millisecond, table.ErrNotAllowed},
		{"against oneself there is no grace", "white", 0, nil},
		{"by a spectator", "carol", 2 * second, table.ErrSeat},
	}
	for _, row := range rows {
		d := newDesk(t, friendly("1+0")).play(second, "e2e4 e7e5").wait(60*second + row.after)
		if row.want != nil {
			d.deny(row.want, row.who, "claim-flag")
			continue
		}
		cmd := d.cmd(row.who, "claim-flag")
		if err := d.send(cmd); err != nil || d.status() != "outoftime" {
			t.Errorf("%s: got %v and the status %q", row.name, err, d.status())
		}
		if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); !done {
			t.Errorf("%s: the claim is not remembered as done", row.name)
		}
	}
	for _, control := range []string{"unlimited", "3+2"} {
		newDesk(t, friendly(control)).play(second, "e2e4").wait(time.Hour).deny(table.ErrNotAllowed, "white", "claim-flag")
	}
}

// A move behind a fallen flag is refused, and ends the game: records and a
// refusal, both.
func TestLateMove(t *testing.T) {
	d := newDesk(t, friendly("1+0")).play(second, "e2e4 e7e5").wait(60*second + 300*time.Millisecond)
	cmd := d.cmd("white", "g1f3")
	before := len(d.records)
	if err := d.send(cmd); !errors.Is(err, table.ErrOver) {
		t.Errorf("got %v, want ErrOver", err)
	}
	if got := d.types(before); got != "ended" || d.status() != "outoftime" {
		t.Errorf("records %q, status %q, want an end by time", got, d.status())
	}
	if r := d.records[before]; r.Action != "" || r.Actor != "" || r.Seat != 0 {
		t.Errorf("the record is %+v, want the table's own of seat 0", r)
	}
	if _, done := d.table.Done(cmd.Actor.ID, cmd.ID); done {
		t.Error("the move counts as done")
	}
}

// A late move that was under way while the network lagged still counts.
func TestLagIsCompensated(t *testing.T) {
	d := newDesk(t, friendly("1+0")).play(second, "e2e4 e7e5").wait(60*second + 300*time.Millisecond)
	cmd := d.cmd("white", "g1f3")
	cmd.Report = clock.Report{Spent: 59 * second, Lag: -1, FrameLag: -1}
	if err := d.send(cmd); err != nil {
		t.Fatal(err)
	}
	if got := d.records[len(d.records)-1]; got.Spent >= 60*second || got.Comp == 0 || got.Gain == 0 || !got.Pressed {
		t.Errorf("the record is %+v, want compensation", got)
	}
}

func TestIllegalMoveDoesNotFlag(t *testing.T) {
	d := newDesk(t, friendly("1+0")).play(second, "e2e4 e7e5").wait(time.Hour)
	d.deny(game.ErrIllegal, "white", "e4e6")
	d.deny(game.ErrTurn, "black", "e5e4")
}

func TestFirstMoveTimer(t *testing.T) {
	d := newDesk(t, pool("3+0"))
	deadline := func() *table.Deadline { return d.table.Snapshot(game.Spectator, d.now).Deadline }
	if got := deadline(); got == nil || got.Seat != 0 || got.Why != "first-move" || got.At.Sub(d.now) != 25*second {
		t.Errorf("got %+v, want White in 25s", got)
	}
	d.play(20*second, "e2e4")
	if got := d.last[game.Spectator].Deadline; got == nil || got.Seat != 1 || got.At.Sub(d.now) != 25*second {
		t.Errorf("after a move: got %+v, want Black in 25s", got)
	}
	if n := d.wait(25*second - time.Millisecond).due(); n != 0 {
		t.Errorf("early: got %d records, want none", n)
	}
	if next, ok := d.table.Next(); !ok || !next.Equal(d.now.Add(time.Millisecond)) {
		t.Errorf("due at %v, want in a millisecond", next)
	}
	if n := d.wait(time.Millisecond).due(); n != 1 || d.status() != "aborted" || !d.table.Result().Void {
		t.Errorf("got %d records and %+v, want an abort", n, d.table.Result())
	}
	if got := deadline(); got != nil {
		t.Errorf("after the end: got %+v, want none", got)
	}
	d = newDesk(t, pool("3+0")).play(20*second, "e2e4 e7e5")
	if got := deadline(); got != nil {
		t.Errorf("after two plies: got %+v, want none", got)
	}
	for _, s := range []table.Setup{friendly("3+0"), pool("unlimited")} {
		d = newDesk(t, s)
		if got := deadline(); got != nil {
			t.Errorf("%s game with %v: got %+v, want none", s.Origin, s.Control, got)
		}
	}
}

func TestGiveTime(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").must("white", "give-time")
	if got, want := d.left(), [2]time.Duration{180 * second, 195 * second}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	d.must("white", `give-time {"seconds":7}`).must("black", `give-time {"seconds":60}`)
	if got, want := d.left(), [2]time.Duration{240 * second, 202 * second}; got != want {
		t.Errorf("given seconds: got %v, want %v", got, want)
	}
	d.deny(table.ErrNotAllowed, "white", `give-time {"seconds":4}`).deny(table.ErrNotAllowed, "white", `give-time {"seconds":61}`)
	d.deny(game.ErrMalformed, "white", `give-time {"seconds":"7"}`)
	d.deny(table.ErrSeat, "carol", "give-time")
	newDesk(t, friendly("unlimited")).deny(table.ErrNotAllowed, "white", "give-time")
	newDesk(t, friendly("120+0")).deny(table.ErrNotAllowed, "white", "give-time")
}
