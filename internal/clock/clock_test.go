package clock_test

import (
	"errors"
	"reflect"
	"testing"
	"time"
	"unsafe"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

func after(d time.Duration) time.Time { return t0.Add(d) }

// shown fails the test unless the seats have the given times at one moment.
func shown(t *testing.T, c clock.Clock, at time.Time, want ...time.Duration) {
	t.Helper()
	if got := c.State(at).Remaining; !reflect.DeepEqual(got, want) {
		t.Errorf("at %v: remaining %v, want %v", at.Sub(t0), got, want)
	}
}

func TestOnlyOneSeatRuns(t *testing.T) {
	c := clock.New(fischer(mnt, 2*sec), 2)
	shown(t, c, after(time.Hour), mnt, mnt)
	c = c.Start(0, t0)
	shown(t, c, after(10*sec+time.Millisecond), 50*sec-time.Millisecond, mnt)
	shown(t, c, after(-time.Hour), mnt, mnt)
	shown(t, c, after(time.Hour), 0, mnt)
	if again := c.Start(0, after(5*sec)); !reflect.DeepEqual(again, c) {
		t.Error("starting the running seat again changed the clock")
	}
	c = c.Start(1, after(10*sec))
	if got := c.Running(); got != 1 {
		t.Errorf("running %v, want 1", got)
	}
	shown(t, c, after(15*sec), 50*sec, 55*sec)
	for _, seat := range []game.Seat{game.NoSeat, 2, 15, 127, -128} {
		if got := c.Start(seat, after(20*sec)).Running(); got != 1 {
			t.Errorf("after starting seat %d, which is not there: running %v, want 1", seat, got)
		}
	}
}

func TestStopChargesWithoutIncrement(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		elapsed time.Duration
		want    time.Duration
	}{
		{"increment", fischer(mnt, 2*sec), 10*sec + 19*time.Millisecond, 50*sec - cs},
		{"within the delay", delayed(mnt, 5*sec), 5 * sec, mnt},
		{"beyond the delay", delayed(mnt, 5*sec), 6 * sec, 59 * sec},
		{"all", fischer(mnt, 2*sec), time.Hour, 0},
		{"the system clock stepped back", fischer(mnt, 2*sec), -time.Hour, mnt},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := clock.New(row.control, 2).Start(1, t0).Stop(after(row.elapsed))
			shown(t, c, after(2*time.Hour), row.control.Initial, row.want)
			if got := c.Running(); got != game.NoSeat {
				t.Errorf("running %v, want nobody", got)
			}
			if again := c.Stop(after(time.Hour)); !reflect.DeepEqual(again, c) {
				t.Error("stopping a stopped clock changed it")
			}
		})
	}
}

func TestFree(t *testing.T) {
	fresh := clock.New(fischer(mnt, 2*sec), 2)
	if got := fresh.Free(0); !reflect.DeepEqual(got, fresh) {
		t.Error("a free move on a stopped clock changed it")
	}
	if got := fresh.Start(0, t0).Free(0); !reflect.DeepEqual(got, fresh) {
		t.Errorf("after a free turn: %+v, want %+v", got, fresh)
	}
	if got := fresh.Start(0, t0).Free(1).Running(); got != 0 {
		t.Errorf("a free move of another seat: running %v, want 0", got)
	}
}

func TestHold(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 2).Start(0, t0).Hold(after(10 * sec))
	if !c.Held() || c.Running() != 0 {
		t.Errorf("held %v, running %v, want true and 0", c.Held(), c.Running())
	}
	shown(t, c, after(time.Hour), 50*sec, mnt)
	if _, ok := c.FlagAt(); ok {
		t.Error("a held clock has a flag to look at")
	}
	if c.Flagged(after(time.Hour), false) {
		t.Error("a flag fell while the clock was held")
	}
	if again := c.Hold(after(20 * sec)); !reflect.DeepEqual(again, c) {
		t.Error("holding a held clock changed it")
	}
	c = c.Release(after(time.Hour))
	shown(t, c, after(time.Hour), 50*sec, mnt)
	shown(t, c, after(time.Hour+7*sec), 43*sec, mnt)
	if again := c.Release(after(2 * time.Hour)); !reflect.DeepEqual(again, c) {
		t.Error("releasing a running clock changed it")
	}
	p := c.Judge(after(time.Hour+7*sec), clock.NoReport())
	if p.Spent != 17*sec {
		t.Errorf("spent %v, want 17s", p.Spent)
	}
	shown(t, c.Apply(p).Start(1, after(time.Hour)), after(time.Hour), 43*sec, mnt)
}

