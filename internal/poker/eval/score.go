package eval

import "math/bits"

// Score orders high hands: the higher one wins, equal ones split. It is made
// of the category and below it what decides inside the category. Its numbers
// are not for storing.
type Score uint32

// Category is the kind of a high hand, worst first.
type Category uint8

// The categories. A royal flush is a straight flush.
const (
	HighCard Category = iota
	OnePair
	TwoPair
	ThreeOfAKind
	Straight
	Flush
	FullHouse
	FourOfAKind
	StraightFlush
)

// A score is the category, then 13 bits that decide first, then 13 bits that
// decide among equals. Both are ranks, or masks of ranks: of two masks with as
// many bits the one with the higher bit is the greater number.
const (
	categoryShift = 26
	firstShift    = 13
)

// Category returns the kind of the hand.
func (s Score) Category() Category { return Category(s >> categoryShift) }

// first returns what decides first inside the category.
func (s Score) first() uint32 { return uint32(s) >> firstShift & allRanks }

// second returns what decides among hands with an equal first.
func (s Score) second() uint32 { return uint32(s) & allRanks }

func score(c Category, first, second uint32) Score {
	return Score(c)<<categoryShift | Score(first)<<firstShift | Score(second)
}

// Score rates the best five of five to seven cards. Fewer cards rate as far as
// they go, and never as a straight or a flush.
func (h Hand) Score() Score {
	a, b := uint32(h)&allRanks, uint32(h>>suitBits)&allRanks
	c, d := uint32(h>>(2*suitBits))&allRanks, uint32(h>>(3*suitBits))&allRanks
	if f := flush(a, b, c, d); f != 0 {
		// Two more cards make neither four of a kind nor a full house of it.
		if t := straightTops[f]; t != 0 {
			return score(StraightFlush, uint32(t), 0)
		}
		return score(Flush, uint32(topFives[f]), 0)
	}
	ranks := a | b | c | d
	odd := a ^ b ^ c ^ d // ranks of one card or three
	doubles := h.Len() - bits.OnesCount32(ranks)
	if doubles > 2 {
		if s := heavy(ranks, odd, [4]uint32{a, b, c, d}); s != 0 {
			return s
		}
	}
	if t := straightTops[ranks]; t != 0 {
		return score(Straight, uint32(t), 0)
	}
	switch doubles {
	case 0:
		return score(HighCard, uint32(topFives[ranks]), 0)
	case 1:
		return score(OnePair, top(ranks^odd), highest(odd, 3))
	}
	if pairs := ranks ^ odd; pairs != 0 {
		return twoPair(ranks, pairs)
	}
	t := threes(a, b, c, d)
	return score(ThreeOfAKind, top(t), highest(ranks^t, 2))
}

// flush returns the ranks of the suit with five cards or more, 0 if there is
// none.
func flush(a, b, c, d uint32) uint32 {
	switch {
	case bits.OnesCount32(a) >= 5:
		return a
	case bits.OnesCount32(b) >= 5:
		return b
	case bits.OnesCount32(c) >= 5:
		return c
	case bits.OnesCount32(d) >= 5:
		return d
	}
	return 0
}

// threes returns the ranks of three cards or four.
func threes(a, b, c, d uint32) uint32 { return a&b&(c|d) | c&d&(a|b) }

// heavy rates four of a kind and full houses; it returns 0 when it is neither.
// With seven cards both have at least three cards of ranks already held.
func heavy(ranks, odd uint32, suits [4]uint32) Score {
	a, b, c, d := suits[0], suits[1], suits[2], suits[3]
	if q := a & b & c & d; q != 0 {
		return score(FourOfAKind, top(q), highest(ranks^q, 1))
	}
	t := threes(a, b, c, d)
	if t == 0 {
		return 0
	}
	best := uint32(1) << top(t)
	// Without four of a kind, ranks of an even count are pairs; of two threes
	// the lower one is the pair.
	if pairs := ranks ^ odd | t ^ best; pairs != 0 {
		return score(FullHouse, top(best), top(pairs))
	}
	return 0
}

// twoPair rates two or three pairs.
func twoPair(ranks, pairs uint32) Score {
	two := highest(pairs, 2)
	return score(TwoPair, two, highest(ranks^two, 1))
}
