package eval_test

import (
	"math/rand/v2"
	"testing"

	"kibitz/internal/poker/eval"
)

// many is so many hands that a processor cannot learn their branches.
const many = 1 << 20

func randomHands(n int) []eval.Hand {
	rng := rand.New(rand.NewPCG(3, 4))
	hands := make([]eval.Hand, many)
	for i := range hands {
		hands[i] = randomHand(rng, n, 0)
	}
	return hands
}

func BenchmarkScoreSeven(b *testing.B) {
	hands := randomHands(7)
	b.ReportAllocs()
	var sum eval.Score
	for i := 0; b.Loop(); i++ {
		sum += hands[i&(many-1)].Score()
	}
	if sum == 0 {
		b.Fatal("no hand scores")
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "M/s")
}

func BenchmarkOmaha(b *testing.B) {
	hands := randomHands(9)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		h := hands[i&(many-1)]
		hole := h & -h
		for range 3 {
			rest := h &^ hole
			hole |= rest & -rest
		}
		eval.Omaha(hole, h&^hole)
	}
}

func BenchmarkLow(b *testing.B) {
	hands := randomHands(7)
	b.ReportAllocs()
	var sum eval.Low
	for i := 0; b.Loop(); i++ {
		sum += hands[i&(many-1)].Low()
	}
	_ = sum
}

func TestScoresAllocateNothing(t *testing.T) {
	hole, board := mustHand(t, "As2dKcKd"), mustHand(t, "Kh8c5h4d3s")
	got := testing.AllocsPerRun(100, func() {
		high := max((hole | board).Score(), eval.Omaha(hole, board))
		low := min((hole | board).Low(), eval.OmahaLow(hole, board))
		if high == 0 || low == eval.NoLow {
			t.Error("no score")
		}
	})
	if got != 0 {
		t.Errorf("got %v allocations, want none", got)
	}
}
