package poker_test

import (
	"math/rand/v2"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// playOut shuffles and plays a whole hand with the decisions of rng, folding
// every event, and returns how many there were.
func playOut(tb testing.TB, start poker.Hand, rng *rand.Rand) int {
	hand := start
	events, err := start.Start(poker.Shuffle(chance{rng}))
	if err != nil {
		tb.Fatal(err)
	}
	count := 0
	for {
		hand = fold(hand, events)
		count += len(events)
		if hand.Over() {
			return count
		}
		d := benchDecision(&hand, rng)
		if events, err = hand.Decide(d.pos, d.action); err != nil {
			tb.Fatal(err)
		}
	}
}

func fold(hand poker.Hand, events []game.Event) poker.Hand {
	for _, e := range events {
		hand = hand.Evolve(e)
	}
	return hand
}

// benchDecision plays like people do: half of the players fold before the
// flop, and about one hand in three is shown down.
func benchDecision(h *poker.Hand, rng *rand.Rand) decision {
	o := h.Options()
	d := decision{h.ToAct(), poker.Action{Act: poker.Check}}
	switch roll := rng.IntN(100); {
	case o.Call > 0 && roll < 55:
		d.action.Act = poker.Fold
	case roll >= 85 && o.CanRaise():
		d.action = poker.Action{Act: poker.Raise, Amount: min(o.MaxTo, 2*o.MinTo)}
	case o.Call > 0:
		d.action.Act = poker.Call
	}
	return d
}

func BenchmarkPlayHand(b *testing.B) {
	for _, row := range []struct {
		name, variant string
		structure     poker.Structure
	}{{"holdem", "holdem", poker.NoLimit}, {"omaha", "omaha", poker.PotLimit}, {"omaha8", "omaha8", poker.PotLimit}} {
		b.Run(row.name, func(b *testing.B) {
			start, err := poker.NewHand(setup(row.variant, poker.Limit{Structure: row.structure, BigBlind: 10}, 1000, 1000, 1000, 1000, 1000, 1000))
			if err != nil {
				b.Fatal(err)
			}
			rng := rand.New(rand.NewPCG(1, 1))
			b.ReportAllocs()
			events := 0
			for b.Loop() {
				events += playOut(b, start, rng)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "hands/s")
			b.ReportMetric(float64(events)/float64(b.N), "events/hand")
		})
	}
}

func BenchmarkView(b *testing.B) {
	hand := deal(b, noLimit(1000, 1000, 1000, 1000, 1000, 1000), "").play("2 c; 3 r 40; 4 c; 5 f; 0 c; 1 f; 2 c")
	b.ReportAllocs()
	for b.Loop() {
		_ = hand.View(2)
	}
}
