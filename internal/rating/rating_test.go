package rating

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// near reports whether two numbers agree to so many decimals.
func near(a, b float64, decimals int) bool {
	return math.Abs(a-b) <= 0.5000001*math.Pow10(-decimals)
}

// TestWorkedExample is the one of Glickman's paper.
func TestWorkedExample(t *testing.T) {
	got := period(Rating{1500, 200, 0.06}, []outcome{
		{Rating{1400, 30, 0.06}, Win},
		{Rating{1550, 100, 0.06}, Loss},
		{Rating{1700, 300, 0.06}, Loss},
	}, 0.5)
	// The paper rounds on the way: without that the rating is 1464.0507.
	if !near(got.Rating, 1464.0507, 4) || !near(got.Deviation, 151.52, 2) || !near(got.Volatility, 0.059996, 6) {
		t.Errorf("got %+v, want 1464.0507 (the paper: 1464.06), 151.52, 0.059996 (the paper: 0.05999)", got)
	}
}

// TestPaperSteps holds the steps between, as the paper prints them.
func TestPaperSteps(t *testing.T) {
	r := Rating{1500, 200, 0.06}
	if got := widen(r, 1); !near(got, 200.2714, 3) { // step 6, of who did not play
		t.Errorf("deviation after a period without games = %v, want 200.2714", got)
	}
	if got := volatility(0.06, 1.1513, 1.7785, -0.4834, 0.5); !near(got, 0.059996, 6) {
		t.Errorf("volatility = %v, want 0.059996", got)
	}
}

func TestIdle(t *testing.T) {
	for _, tt := range []struct {
		name     string
		r        Rating
		days     float64
		min, max float64
	}{
		{"a year takes 60 to 110", Rating{1500, 60, 0.06}, 365, 109, 111},
		{"no time, no change", Rating{1500, 60, 0.09}, 0, 60, 60},
		{"time never runs back", Rating{1500, 60, 0.09}, -5, 60, 60},
		{"never above 500", Rating{1500, 490, 0.1}, 1e6, 500, 500},
		{"never below 45", Rating{1500, 10, 0.06}, 0, 45, 45},
	} {
		got := tt.r.Idle(tt.days)
		if got.Deviation < tt.min || got.Deviation > tt.max || got.Rating != tt.r.Rating {
			t.Errorf("%s: got %+v, want a deviation of %v to %v", tt.name, got, tt.min, tt.max)
		}
	}
}

func TestGame(t *testing.T) {
	for _, tt := range []struct {
		name         string
		a, b         Rating
		s            Score
		wantA, wantB int
	}{
		{"first game, won", Start(), Start(), Win, 1742, 1258},
		{"first game, drawn", Start(), Start(), Draw, 1500, 1500},
		{"at the floor", Rating{400, 60, 0.06}, Rating{400, 60, 0.06}, Loss, 400, 410},
	} {
		a, b := Game(tt.a, tt.b, tt.s)
		if a.Rounded() != tt.wantA || b.Rounded() != tt.wantB {
			t.Errorf("%s: got %d and %d, want %d and %d", tt.name, a.Rounded(), b.Rounded(), tt.wantA, tt.wantB)
		}
	}
	if a, _ := Game(Rating{400, 500, 0.1}, Rating{4000, 45, 0.1}, Win); a.Rating > 400+maxChange {
		t.Errorf("an upset took 400 to %v, more than %d", a.Rating, maxChange)
	}
}

func someRating(t *rapid.T, label string) Rating {
	return Rating{
		rapid.Float64Range(minRating, 3500).Draw(t, label+" rating"),
		rapid.Float64Range(minDeviation, maxDeviation).Draw(t, label+" deviation"),
		rapid.Float64Range(0.01, maxVolatility).Draw(t, label+" volatility"),
	}.rounded()
}

// TestProperties holds what must be true of every game.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := someRating(t, "a"), someRating(t, "b")
		win, _ := Game(a, b, Win)
		draw, _ := Game(a, b, Draw)
		loss, _ := Game(a, b, Loss)
		if win.Rating < draw.Rating || draw.Rating < loss.Rating {
			t.Fatalf("win %v, draw %v, loss %v: out of order", win, draw, loss)
		}
		if win.Rating < a.Rating || loss.Rating > a.Rating {
			t.Fatalf("%v became %v by a win and %v by a loss", a, win, loss)
		}
		for _, r := range []Rating{win, draw, loss} {
			inRange := r.Rating >= minRating && r.Deviation >= minDeviation && r.Deviation <= maxDeviation &&
				r.Volatility > 0 && r.Volatility <= maxVolatility && math.Abs(r.Rating-a.Rating) <= maxChange+1e-9
			if !inRange {
				t.Fatalf("%v against %v gave %v", a, b, r)
			}
			if again := r.rounded(); again != r {
				t.Fatalf("%v is kept as %v", r, again)
			}
		}
		mirrorB, mirrorA := Game(b, a, Loss)
		if x, y := Game(a, b, Win); x != mirrorA || y != mirrorB {
			t.Fatalf("the order of the players matters: %v %v, %v %v", x, y, mirrorA, mirrorB)
		}
	})
}