func TestHoldBeforeTheTurn(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 2).Start(0, t0).Hold(after(-10 * sec)).Release(after(time.Hour))
	shown(t, c, after(time.Hour+sec), 59*sec, mnt)
}

func TestStartWhileHeld(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 2).Hold(t0).Start(1, after(sec))
	shown(t, c, after(time.Hour), mnt, mnt)
	shown(t, c.Release(after(time.Hour)), after(time.Hour+sec), mnt, 59*sec)
}

func TestFlagAt(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		used    time.Duration // of the quota, before
		want    time.Duration
	}{
		{"grace is the quota", fischer(15*sec, 0), 0, 15*sec + 63*cs},
		{"grace is at most 2 s", fischer(3*mnt, 0), 0, 3*mnt + 2*sec},
		{"grace is what the quota still holds", fischer(mnt, 0), 117 * cs, mnt + 39*cs},
		{"the delay comes before", delayed(3*mnt, 5*sec), 0, 3*mnt + 7*sec},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, _ := turn(clock.New(row.control, 2), row.used, premove())
			if row.used == 0 {
				c = clock.New(row.control, 2)
			}
			c = c.Start(0, t0)
			got, ok := c.FlagAt()
			if !ok || !got.Equal(after(row.want)) {
				t.Fatalf("FlagAt() = %v, %v, want %v", got.Sub(t0), ok, row.want)
			}
			own := row.control.Initial + row.control.Delay
			for _, look := range []struct {
				at           time.Time
				own, opposed bool
			}{
				{after(own - time.Millisecond), false, false},
				{after(own), true, false},
				{got.Add(-time.Millisecond), true, false},
				{got, true, true},
			} {
				if fell := c.Flagged(look.at, false); fell != look.own {
					t.Errorf("at %v without grace: fell %v, want %v", look.at.Sub(t0), fell, look.own)
				}
				if fell := c.Flagged(look.at, true); fell != look.opposed {
					t.Errorf("at %v with grace: fell %v, want %v", look.at.Sub(t0), fell, look.opposed)
				}
			}
		})
	}
}

func TestFlagOfNobody(t *testing.T) {
	for _, row := range []struct {
		name string
		c    clock.Clock
	}{
		{"zero", clock.Clock{}},
		{"stopped", clock.New(fischer(mnt, 0), 2)},
		{"no clock", clock.New(clock.Control{}, 2).Start(0, t0)},
	} {
		t.Run(row.name, func(t *testing.T) {
			if at, ok := row.c.FlagAt(); ok {
				t.Errorf("FlagAt() = %v, want none", at)
			}
			if row.c.Flagged(after(1000*time.Hour), false) {
				t.Error("the flag fell")
			}
		})
	}
}

func TestFlagFallenBeforeAnOutage(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 2).Start(0, t0).Hold(after(2 * mnt))
	if !c.Flagged(after(2*mnt), true) {
		t.Error("the flag had fallen, and stands again")
	}
}

func TestUnlimited(t *testing.T) {
	c := clock.New(clock.Control{}, 2).Start(0, t0)
	p := c.Judge(after(1000*time.Hour), clock.NoReport())
	if want := (clock.Press{Seat: 0}); p != want {
		t.Errorf("Judge() = %+v, want %+v", p, want)
	}
	c = c.Apply(p).Start(1, after(time.Hour))
	if got, want := c.State(after(time.Hour)), (clock.State{At: after(time.Hour), Running: 1}); !reflect.DeepEqual(got, want) {
		t.Errorf("State() = %+v, want %+v", got, want)
	}
	if got := c.Stop(after(2*time.Hour)).Remaining(1, t0); got != 0 {
		t.Errorf("remaining %v, want 0", got)
	}
}

