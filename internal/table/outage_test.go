package table_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// outage stops the server at the desk's time, and has another take the table
// over after a while; alive is the last sign of life before.
func (d *desk) outage(alive, down time.Duration) int {
	d.tb.Helper()
	at := d.now.Add(alive)
	records, err := d.table.Claim(at, d.wait(alive+down).now)
	if err != nil {
		d.tb.Fatalf("Claim: %v", err)
	}
	d.append(records)
	return len(records)
}

func (d *desk) release(seat game.Seat) int {
	d.tb.Helper()
	records := d.table.Release(seat, d.now)
	d.append(records)
	return len(records)
}

func TestOutageChargesNobody(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5")
	if n := d.outage(4*second, time.Hour); n != 1 || !d.table.Held() {
		t.Fatalf("got %d records, held %v, want the clock held", n, d.table.Held())
	}
	want := [2]time.Duration{176 * second, 180 * second}
	if got := d.left(); got != want {
		t.Errorf("after the outage: got %v, want %v", got, want)
	}
	d.wait(time.Minute)
	if n := d.due(); n != 0 {
		t.Errorf("while held: %d records fell due", n)
	}
	d.deny(table.ErrNotAllowed, "black", "claim-flag")
	if n := d.release(1); n != 0 {
		t.Errorf("Black is back, and it is White's turn: got %d records, want none", n)
	}
	if n := d.release(0); n != 1 || d.table.Held() {
		t.Errorf("White is back: got %d records, held %v", n, d.table.Held())
	}
	if got := d.left(); got != want {
		t.Errorf("released: got %v, want %v", got, want)
	}
	d.wait(3*second).must("white", "g1f3")
	if got, want := d.left(), [2]time.Duration{175 * second, 180 * second}; got != want {
		t.Errorf("after the move: got %v, want %v", got, want)
	}
}

func TestOutageEndsWithAMove(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5")
	d.outage(4*second, time.Hour)
	d.wait(time.Minute).must("white", "g1f3")
	if got, want := d.types(4), "table.released move"; got != want {
		t.Errorf("records: got %s, want %s", got, want)
	}
	if got, want := d.left(), [2]time.Duration{178 * second, 180 * second}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if d.wait(time.Second); d.left()[1] != 179*second {
		t.Errorf("Black's clock shows %v and does not run", d.left()[1])
	}
}

// Before the clocks run, too, a move ends the wait.
func TestOutageBeforeTheClocksRun(t *testing.T) {
	d := newDesk(t, pool("3+2"))
	if n := d.outage(4*second, time.Hour); n != 1 || !d.table.Held() {
		t.Fatalf("got %d records, held %v, want the first-move timer held", n, d.table.Held())
	}
	if n := d.due(); n != 0 || d.table.Snapshot(game.Spectator, d.now).Deadline != nil {
		t.Error("the first-move timer runs on")
	}
	d.wait(time.Minute).must("white", "e2e4")
	if d.table.Held() {
		t.Error("White has moved, and the clock is still held")
	}
	if got := d.table.Snapshot(game.Spectator, d.now).Deadline; got == nil || got.Seat != 1 || got.At.Sub(d.now) != 25*second {
		t.Errorf("deadline: got %+v, want Black in 25s", got)
	}
}

func TestOutageWithNothingToHold(t *testing.T) {
	over := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").must("white", "resign")
	unlimited := newDesk(t, friendly("unlimited")).play(second, "e2e4 e7e5")
	friends := newDesk(t, friendly("3+2")).play(second, "e2e4")
	for name, d := range map[string]*desk{"over": over, "unlimited": unlimited, "not yet running": friends} {
		if n := d.outage(0, time.Hour); n != 0 {
			t.Errorf("%s: got %d records, want none", name, n)
		}
		if n := d.release(game.NoSeat); n != 0 {
			t.Errorf("%s: released with %d records, want none", name, n)
		}
	}
}

func TestReleasedThoughNobodyCame(t *testing.T) {
	d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5")
	d.outage(0, time.Hour)
	if n := d.release(game.NoSeat); n != 1 || d.table.Held() {
		t.Errorf("got %d records, held %v, want the clock released", n, d.table.Held())
	}
	if n := d.outage(0, time.Hour); n != 1 {
		t.Errorf("the next outage: got %d records, want 1", n)
	}
	if n := d.outage(0, time.Hour); n != 0 {
		t.Errorf("an outage while held: got %d records, want none", n)
	}
}

// A sign of life older than the last record, or younger than now, is not
// believed.
func TestOutageWithStrangeTimes(t *testing.T) {
	for name, alive := range map[string]time.Duration{"old": -time.Hour, "young": time.Hour} {
		d := newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5").wait(10 * second)
		records, err := d.table.Claim(d.now.Add(alive), d.now)
		if err != nil {
			t.Fatal(err)
		}
		d.append(records)
		want := 180 * second
		if alive > 0 {
			want = 170 * second
		}
		if got := d.left()[0]; got != want {
			t.Errorf("%s: White has %v, want %v", name, got, want)
		}
	}
}

// Whoever takes a table over leaves a record, so that the former owner cannot
// append, and nobody's time or lifetime changes by it.
func TestTakeOver(t *testing.T) {
	timed := func(t *testing.T) *desk { return newDesk(t, friendly("3+2")).play(second, "e2e4 e7e5") }
	tests := []struct {
		name string
		desk func(*testing.T) *desk
		want []string
	}{
		{"time runs", timed, []string{"table.held"}},
		{"no clock", func(t *testing.T) *desk { return newDesk(t, friendly("unlimited")).play(second, "e2e4") }, []string{"table.claimed"}},
		{"held already", func(t *testing.T) *desk { d := timed(t); d.outage(second, second); return d }, []string{"table.claimed"}},
		{"over", func(t *testing.T) *desk { return newDesk(t, friendly("3+2")).play(second, "f2f3 e7e5 g2g4 d8h4") }, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := tt.desk(t)
			alive, touched, next := d.now, d.table.Touched(), d.next()
			records, err := d.table.TakeOver(7, alive, d.wait(time.Minute).now)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range records {
				got = append(got, r.Type)
			}
			if !slices.Equal(got, tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			d.append(records)
			if len(records) == 0 {
				return
			}
			if got := d.table.Epoch(); got != 7 {
				t.Errorf("claimed under epoch %d, want 7", got)
			}
			if _, err := d.table.TakeOver(6, alive, d.now); !errors.Is(err, table.ErrConflict) {
				t.Errorf("a claim under an earlier lease: %v, want %v", err, table.ErrConflict)
			}
			if tt.want[0] == "table.claimed" && (!d.table.Touched().Equal(touched) || !d.next().Equal(next)) {
				t.Errorf("the claim moved what is due from %v to %v", next, d.next())
			}
		})
	}
}

// next returns when something falls due.
func (d *desk) next() time.Time {
	next, _ := d.table.Next()
	return next
}
