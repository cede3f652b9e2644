package eval

import "math/bits"

var (
	singular = [...]string{"Deuce", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Jack", "Queen", "King", "Ace"}
	plural   = [...]string{"Deuces", "Threes", "Fours", "Fives", "Sixes", "Sevens", "Eights", "Nines", "Tens", "Jacks", "Queens", "Kings", "Aces"}
)

// Singular returns the rank in words, as in "Six".
func (r Rank) Singular() string { return singular[r] }

// Plural returns several cards of the rank in words, as in "Sixes".
func (r Rank) Plural() string { return plural[r] }

// String returns the hand in words, as in "two pair, Kings and Nines". Kickers
// are not named.
func (s Score) String() string {
	first := s.first()
	switch s.Category() {
	case OnePair:
		return "a pair of " + plural[first]
	case TwoPair:
		return "two pair, " + plural[top(first)] + " and " + plural[bits.TrailingZeros32(first)]
	case ThreeOfAKind:
		return "three of a kind, " + plural[first]
	case Straight:
		return "a straight, " + span(first)
	case Flush:
		return "a flush, " + singular[top(first)] + " high"
	case FullHouse:
		return "a full house, " + plural[first] + " full of " + plural[s.second()]
	case FourOfAKind:
		return "four of a kind, " + plural[first]
	case StraightFlush:
		if first == 12 {
			return "a Royal Flush"
		}
		return "a straight flush, " + span(first)
	}
	if first == 0 {
		return "no cards"
	}
	return "high card " + singular[top(first)]
}

// span names a straight by its ends. The wheel begins with the ace.
func span(top uint32) string {
	return singular[(top+9)%13] + " to " + singular[top]
}
