package house

import (
	"math/bits"

	"kibitz/internal/poker/eval"
)

// dice is a quick source of chance with a seed from a better one. A decision
// needs thousands of numbers that nobody has to guess.
type dice struct{ state uint64 }

func newDice(chance eval.Chance) *dice {
	const half = 1 << 30
	return &dice{uint64(chance.IntN(half))<<32 | uint64(chance.IntN(half))}
}

// next is SplitMix64.
func (d *dice) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// IntN returns a number of [0, n).
func (d *dice) IntN(n int) int {
	high, _ := bits.Mul64(d.next(), uint64(n))
	return int(high)
}

// often is true so many times out of 100.
func (d *dice) often(percent int) bool { return d.IntN(100) < percent }

// draw takes n of the cards at random, and moves them to the end.
func (d *dice) draw(cards []eval.Card, n int) eval.Hand {
	var drawn eval.Hand
	for i := range n {
		last := len(cards) - 1 - i
		j := d.IntN(last + 1)
		cards[j], cards[last] = cards[last], cards[j]
		drawn |= cards[last].Hand()
	}
	return drawn
}
