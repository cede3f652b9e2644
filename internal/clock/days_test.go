package clock_test

import (
	"errors"
	"testing"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

const day = clock.Day

// TestDays follows a clock on which every turn has three days.
func TestDays(t *testing.T) {
	c := clock.New(clock.Control{Days: 3}, 2).Start(0, t0)
	shown(t, c, after(day), 2*day, 3*day)
	if at, ok := c.FlagAt(); !ok || !at.Equal(after(3*day)) {
		t.Errorf("FlagAt() = %v, %v, want three days from the start", at, ok)
	}
	lag := clock.Report{Spent: 0, Lag: -1, FrameLag: sec}
	p := c.Judge(after(2*day), lag)
	if p.Spent != 2*day || p.Comp != 0 || p.Flagged {
		t.Errorf("Judge() = %+v, want two days and nothing compensated", p)
	}
	if !c.Judge(after(3*day), lag).Flagged || !c.Flagged(after(3*day), true) || c.Flagged(after(3*day-time.Millisecond), false) {
		t.Error("the flag falls at another time than after three days")
	}
	c = c.Apply(p).Start(1, after(2*day))
	shown(t, c, after(3*day), 3*day, 2*day)
	given, err := c.Give(1, day)
	if err != nil {
		t.Fatal(err)
	}
	shown(t, given, after(3*day), 3*day, 3*day)
	if _, err := given.Give(1, day); !errors.Is(err, clock.ErrGive) {
		t.Errorf("a second day: %v, want ErrGive", err)
	}
	next := given.Apply(given.Judge(after(4*day), clock.NoReport())).Start(0, after(4*day))
	shown(t, next, after(4*day), 3*day, 3*day)
	back := next.Stop(after(5*day)).Start(1, after(5*day))
	shown(t, back.Stop(after(5*day)).Start(game.Seat(0), after(5*day)), after(5*day), 3*day, 3*day)
}