func TestState(t *testing.T) {
	c := clock.New(delayed(mnt, 5*sec), 2).Start(1, t0)
	for _, row := range []struct {
		at   time.Duration
		want clock.State
	}{
		{2 * sec, clock.State{At: after(2 * sec), Remaining: []time.Duration{mnt, mnt}, Delay: 3 * sec, Running: 1}},
		{9 * sec, clock.State{At: after(9 * sec), Remaining: []time.Duration{mnt, 56 * sec}, Running: 1}},
	} {
		if got := c.State(after(row.at)); !reflect.DeepEqual(got, row.want) {
			t.Errorf("at %v: %+v, want %+v", row.at, got, row.want)
		}
	}
	want := clock.State{At: after(mnt), Remaining: []time.Duration{mnt, mnt}, Delay: 3 * sec, Running: 1, Held: true}
	if got := c.Hold(after(2 * sec)).State(after(mnt)); !reflect.DeepEqual(got, want) {
		t.Errorf("held: %+v, want %+v", got, want)
	}
	want = clock.State{At: after(mnt), Remaining: []time.Duration{mnt, 56 * sec}, Running: game.NoSeat}
	if got := c.Stop(after(9 * sec)).State(after(mnt)); !reflect.DeepEqual(got, want) {
		t.Errorf("stopped: %+v, want %+v", got, want)
	}
}

func TestGive(t *testing.T) {
	for _, row := range []struct {
		name    string
		initial time.Duration
		seat    game.Seat
		d       time.Duration
		want    time.Duration
	}{
		{"a step", mnt, 1, clock.GiveStep, 75 * sec},
		{"whole centiseconds", mnt, 1, 19 * time.Millisecond, mnt + cs},
		{"just below 2 h", 119 * mnt, 1, clock.GiveStep, 119*mnt + 15*sec},
		{"2 h", 120 * mnt, 1, clock.GiveStep, 0},
		{"more than 2 h", 180 * mnt, 1, clock.GiveStep, 0},
		{"nothing", mnt, 1, 0, 0},
		{"less than a centisecond", mnt, 1, time.Millisecond, 0},
		{"taking", mnt, 1, -sec, 0},
		{"too much at once", mnt, 1, 2*time.Hour + sec, 0},
		{"no such seat", mnt, 2, clock.GiveStep, 0},
		{"nobody", mnt, game.NoSeat, clock.GiveStep, 0},
		{"no clock", 0, 1, clock.GiveStep, 0},
		{"a day and a half", mnt, 1, 36 * time.Hour, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := clock.New(fischer(row.initial, 0), 2).Start(1, t0)
			got, err := before.Give(row.seat, row.d)
			if row.want == 0 {
				if !errors.Is(err, clock.ErrGive) || !reflect.DeepEqual(got, before) {
					t.Errorf("Give() = %+v, %v, want ErrGive and no change", got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			shown(t, got, t0, row.initial, row.want)
		})
	}
}

func TestLargeTable(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 3).Start(2, t0)
	d := c.Apply(c.Judge(after(sec), clock.NoReport())).Start(0, after(sec))
	shown(t, c, t0, mnt, mnt, mnt)
	shown(t, d, after(3*sec), 58*sec, mnt, 59*sec)
	for _, row := range []struct{ asked, want int }{{-1, 0}, {0, 0}, {1, 1}, {10, 10}, {17, game.MaxSeats}, {1 << 40, game.MaxSeats}} {
		if got := len(clock.New(fischer(mnt, 0), row.asked).State(t0).Remaining); got != row.want {
			t.Errorf("New with %d seats has %d, want %d", row.asked, got, row.want)
		}
	}
}

func TestAbsurdTimes(t *testing.T) {
	for _, row := range []struct {
		name     string
		from, to time.Time
	}{
		{"from the zero time", time.Time{}, t0},
		{"to the zero time", t0, time.Time{}},
		{"to the far future", t0, time.Unix(1<<55, 0)},
		{"from the far past", time.Unix(-1<<55, 0), t0},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := clock.New(fischer(mnt, 0), 2).Start(0, row.from)
			for range 8 {
				used := c.Remaining(0, row.to) == 0
				c = c.Hold(row.to).Release(row.from)
				if used != (c.Remaining(0, row.from) == 0) {
					t.Fatalf("used up %v before the outage, and the opposite after it", used)
				}
			}
			if p := c.Judge(row.to, clock.NoReport()); p.Spent < 0 {
				t.Errorf("Judge() = %+v", p)
			}
		})
	}
}

// TestClockIsSmall guards the memory of a hundred thousand tables.
func TestClockIsSmall(t *testing.T) {
	if got := unsafe.Sizeof(clock.Clock{}); got > 112 {
		t.Errorf("a Clock takes %d bytes, want at most 112", got)
	}
}
