package eval

import (
	"iter"
	"math/bits"
)

// Hand is a set of cards: 16 bits a suit, of which the low 13 are the ranks.
// The zero value holds none.
type Hand uint64

// suitBits is how far apart the suits of a Hand are.
const suitBits = 16

// HandOf returns the set of the cards. Unknown cards are left out.
func HandOf(cards ...Card) Hand {
	var h Hand
	for _, c := range cards {
		h |= c.Hand()
	}
	return h
}

// Hand returns the set of this one card; it is empty for NoCard.
func (c Card) Hand() Hand {
	if !c.Known() {
		return 0
	}
	return 1 << (uint(c&3)*suitBits + uint(c>>2))
}

// Len returns the number of cards.
func (h Hand) Len() int { return bits.OnesCount64(uint64(h)) }

// Has reports whether a known card is in the set.
func (h Hand) Has(c Card) bool { return h&c.Hand() != 0 }

// All yields the cards by suit and rank, clubs and deuces first.
func (h Hand) All() iter.Seq[Card] {
	return func(yield func(Card) bool) {
		for rest := h; rest != 0; rest &= rest - 1 {
			if !yield(rest.first()) {
				return
			}
		}
	}
}

// Cards returns the cards in the order of All.
func (h Hand) Cards() []Card {
	cards := make([]Card, 0, h.Len())
	for c := range h.All() {
		cards = append(cards, c)
	}
	return cards
}

// String returns the cards in the order of All, as in "2cAh".
func (h Hand) String() string { return FormatCards(h.Cards()) }

// first returns the lowest card of a set that is not empty.
func (h Hand) first() Card {
	n := bits.TrailingZeros64(uint64(h))
	return NewCard(Rank(n%suitBits), Suit(n/suitBits))
}

// ranks returns the mask of the ranks that occur.
func (h Hand) ranks() uint32 {
	h |= h >> (2 * suitBits)
	h |= h >> suitBits
	return uint32(h) & allRanks
}
