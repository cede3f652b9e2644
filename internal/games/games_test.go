package games

import (
	"fmt"
	"testing"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
)

func TestCatalog(t *testing.T) {
	for _, draws := range []string{"", "lichess", "fide"} {
		c, err := Catalog(Options{Draws: draws})
		if err != nil || c[chess.Kind] == nil {
			t.Errorf("draws %q: got %v, %v, want chess", draws, c, err)
		}
		for kind, rules := range c {
			if rules.Kind() != kind {
				t.Errorf("the rules of %s call themselves %s", kind, rules.Kind())
			}
		}
	}
	if c, err := Catalog(Options{Draws: "no-fifty"}); err == nil {
		t.Errorf("got %v, want no policy for replays", c)
	}
}

// TestDrawPolicy plays 50 moves without a capture or a pawn move: that ends
// the game under one policy, and under the other it can be claimed.
func TestDrawPolicy(t *testing.T) {
	for draws, want := range map[string]string{"": "draw", "lichess": "draw", "fide": ""} {
		c, err := Catalog(Options{Draws: draws})
		if err != nil {
			t.Fatal(err)
		}
		state, err := c[chess.Kind].New([]byte(`{"variant":"standard","fen":"4k3/8/8/8/8/8/8/R3K3 w - - 99 80"}`), 2)
		if err != nil {
			t.Fatal(err)
		}
		p := &play{tb: t, rules: c[chess.Kind], state: state}
		p.move(0, "e1d1")
		if got := p.state.Result().Status; got != want {
			t.Errorf("draws %q: got %q after 50 moves, want %q", draws, got, want)
		}
	}
}

// TestChancePermutesEvenly counts all orders of four: chi-squared of 23
// degrees of freedom is above 70 once in two million runs.
func TestChancePermutesEvenly(t *testing.T) {
	const rounds = 24_000
	counts := map[string]int{}
	chance := Chance()
	for range rounds {
		counts[fmt.Sprint(chance.Perm(4))]++
	}
	if len(counts) != 24 {
		t.Fatalf("got %d orders of four, want 24", len(counts))
	}
	sum := 0.0
	for _, n := range counts {
		d := float64(n) - rounds/24
		sum += d * d / (rounds / 24)
	}
	if sum > 70 {
		t.Errorf("chi-squared is %.1f: %v", sum, counts)
	}
}

func TestPace(t *testing.T) {
	rows := []struct {
		name              string
		clocks            *clock.State
		ply               int
		least, most, work time.Duration
	}{
		{"no clock", nil, 40, 625 * time.Millisecond, 2500 * time.Millisecond, 3 * time.Second},
		{"no clock, opening", nil, 3, 312500 * time.Microsecond, 1250 * time.Millisecond, 3 * time.Second},
		{"unlimited", &clock.State{}, 40, 625 * time.Millisecond, 2500 * time.Millisecond, 3 * time.Second},
		{"an hour", at(time.Hour), 40, 625 * time.Millisecond, 2500 * time.Millisecond, 3 * time.Second},
		{"three minutes", at(3 * time.Minute), 40, 450 * time.Millisecond, 1800 * time.Millisecond, 3 * time.Second},
		{"a minute", at(time.Minute), 40, 150 * time.Millisecond, 600 * time.Millisecond, 2 * time.Second},
		{"time trouble", at(19 * time.Second), 40, 0, 0, 633 * time.Millisecond},
		{"almost no time", at(time.Millisecond), 40, 0, 0, 10 * time.Millisecond},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			turn := host.Turn{Seat: 1, Clocks: row.clocks, Ply: row.ply}
			low := pause(turn, func(int) int { return 0 })
			high := pause(turn, func(n int) int { return n - 1 })
			if low != row.least || high != row.most {
				t.Errorf("got pauses of %v to %v, want %v to %v", low, high, row.least, row.most)
			}
			if got := budget(turn).Truncate(time.Millisecond); got != row.work {
				t.Errorf("got a budget of %v, want %v", got, row.work)
			}
		})
	}
}

// at is a clock on which seat 1 has some time left, and its opponent none.
func at(left time.Duration) *clock.State {
	return &clock.State{Remaining: []time.Duration{0, left}, Running: game.Seat(1)}
}

// TestPauseNeverLosesOnTime plays a game of 300 moves on pauses alone.
func TestPauseNeverLosesOnTime(t *testing.T) {
	for _, initial := range []time.Duration{15 * time.Second, time.Minute, 3 * time.Minute} {
		remaining := initial
		for ply := range 600 {
			turn := host.Turn{Seat: 1, Clocks: at(remaining), Ply: ply}
			remaining -= pause(turn, func(n int) int { return n - 1 })
		}
		if low := min(initial, hurry-maxPause); remaining < low {
			t.Errorf("of %v only %v are left, want %v", initial, remaining, low)
		}
	}
}
