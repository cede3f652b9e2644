package eval

import "math/bits"

// allRanks is the mask of the thirteen ranks; bit 0 is the deuce.
const allRanks = 1<<13 - 1

// Two tables over all sets of ranks. They are filled once and never written to
// again.
var (
	// straightTops has the top rank of the best straight, 3 (a five) for the
	// wheel, and 0 where there is no straight.
	straightTops = makeStraightTops()
	// topFives has the five highest ranks.
	topFives = makeTopFives()
)

func makeStraightTops() *[allRanks + 1]uint8 {
	var tops [allRanks + 1]uint8
	for ranks := range tops {
		low := ranks<<1 | ranks>>12 // the ace below the deuce, too
		for top := 3; top <= 12; top++ {
			if low>>(top-3)&0x1f == 0x1f {
				tops[ranks] = uint8(top)
			}
		}
	}
	return &tops
}

func makeTopFives() *[allRanks + 1]uint16 {
	var fives [allRanks + 1]uint16
	for ranks := range fives {
		fives[ranks] = uint16(highest(uint32(ranks), 5))
	}
	return &fives
}

// highest keeps the n highest ranks of a mask.
func highest(ranks uint32, n int) uint32 {
	for bits.OnesCount32(ranks) > n {
		ranks &= ranks - 1
	}
	return ranks
}

// top returns the highest rank of a mask that is not empty.
func top(ranks uint32) uint32 { return uint32(bits.Len32(ranks)) - 1 }
