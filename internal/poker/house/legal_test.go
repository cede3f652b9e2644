package house

import (
	"os"
	"strconv"
	"testing"

	"kibitz/internal/poker/handtest"
)

// handCount is how many hands of any kind are played: KIBITZ_POKER_HANDS, and
// else as many as take some seconds.
func handCount(tb testing.TB) uint64 {
	text := os.Getenv("KIBITZ_POKER_HANDS")
	if text == "" {
		return 15_000 / slower
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		tb.Fatalf("KIBITZ_POKER_HANDS: %v", err)
	}
	return n
}

// In hands of all variants, structures, numbers of players, stacks and forced
// bets every decision is legal, with the story told and without, and every hand
// ends.
func TestDecisionsAreLegal(t *testing.T) {
	h := mustOpen(t)
	acts := map[string]int{}
	for seed := range handCount(t) {
		played, err := handtest.Random(seed)
		if err != nil {
			t.Fatal(err)
		}
		m := newMatch(t, seed)
		for i := range played.Setup.Players {
			m.seats = append(m.seats, m.random)
			if i%4 > 0 {
				m.seats[i] = h.character(m.IntN(5), 100+m.IntN(300), m.luck)
			}
			if i%4 == 3 {
				m.seats[i] = forgetful(m.seats[i])
			}
			m.seats[i] = counted(m.seats[i], acts)
		}
		m.stats = make([]stats, len(m.seats))
		m.play(played.Setup, m.IntN(4))
	}
	for _, act := range []string{"fold", "check", "call", "bet", "raise", "run"} {
		if acts[act] == 0 {
			t.Errorf("nobody ever chose to %s: %v", act, acts)
		}
	}
}

// forgetful is told nothing of what was done.
func forgetful(c contestant) contestant {
	return func(s Sight) Decision {
		s.Table.Acts = nil
		return c(s)
	}
}

func counted(c contestant, acts map[string]int) contestant {
	return func(s Sight) Decision {
		d := c(s)
		acts[d.Type]++
		return d
	}
}

// needsSpeed skips a test of numbers that only many hands show.
func needsSpeed(t *testing.T) {
	t.Helper()
	if slower > 1 {
		t.Skip("it takes minutes under the race detector, which has nothing to find in it; make test runs it without")
	}
}
