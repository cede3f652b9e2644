package poker

import (
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// Deck is all cards in the order in which they are dealt: one to each player
// from Pos 0, until all have their hole cards, and then the board. Nothing is
// burnt, so that a card's place in the deck is its place in the deal.
type Deck [eval.DeckSize]eval.Card

// Shuffle returns the deck in a random order.
func Shuffle(chance game.Chance) Deck {
	var d Deck
	for i, n := range chance.Perm(len(d)) {
		d[i] = eval.Card(n)
	}
	return d
}

func (d *Deck) validate() error {
	if seen := eval.HandOf(d[:]...); seen.Len() != len(d) {
		return malformed("a deck of %d different cards", seen.Len())
	}
	return nil
}

// MarshalText writes the cards in order.
func (d Deck) MarshalText() ([]byte, error) { return []byte(eval.FormatCards(d[:])), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Deck) UnmarshalText(text []byte) error {
	cards, err := eval.ParseCards(string(text))
	if err != nil {
		return fmt.Errorf("%w: deck: %w", game.ErrMalformed, err)
	}
	if len(cards) != len(d) {
		return malformed("a deck of %d cards", len(cards))
	}
	copy(d[:], cards)
	return d.validate()
}

// Stack returns a deck that deals the given hole cards, by Pos, and then the
// board, and other cards in the order of their numbers where one is
// eval.NoCard or missing. It is for hands that were played elsewhere.
func Stack(hole [][]eval.Card, board []eval.Card) (Deck, error) {
	var d Deck
	for i := range d {
		d[i] = eval.NoCard
	}
	size := 0
	for _, cards := range hole {
		size = max(size, len(cards))
	}
	if size*len(hole)+len(board) > len(d) {
		return d, malformed("%d players with %d cards and a board of %d", len(hole), size, len(board))
	}
	for p, cards := range hole {
		for i, c := range cards {
			d[i*len(hole)+p] = c
		}
	}
	copy(d[size*len(hole):], board)
	d.fill()
	return d, d.validate()
}

// fill puts what is missing where no card is.
func (d *Deck) fill() {
	used := eval.HandOf(d[:]...)
	next := eval.Card(0)
	for i, c := range d {
		if c.Known() {
			continue
		}
		for next < eval.DeckSize && used.Has(next) {
			next++
		}
		d[i] = next
		next++
	}
}
