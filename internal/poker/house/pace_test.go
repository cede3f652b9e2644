package house

import (
	"testing"
	"time"

	"kibitz/internal/poker"
)

// A pause is never shorter or longer than said, grows with how hard a decision
// is, and varies.
func TestPause(t *testing.T) {
	l := newLuck(1)
	var means []time.Duration
	for _, hard := range []float64{0, 0.5, 1} {
		d := Decision{Type: string(poker.Call), Hard: hard}
		var sum time.Duration
		seen := map[time.Duration]bool{}
		for range 1000 {
			pause := d.Pause(l)
			if pause < 600*time.Millisecond || pause > 4*time.Second {
				t.Fatalf("hard %g: a pause of %v", hard, pause)
			}
			seen[pause] = true
			sum += pause
		}
		if len(seen) < 100 {
			t.Errorf("hard %g: only %d different pauses", hard, len(seen))
		}
		means = append(means, sum/1000)
	}
	if !(means[0] < time.Second && means[0] < means[1] && means[1] < means[2]) {
		t.Errorf("pauses of %v on average", means)
	}
}

// Decisions on the hand are neither all easy nor all hard.
func TestDecisionsDifferInHowHardTheyAre(t *testing.T) {
	h := mustOpen(t)
	m := newMatch(t, 7)
	easy, hard, all := 0, 0, 0
	for range 6 {
		play := h.character(4, 300, m.luck)
		m.seats = append(m.seats, func(s Sight) Decision {
			d := play(s)
			all++
			switch {
			case d.Hard < 0 || d.Hard > 1:
				t.Errorf("%v is %g hard", d, d.Hard)
			case d.Hard < 0.2:
				easy++
			case d.Hard > 0.5:
				hard++
			}
			return d
		})
	}
	m.stats = make([]stats, 6)
	for n := range 200 {
		m.play(stakes("holdem", poker.NoLimit, 6, 100), n)
	}
	if easy < all/4 || hard < all/50 {
		t.Errorf("of %d decisions %d are easy and %d hard", all, easy, hard)
	}
}
