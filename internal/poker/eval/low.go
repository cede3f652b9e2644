package eval

import "math/bits"

// Low orders eight-or-better lows: the lower one wins, equal ones split, and
// NoLow loses to all. It is the mask of five different ranks, the ace as bit 0
// and the eight as bit 7; straights and flushes do not count.
type Low uint8

// NoLow is the score of a hand without five different ranks of eight or lower.
const NoLow Low = 255

// lowRanks returns the ranks up to the eight, the ace as bit 0.
func (h Hand) lowRanks() uint32 {
	ranks := h.ranks()
	return (ranks<<1 | ranks>>12) & 0xff
}

// Low rates the best low of any five of the cards.
func (h Hand) Low() Low {
	ranks := h.lowRanks()
	if bits.OnesCount32(ranks) < 5 {
		return NoLow
	}
	for bits.OnesCount32(ranks) > 5 {
		ranks &^= 1 << top(ranks)
	}
	return Low(ranks)
}

// String returns the ranks from the highest, as in "8,6,4,2,A", or "no low".
func (l Low) String() string {
	if l == NoLow {
		return "no low"
	}
	var text []byte
	for bit := 7; bit >= 0; bit-- {
		if l>>bit&1 != 0 {
			text = append(text, "A2345678"[bit], ',')
		}
	}
	return string(text[:max(0, len(text)-1)])
}
