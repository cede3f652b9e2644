package poker

import (
	"iter"
	"math/bits"
)

// Pos is a place in one hand, clockwise from the left of the button: 0 is the
// first player left of it, the last one is the button. With two players 0 is
// the big blind and 1 the button. Seats of the table that are not dealt in
// have no place.
type Pos int8

// NoPos is nobody's place.
const NoPos Pos = -1

// MinPlayers and MaxPlayers bound how many are dealt in.
const (
	MinPlayers = 2
	MaxPlayers = 10
)

// PosSet is a set of places. The zero value is the empty set.
type PosSet uint16

// set returns the set of this one place.
func (p Pos) set() PosSet {
	if p < 0 {
		return 0
	}
	return 1 << p
}

// Has reports whether p is in the set.
func (s PosSet) Has(p Pos) bool { return p >= 0 && p < MaxPlayers && s&(1<<p) != 0 }

// Len returns the number of places.
func (s PosSet) Len() int { return bits.OnesCount16(uint16(s)) }

// First returns the lowest place, or NoPos.
func (s PosSet) First() Pos {
	if s == 0 {
		return NoPos
	}
	return Pos(bits.TrailingZeros16(uint16(s)))
}

// All yields the places in order.
func (s PosSet) All() iter.Seq[Pos] {
	return func(yield func(Pos) bool) {
		for rest := s; rest != 0; rest &= rest - 1 {
			if !yield(rest.First()) {
				return
			}
		}
	}
}
