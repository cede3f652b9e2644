package clock_test

import (
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// t0 is when the first turn of every test begins.
var t0 = time.UnixMilli(1_700_000_000_000)

// premove claims that all of the elapsed time was lag.
func premove() clock.Report { return clock.Report{Spent: 0, Lag: -1, FrameLag: -1} }

func spent(d time.Duration) clock.Report { return clock.Report{Spent: d, Lag: -1, FrameLag: -1} }

func reported(lag time.Duration) clock.Report { return clock.Report{Spent: -1, Lag: lag, FrameLag: -1} }

// quota is what a turn of the running seat could be compensated at most.
func quota(c clock.Clock) time.Duration { return c.Judge(t0.Add(time.Hour), premove()).Comp }

// turn starts a turn of seat 0, presses after the elapsed time, and returns
// the stopped clock.
func turn(c clock.Clock, elapsed time.Duration, r clock.Report) (clock.Clock, clock.Press) {
	c = c.Start(0, t0)
	p := c.Judge(t0.Add(elapsed), r)
	return c.Apply(p), p
}

// TestQuota has the examples of chess.md 2.2.
func TestQuota(t *testing.T) {
	for _, row := range []struct {
		control           clock.Control
		start, gain, most time.Duration
	}{
		{fischer(15*sec, 0), 63 * cs, 21 * cs, 147 * cs},
		{fischer(mnt, 0), 117 * cs, 39 * cs, 273 * cs},
		{fischer(3*mnt, 0), 261 * cs, 87 * cs, 609 * cs},
		{fischer(212*sec, 0), 297 * cs, 99 * cs, 693 * cs},
		{fischer(213*sec, 0), 300 * cs, 100 * cs, 700 * cs},
		{fischer(180*mnt, 180*sec), 300 * cs, 100 * cs, 700 * cs},
		{fischer(0, sec), 93 * cs, 31 * cs, 217 * cs},
	} {
		t.Run(row.control.String(), func(t *testing.T) {
			c := clock.New(row.control, 2)
			if got := quota(c.Start(0, t0)); got != row.start {
				t.Errorf("at the start: quota %v, want %v", got, row.start)
			}
			c, _ = turn(c, 0, clock.NoReport())
			if got := quota(c.Start(0, t0)); got != row.start+row.gain {
				t.Errorf("after a move: quota %v, want %v", got, row.start+row.gain)
			}
			for range 10 {
				c, _ = turn(c, 0, clock.NoReport())
			}
			if got := quota(c.Start(0, t0)); got != row.most {
				t.Errorf("after many moves: quota %v, want %v", got, row.most)
			}
		})
	}
}

func TestJudge(t *testing.T) {
	blitz, bullet := fischer(3*mnt, 2*sec), fischer(mnt, 0) // 300 and 117 cs of quota
	for _, row := range []struct {
		name    string
		control clock.Control
		elapsed time.Duration
		report  clock.Report
		spent   time.Duration
		comp    time.Duration
	}{
		{"nothing known", blitz, 5 * sec, clock.NoReport(), 5 * sec, 0},
		{"no time at all", blitz, 0, clock.NoReport(), 0, 0},
		{"the system clock stepped back", blitz, -time.Hour, clock.NoReport(), 0, 0},
		{"centiseconds are rounded down", blitz, 5*sec + 9*time.Millisecond, clock.NoReport(), 5 * sec, 0},
		{"client measured", blitz, 5 * sec, spent(4700 * time.Millisecond), 470 * cs, 30 * cs},
		{"client measured more than the server", blitz, 5 * sec, spent(6 * sec), 5 * sec, 0},
		{"client measured milliseconds", blitz, 5 * sec, spent(4709 * time.Millisecond), 470 * cs, 30 * cs},
		{"measured time goes before reported lag", blitz, 5 * sec, clock.Report{Spent: 5 * sec, Lag: sec, FrameLag: -1}, 5 * sec, 0},
		{"reported lag", blitz, 5 * sec, reported(30 * cs), 470 * cs, 30 * cs},
		{"reported lag above the quota", bullet, 5 * sec, reported(9 * sec), 383 * cs, 117 * cs},
		{"reported lag above the elapsed time", blitz, 1 * sec, reported(2 * sec), 0, 2 * sec},
		{"premove within the quota", blitz, 250 * cs, premove(), 0, 250 * cs},
		{"premove at the quota", blitz, 300 * cs, premove(), 0, 300 * cs},
		{"premove beyond the quota", blitz, 310 * cs, premove(), 10 * cs, 300 * cs},
		{"frame lag does not cap this move", bullet, 2 * sec, clock.Report{Spent: 1 * sec, Lag: -1, FrameLag: 0}, 1 * sec, 1 * sec},
		{"inside the delay", delayed(3*mnt, 5*sec), 5 * sec, clock.NoReport(), 0, 0},
		{"beyond the delay", delayed(3*mnt, 5*sec), 7 * sec, clock.NoReport(), 2 * sec, 0},
		{"lag comes off before the delay", delayed(3*mnt, 5*sec), 7 * sec, spent(6 * sec), 1 * sec, 1 * sec},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, p := turn(clock.New(row.control, 2), row.elapsed, row.report)
			want := clock.Press{Seat: 0, Spent: row.spent, Comp: row.comp, Gain: p.Gain}
			if p != want {
				t.Errorf("Judge() = %+v, want %+v", p, want)
			}
			left := row.control.Initial - row.spent + row.control.Increment
			if got := c.Remaining(0, t0.Add(time.Hour)); got != left {
				t.Errorf("remaining %v, want %v", got, left)
			}
			if got := c.Running(); got != game.NoSeat {
				t.Errorf("running %v, want nobody", got)
			}
		})
	}
}

