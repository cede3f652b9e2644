package chess

import "math/bits"

// Bitboard is a set of squares: bit n is square n.
type Bitboard uint64

// Sets that the rules refer to.
const (
	fileABits Bitboard = 0x0101010101010101
	fileHBits Bitboard = fileABits << 7
	rank1Bits Bitboard = 0xFF
	rank3Bits Bitboard = 0xFF << 16
	rank6Bits Bitboard = 0xFF << 40
	rank8Bits Bitboard = 0xFF << 56
	lightBits Bitboard = 0x55AA55AA55AA55AA
	allBits   Bitboard = 1<<64 - 1
	lastRanks          = rank1Bits | rank8Bits
	darkBits           = ^lightBits
)

// Bit returns the set that holds only sq, which must be a real square.
func (sq Square) Bit() Bitboard { return 1 << (sq & 63) }

// Has tells whether sq is in the set.
func (b Bitboard) Has(sq Square) bool { return b>>(sq&63)&1 != 0 }

// Count returns the number of squares in the set.
func (b Bitboard) Count() int { return bits.OnesCount64(uint64(b)) }

// First returns the lowest square of the set, NoSquare when it is empty. A
// loop over a set removes it each time with b &= b - 1.
func (b Bitboard) First() Square { return Square(bits.TrailingZeros64(uint64(b))) }

// several tells whether the set holds two squares or more.
func (b Bitboard) several() bool { return b&(b-1) != 0 }

// last returns the highest square of the set, NoSquare when it is empty.
func (b Bitboard) last() Square {
	if b == 0 {
		return NoSquare
	}
	return Square(63 - bits.LeadingZeros64(uint64(b)))
}
