package chess

import (
	"math/rand/v2"
	"testing"
)

// TestSliders compares the tables with walking along the rays, for occupied
// sets that the tables were not built from.
func TestSliders(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	walk := func(sq Square, steps [4]step, occupied Bitboard) (set Bitboard) {
		for _, d := range steps {
			set |= ray(sq, d, occupied)
		}
		return set
	}
	for sq := range NoSquare {
		for range 500 {
			occupied := Bitboard(random.Uint64() & random.Uint64())
			if got, want := RookAttacks(sq, occupied), walk(sq, rookSteps, occupied); got != want {
				t.Fatalf("rook on %s, occupied %x: got %x, want %x", sq, occupied, got, want)
			}
			if got, want := BishopAttacks(sq, occupied), walk(sq, bishopSteps, occupied); got != want {
				t.Fatalf("bishop on %s, occupied %x: got %x, want %x", sq, occupied, got, want)
			}
		}
	}
}

func BenchmarkBuildSliders(b *testing.B) {
	for b.Loop() {
		buildSliders()
	}
}