func TestGain(t *testing.T) {
	for _, row := range []struct {
		name     string
		frameLag time.Duration
		want     time.Duration
	}{
		{"not known", -1, 39 * cs},
		{"none", 0, 14 * cs},
		{"rounded down", 109 * time.Millisecond, 24 * cs},
		{"just below the most", 24 * cs, 38 * cs},
		{"at the most", 25 * cs, 39 * cs},
		{"above the most", 26 * cs, 39 * cs},
		{"absurd", 1<<63 - 1, 39 * cs},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := clock.Report{Spent: 0, Lag: -1, FrameLag: row.frameLag}
			c, p := turn(clock.New(fischer(mnt, 0), 2), 117*cs, r)
			if p.Gain < 0 || p.Gain == 0 && row.frameLag >= 0 {
				t.Errorf("the press has a gain of %v", p.Gain)
			}
			if got := quota(c.Start(0, t0)); got != row.want {
				t.Errorf("quota after using it up is %v, want the gain of %v", got, row.want)
			}
		})
	}
}

func TestJudgeFlags(t *testing.T) {
	for _, row := range []struct {
		name    string
		control clock.Control
		elapsed time.Duration
		report  clock.Report
		flagged bool
		left    time.Duration
	}{
		{"a centisecond is left", fischer(mnt, 0), mnt - cs, clock.NoReport(), false, cs},
		{"almost a centisecond is left", fischer(mnt, 0), mnt - time.Millisecond, clock.NoReport(), false, cs},
		{"nothing is left", fischer(mnt, 0), mnt, clock.NoReport(), true, 0},
		{"no increment for a fallen flag", fischer(mnt, 9*sec), mnt, clock.NoReport(), true, 0},
		{"compensation saves", fischer(mnt, 0), mnt + sec, spent(58 * sec), false, 17 * cs},
		{"the quota is not enough", fischer(mnt, 0), mnt + 117*cs, premove(), true, 0},
		{"the delay saves", delayed(mnt, 5*sec), mnt + 5*sec - cs, clock.NoReport(), false, cs},
		{"the delay is over", delayed(mnt, 5*sec), mnt + 5*sec, clock.NoReport(), true, 0},
		{"0+1 starts with 3 s", fischer(0, sec), 3*sec - cs, clock.NoReport(), false, sec + cs},
		{"0+1 flags after 3 s", fischer(0, sec), 3 * sec, clock.NoReport(), true, 0},
		{"0+5 starts with 5 s", fischer(0, 5*sec), 5*sec - cs, clock.NoReport(), false, 5*sec + cs},
	} {
		t.Run(row.name, func(t *testing.T) {
			c, p := turn(clock.New(row.control, 2), row.elapsed, row.report)
			if p.Flagged != row.flagged {
				t.Errorf("flagged %v, want %v: %+v", p.Flagged, row.flagged, p)
			}
			if got := c.Remaining(0, t0); got != row.left {
				t.Errorf("remaining %v, want %v", got, row.left)
			}
			p.Flagged = false
			if got := clock.New(row.control, 2).Start(0, t0).Apply(p).Remaining(0, t0); got != row.left {
				t.Errorf("without Flagged in the record: remaining %v, want %v", got, row.left)
			}
		})
	}
}

func TestApplyBadPress(t *testing.T) {
	c := clock.New(fischer(mnt, 0), 2).Start(1, t0)
	for _, row := range []struct {
		name  string
		press clock.Press
	}{
		{"nobody", clock.Press{Seat: game.NoSeat, Spent: sec}},
		{"no such seat", clock.Press{Seat: 2, Spent: sec}},
		{"last of all seats", clock.Press{Seat: 127, Spent: sec}},
		{"negative times give nothing", clock.Press{Seat: 1, Spent: -sec, Comp: -sec, Gain: -sec}},
		{"the gain has a limit", clock.Press{Seat: 1, Gain: sec}},
	} {
		t.Run(row.name, func(t *testing.T) {
			c := c.Apply(row.press)
			if got := quota(c.Stop(t0).Start(1, t0)); got > (117+39)*cs {
				t.Errorf("quota %v, want at most that after one gain", got)
			}
			for seat := range game.Seat(2) {
				if got := c.Remaining(seat, t0); got != mnt {
					t.Errorf("seat %d: remaining %v, want %v", seat, got, mnt)
				}
			}
		})
	}
}

func TestJudgeNobody(t *testing.T) {
	if got, want := clock.New(fischer(mnt, 0), 2).Judge(t0, premove()), (clock.Press{Seat: game.NoSeat}); got != want {
		t.Errorf("Judge() = %+v, want %+v", got, want)
	}
	if got, want := (clock.Clock{}).Judge(t0, premove()), (clock.Press{Seat: game.NoSeat}); got != want {
		t.Errorf("zero Clock: Judge() = %+v, want %+v", got, want)
	}
}

func TestLagMeter(t *testing.T) {
	var m clock.LagMeter
	if got := m.Mean(); got >= 0 {
		t.Errorf("before the first: %v, want negative", got)
	}
	for _, row := range []struct{ add, want time.Duration }{
		{-sec, -1},
		{100 * time.Millisecond, 100 * time.Millisecond},
		{200 * time.Millisecond, 110 * time.Millisecond},
		{-sec, 110 * time.Millisecond},
		{10 * time.Millisecond, 100 * time.Millisecond},
		{0, 90 * time.Millisecond},
	} {
		m.Add(row.add)
		if got := m.Mean(); got != row.want {
			t.Errorf("after %v: %v, want %v", row.add, got, row.want)
		}
	}
}
