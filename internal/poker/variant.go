package poker

import "kibitz/internal/poker/eval"

// Variant is a kind of poker, as data: what is dealt, and what wins.
type Variant struct {
	// Name is stored; never rename one.
	Name string
	// Hole is the number of cards each player gets.
	Hole int
	// Streets are the rounds of betting in order.
	Streets []Street
	// Ranking compares hands. Where it has a Low, the pot is split.
	Ranking eval.Ranking
	// Best returns the cards that make the high hand.
	Best func(hole, board eval.Hand) eval.Hand
}

// Street is a round of betting and the cards turned over before it.
type Street struct {
	// Name is stored; never rename one.
	Name string
	// Board is how many cards are turned over.
	Board int
	// Big means that the big bet is bet, where limits are fixed.
	Big bool
}

// boardSize is the number of cards of a complete board.
const boardSize = 5

// maxHole is the largest number of hole cards of any variant.
const maxHole = 4

// variants are all that can be played.
var variants = [...]*Variant{&holdem, &omaha, &omahaEight}

// Variants returns all that can be played.
func Variants() []*Variant { return append([]*Variant(nil), variants[:]...) }

// FindVariant returns the variant of a name, nil if there is none.
func FindVariant(name string) *Variant {
	for _, v := range variants {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// flopStreets are the four rounds of games with a flop.
func flopStreets() []Street {
	return []Street{{Name: "preflop"}, {Name: "flop", Board: 3}, {Name: "turn", Board: 1, Big: true}, {Name: "river", Board: 1, Big: true}}
}

// streetAt returns which street a board of so many cards belongs to.
func (v *Variant) streetAt(cards int) int {
	for i, s := range v.Streets {
		if cards -= s.Board; cards <= 0 {
			return i
		}
	}
	return len(v.Streets) - 1
}
