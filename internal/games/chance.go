package games

import (
	crand "crypto/rand"
	"encoding/binary"
	"math/rand/v2"

	"kibitz/internal/game"
)

// system is the random numbers of the operating system, which nobody can
// predict from those they have seen. It has no state.
type system struct{}

func (system) Uint64() uint64 {
	var b [8]byte
	_, _ = crand.Read(b[:]) // never fails: the program ends instead
	return binary.NativeEndian.Uint64(b[:])
}

// chance has no state but that of the operating system.
type chance struct{ *rand.Rand }

// Chance returns a source of permutations that are all equally likely and
// cannot be predicted. It is safe for concurrent use.
func Chance() game.Chance { return chance{rand.New(system{})} }

// roll returns a number of [0, n) as Chance would.
func roll(n int) int { return rand.New(system{}).IntN(n) }
