package eval_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"kibitz/internal/poker/eval"
)

func holdem() eval.Ranking { return eval.Ranking{High: eval.Holdem} }

func TestEquityCounted(t *testing.T) {
	for _, row := range []struct {
		name         string
		ranking      eval.Ranking
		holes        []string
		board, dead  string
		wins, shares []float64 // in boards, of total
		total        float64
	}{
		{"river", holdem(), []string{"AsAh", "KsKh"}, "2c7d9hJc4s", "", []float64{1, 0}, []float64{1, 0}, 1},
		{"two outs on the turn", holdem(), []string{"AsAh", "KsKh"}, "2c7d9hJc", "", []float64{42, 2}, []float64{42, 2}, 44},
		{"one of them is dead", holdem(), []string{"AsAh", "KsKh"}, "2c7d9hJc", "Kd3c", []float64{41, 1}, []float64{41, 1}, 42},
		{"the board plays", holdem(), []string{"2s3s", "2d3d"}, "AhKdQcJsTc", "", []float64{0, 0}, []float64{0.5, 0.5}, 1},
		{"high and low", eval.Ranking{High: eval.Omaha, Low: eval.OmahaLow}, []string{"KhKdJs9c", "As2d7c9s"}, "Ks8c5h4dQh", "", []float64{0, 0}, []float64{0.5, 0.5}, 1},
		{"a scoop", eval.Ranking{High: eval.Omaha, Low: eval.OmahaLow}, []string{"KhKdJs9c", "As2dTc9s"}, "3c4d5hKcQh", "", []float64{0, 1}, []float64{0, 1}, 1},
	} {
		c := eval.Contest{Ranking: row.ranking, Board: mustHand(t, row.board), Dead: mustHand(t, row.dead)}
		for _, hole := range row.holes {
			c.Holes = append(c.Holes, mustHand(t, hole))
		}
		got, err := c.Equity(0, nil)
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		for i, e := range got {
			if !near(e.Win, row.wins[i]/row.total, 1e-9) || !near(e.Share, row.shares[i]/row.total, 1e-9) {
				t.Errorf("%s: hand %d has %+v, want %v and %v of %v", row.name, i, e, row.wins[i], row.shares[i], row.total)
			}
		}
	}
}

func near(a, b, by float64) bool { return math.Abs(a-b) <= by }

// Aces beat kings before the flop about 82 times in a hundred.
func TestEquitySampled(t *testing.T) {
	c := eval.Contest{Ranking: holdem(), Holes: []eval.Hand{mustHand(t, "AsAh"), mustHand(t, "KdKc")}}
	got, err := c.Equity(40_000, rand.New(rand.NewPCG(7, 7)))
	if err != nil {
		t.Fatal(err)
	}
	if !near(got[0].Share, 0.8195, 0.01) || !near(got[0].Share+got[1].Share, 1, 1e-9) {
		t.Errorf("got %+v, want about 0.82 for the aces", got)
	}
}

func TestEquityOfWhatCannotBeDealt(t *testing.T) {
	aces := mustHand(t, "AsAh")
	for name, c := range map[string]eval.Contest{
		"a card twice":      {Ranking: holdem(), Holes: []eval.Hand{aces, mustHand(t, "AsKh")}},
		"a card on board":   {Ranking: holdem(), Holes: []eval.Hand{aces}, Board: mustHand(t, "AsKhQh")},
		"too long a board":  {Ranking: holdem(), Holes: []eval.Hand{aces}, Board: mustHand(t, "2s3s4s5s6s7s")},
		"nobody":            {Ranking: holdem()},
		"nothing left over": {Ranking: holdem(), Holes: []eval.Hand{aces}, Dead: ^eval.Hand(0) & mustDeck() &^ aces},
	} {
		if _, err := c.Equity(1, rand.New(rand.NewPCG(1, 1))); !errors.Is(err, eval.ErrContest) {
			t.Errorf("%s: %v, want ErrContest", name, err)
		}
	}
}

func mustDeck() eval.Hand {
	var deck eval.Hand
	for c := eval.Card(0); c < eval.DeckSize; c++ {
		deck |= c.Hand()
	}
	return deck
}
