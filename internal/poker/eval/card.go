package eval

import (
	"errors"
	"fmt"
	"strings"
)

// ErrCard marks text that names no card of the deck.
var ErrCard = errors.New("not a card")

// Card is a card of the deck of 52: four times its rank plus its suit, so that
// 0 is 2c and 51 is As. The numbers are stored and stand in proofs of
// shuffles; they never change.
type Card uint8

// DeckSize is the number of cards, and of the first number that is no card.
const DeckSize = 52

// NoCard is the face-down or unknown card, written "??".
const NoCard Card = 255

// Rank is 0 for a deuce to 12 for an ace.
type Rank uint8

// Suit is 0 to 3 for clubs, diamonds, hearts and spades.
type Suit uint8

const (
	rankLetters = "23456789TJQKA"
	suitLetters = "cdhs"
	unknown     = "??"
)

// NewCard returns the card of a rank and a suit, which must be in range.
func NewCard(r Rank, s Suit) Card { return Card(r)<<2 | Card(s) }

// Rank returns the rank. NoCard has none.
func (c Card) Rank() Rank { return Rank(c >> 2) }

// Suit returns the suit. NoCard has none.
func (c Card) Suit() Suit { return Suit(c & 3) }

// Known reports whether c is a card of the deck.
func (c Card) Known() bool { return c < DeckSize }

// String returns rank and suit, as in "Ah" and "Td".
func (c Card) String() string {
	if !c.Known() {
		return unknown
	}
	return rankLetters[c>>2:c>>2+1] + suitLetters[c&3:c&3+1]
}

// ParseCard reads what String writes, or returns an error wrapping ErrCard.
// Letters are not folded: "AH" is no card.
func ParseCard(text string) (Card, error) {
	if text == unknown {
		return NoCard, nil
	}
	if len(text) == 2 {
		r, s := strings.IndexByte(rankLetters, text[0]), strings.IndexByte(suitLetters, text[1])
		if r >= 0 && s >= 0 {
			return NewCard(Rank(r), Suit(s)), nil
		}
	}
	return NoCard, fmt.Errorf("%w: %.10q; write one of 23456789TJQKA and one of cdhs, as in Ah", ErrCard, text)
}

// ParseCards reads cards written without a separator, as in "AhKd". No text is
// no cards.
func ParseCards(text string) ([]Card, error) {
	if len(text)%2 != 0 {
		return nil, fmt.Errorf("%w: %.10q has an odd length", ErrCard, text)
	}
	cards := make([]Card, 0, len(text)/2)
	for i := 0; i < len(text); i += 2 {
		c, err := ParseCard(text[i : i+2])
		if err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	return cards, nil
}

// FormatCards writes what ParseCards reads.
func FormatCards(cards []Card) string {
	text := make([]byte, 0, 2*len(cards))
	for _, c := range cards {
		text = append(text, c.String()...)
	}
	return string(text)
}

// MarshalText writes what String returns.
func (c Card) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Card) UnmarshalText(text []byte) error {
	read, err := ParseCard(string(text))
	if err == nil {
		*c = read
	}
	return err
}
