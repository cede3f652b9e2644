package clock_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// entry is what a table would store of one step: a press, or where there is
// none, a change by name.
type entry struct {
	change string
	seat   game.Seat
	at     time.Time
	press  clock.Press
}

// fold applies a stored entry to a clock.
func (e entry) fold(c clock.Clock) clock.Clock {
	switch e.change {
	case "start":
		return c.Start(e.seat, e.at)
	case "stop":
		return c.Stop(e.at)
	case "hold":
		return c.Hold(e.at)
	case "release":
		return c.Release(e.at)
	case "give":
		c, _ = c.Give(e.seat, clock.GiveStep)
		return c
	}
	return c.Apply(e.press)
}

// drawReport draws an honest, lying or silent client.
func drawReport(t *rapid.T) clock.Report {
	d := func(name string) time.Duration {
		return time.Duration(rapid.Int64Range(-1, 20_000).Draw(t, name)) * time.Millisecond
	}
	return clock.Report{Spent: d("spent"), Lag: d("lag"), FrameLag: d("frame lag")}
}

// play draws a history on a system clock that sometimes steps back. It calls
// visit after every entry. Its times are finer than what a record stores.
func play(t *rapid.T, c clock.Clock, seats int, visit func(before, after clock.Clock, e entry)) {
	at := t0
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		at = at.Add(time.Duration(rapid.Int64Range(-2_000_000, 30_000_000).Draw(t, "passed")) * time.Microsecond)
		e := entry{
			change: rapid.SampledFrom([]string{"start", "press", "press", "stop", "hold", "release", "give"}).Draw(t, "change"),
			seat:   game.Seat(rapid.IntRange(0, seats-1).Draw(t, "seat")),
			at:     at,
		}
		if e.change == "press" {
			e.press = c.Judge(at, drawReport(t))
		}
		next := e.fold(c)
		visit(c, next, e)
		c = next
	}
}

func TestReplayEqualsLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.IntRange(2, 10).Draw(t, "seats")
		control := anyControl(t)
		live := clock.New(control, seats)
		var journal []entry
		play(t, live, seats, func(_, next clock.Clock, e entry) {
			e.at = time.UnixMilli(e.at.UnixMilli()).UTC()
			e.press.Flagged = false
			journal = append(journal, e)
			live = next
		})
		replayed := clock.New(control, seats)
		for _, e := range journal {
			replayed = e.fold(replayed)
		}
		if !reflect.DeepEqual(replayed, live) {
			t.Errorf("replayed %+v, want %+v", replayed, live)
		}
	})
}

func TestNothingIsNegative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seats := rapid.IntRange(1, 4).Draw(t, "seats")
		play(t, clock.New(anyControl(t), seats), seats, func(_, c clock.Clock, e entry) {
			if e.press.Spent < 0 || e.press.Comp < 0 || e.press.Gain < 0 {
				t.Fatalf("press %+v", e.press)
			}
			if e.press.Spent%cs != 0 || e.press.Comp%cs != 0 || e.press.Gain%cs != 0 {
				t.Fatalf("press %+v is not in centiseconds", e.press)
			}
			for _, at := range []time.Time{e.at, e.at.Add(-time.Hour), e.at.Add(time.Hour)} {
				for seat := range game.Seat(seats) {
					if got := c.Remaining(seat, at); got < 0 {
						t.Fatalf("seat %d: remaining %v", seat, got)
					}
				}
			}
		})
	})
}

// TestChargedAtMostElapsed plays with a clock that never stops: all that is
// charged to all seats must have passed in reality.
func TestChargedAtMostElapsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		control := fischer(180*mnt, 0)
		c := clock.New(control, 2).Start(0, t0)
		at := t0
		var charged time.Duration
		for range rapid.IntRange(1, 60).Draw(t, "turns") {
			at = at.Add(time.Duration(rapid.Int64Range(0, 20_000).Draw(t, "passed")) * time.Millisecond)
			p := c.Judge(at, drawReport(t))
			charged += p.Spent
			c = c.Apply(p).Start(p.Seat.Other(), at)
			left := c.Remaining(0, at) + c.Remaining(1, at)
			if left != 2*control.Initial-charged {
				t.Fatalf("remaining %v in all, want %v", left, 2*control.Initial-charged)
			}
			if passed := at.Sub(t0); charged > passed {
				t.Fatalf("charged %v of %v", charged, passed)
			}
		}
	})
}

func TestOutageCostsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := func(name string) time.Duration {
			return time.Duration(rapid.Int64Range(0, 100_000).Draw(t, name)) * time.Millisecond
		}
		before, gap, later := ms("before"), ms("gap"), ms("later")
		straight := clock.New(anyControl(t), 2).Start(0, t0)
		held := straight.Hold(t0.Add(before)).Release(t0.Add(before + gap))
		r := drawReport(t)
		want := straight.Judge(t0.Add(before+later), r)
		if got := held.Judge(t0.Add(before+gap+later), r); got != want {
			t.Errorf("after an outage of %v: %+v, want %+v", gap, got, want)
		}
		flag, _ := straight.FlagAt()
		if got, _ := held.FlagAt(); !got.Equal(flag.Add(gap)) {
			t.Errorf("the flag falls at %v, want %v", got, flag.Add(gap))
		}
	})
}

func TestFlagAtIsTheFirstFall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, clock.New(anyControl(t), 2), 2, func(_, c clock.Clock, _ entry) {
			at, ok := c.FlagAt()
			if !ok {
				return
			}
			if !c.Flagged(at, true) || !c.Flagged(at, false) {
				t.Fatalf("the flag stands at %v", at)
			}
			// A turn that an outage interrupted can be over its time already
			// when it goes on.
			if early := at.Add(-time.Millisecond); c.Flagged(early, true) && c.Remaining(c.Running(), t0.Add(-time.Hour)) > 0 {
				t.Fatalf("the flag fell before %v", at)
			}
		})
	})
}

// TestQuotaIsBounded lets a client lie as much as it can: it gains no more
// than the start of the quota and one gain a move.
func TestQuotaIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := clock.New(fischer(3*mnt, 2*sec), 2)
		var comp time.Duration
		for move := range rapid.IntRange(1, 80).Draw(t, "moves") {
			c = c.Start(0, t0)
			p := c.Judge(t0.Add(time.Duration(rapid.Int64Range(0, 9_000).Draw(t, "elapsed"))*time.Millisecond), premove())
			comp += p.Comp
			if most := 300*cs + time.Duration(move)*100*cs; comp > most {
				t.Fatalf("compensated %v after %d moves, want at most %v", comp, move+1, most)
			}
			if p.Comp > 700*cs {
				t.Fatalf("compensated %v for one move", p.Comp)
			}
			c = c.Apply(p)
		}
	})
}

func BenchmarkJudgeAndApply(b *testing.B) {
	c := clock.New(fischer(3*mnt, 2*sec), 2).Start(0, t0)
	r := clock.Report{Spent: sec, Lag: -1, FrameLag: 50 * time.Millisecond}
	at := t0
	b.ReportAllocs()
	for b.Loop() {
		at = at.Add(1500 * time.Millisecond)
		p := c.Judge(at, r)
		c = c.Apply(p).Start(p.Seat.Other(), at)
	}
	if c.Remaining(0, at) == 0 {
		b.Fatal("the flag fell")
	}
}

// TestNoAllocation keeps a press at a table of two off the heap.
func TestNoAllocation(t *testing.T) {
	c := clock.New(fischer(3*mnt, 2*sec), 2).Start(0, t0)
	at := t0
	got := testing.AllocsPerRun(100, func() {
		at = at.Add(sec)
		p := c.Judge(at, premove())
		c = c.Apply(p).Start(p.Seat.Other(), at)
	})
	if got != 0 {
		t.Errorf("%v allocations a press, want 0", got)
	}
}
