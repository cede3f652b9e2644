package house

import (
	"testing"

	"kibitz/internal/poker"
)

// opponents are who somebody plays against; level 0 plays at random.
type opponents struct {
	name  string
	level int
	setup poker.Setup
	hands int
}

// The fox wins from whoever calls everything, and from whoever does anything,
// by more than chance explains.
func TestFoxWins(t *testing.T) {
	needsSpeed(t)
	h := mustOpen(t)
	for _, row := range []opponents{
		{"panda, no-limit", 1, stakes("holdem", poker.NoLimit, 6, 100), 2500},
		{"panda, pot-limit Omaha", 1, stakes("omaha", poker.PotLimit, 6, 100), 4000},
		{"panda, Omaha hi-lo", 1, stakes("omaha8", poker.PotLimit, 6, 100), 1500},
		{"panda, fixed limit", 1, stakes("holdem", poker.FixedLimit, 6, 100), 1500},
		{"panda, two players", 1, stakes("holdem", poker.NoLimit, 2, 100), 3000},
		{"random, no-limit", 0, stakes("holdem", poker.NoLimit, 6, 100), 1500},
		{"random, two players", 0, stakes("holdem", poker.NoLimit, 2, 100), 1500},
		{"random, pot-limit Omaha", 0, stakes("omaha", poker.PotLimit, 2, 100), 1500},
		{"random, fixed limit", 0, stakes("holdem", poker.FixedLimit, 2, 100), 1500},
		{"random, short stacks", 0, stakes("holdem", poker.NoLimit, 6, 10), 2500},
	} {
		m := newMatch(t, 2)
		foxes := stats{}
		for i := range row.setup.Players {
			m.seats = append(m.seats, m.random)
			if i%3 == 0 {
				m.seats[i] = h.character(4, 800, m.luck)
			} else if row.level > 0 {
				m.seats[i] = h.character(row.level, 800, m.luck)
			}
		}
		m.stats = make([]stats, len(m.seats))
		for n := range row.hands {
			m.play(row.setup, n)
		}
		for i := 0; i < len(m.stats); i += 3 {
			foxes.add(&m.stats[i])
		}
		mean, deviation := foxes.rate()
		t.Logf("%s: %.0f bb/100 +- %.0f", row.name, mean, deviation)
		if mean < 2.5*deviation {
			t.Errorf("%s: %.1f big blinds in 100 hands, with a deviation of %.1f", row.name, mean, deviation)
		}
	}
}
