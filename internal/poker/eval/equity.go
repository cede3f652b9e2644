package eval

import (
	"errors"
	"fmt"
)

// ErrContest marks hands that cannot be dealt from one deck.
var ErrContest = errors.New("no such deal")

// boardSize is the number of cards on a complete board.
const boardSize = 5

// Chance gives random numbers below n. *rand.Rand of math/rand/v2 is one.
type Chance interface{ IntN(n int) int }

// Contest is a pot that known hands play for.
type Contest struct {
	Ranking Ranking
	Holes   []Hand
	// Board holds up to five cards that lie already.
	Board Hand
	// Dead are cards that cannot come any more.
	Dead Hand
}

// Equity is what one hand can expect.
type Equity struct {
	// Win is how often the hand takes the whole pot, from 0 to 1.
	Win float64
	// Tie is how often it takes a part of it.
	Tie float64
	// Share is the part of the pot it takes on average; the shares of all
	// hands add up to 1.
	Share float64
}

// Equity counts all boards from the flop on, and before it as many random ones
// as asked for. It returns an error wrapping ErrContest when the cards cannot
// be dealt from one deck.
func (c Contest) Equity(samples int, chance Chance) ([]Equity, error) {
	rest, err := c.rest()
	if err != nil {
		return nil, err
	}
	t := tally{Contest: c, equities: make([]Equity, len(c.Holes))}
	missing := boardSize - c.Board.Len()
	if missing <= 2 {
		t.count(c.Board, rest, missing)
	} else {
		for range samples {
			t.board(c.Board | draw(rest, missing, chance))
		}
	}
	return t.means(), nil
}

// rest returns the cards that can still come.
func (c Contest) rest() ([]Card, error) {
	used := c.Board | c.Dead
	cards := c.Board.Len() + c.Dead.Len()
	for _, hole := range c.Holes {
		used |= hole
		cards += hole.Len()
	}
	var rest []Card
	for card := Card(0); card < DeckSize; card++ {
		if !used.Has(card) {
			rest = append(rest, card)
		}
	}
	missing := boardSize - c.Board.Len()
	switch {
	case cards != used.Len():
		return nil, fmt.Errorf("%w: a card is there twice", ErrContest)
	case missing < 0:
		return nil, fmt.Errorf("%w: a board of %d cards", ErrContest, c.Board.Len())
	case len(c.Holes) == 0 || len(rest) < missing:
		return nil, fmt.Errorf("%w: %d hands, and %d cards left for the board", ErrContest, len(c.Holes), len(rest))
	}
	return rest, nil
}

// draw takes n of the cards at random, and leaves them at the end.
func draw(cards []Card, n int, chance Chance) Hand {
	var drawn Hand
	for i := range n {
		last := len(cards) - 1 - i
		j := chance.IntN(last + 1)
		cards[j], cards[last] = cards[last], cards[j]
		drawn |= cards[last].Hand()
	}
	return drawn
}

// tally adds up boards.
type tally struct {
	Contest
	boards   int
	equities []Equity
}

// count adds every board that n more of the cards complete.
func (t *tally) count(board Hand, cards []Card, n int) {
	if n == 0 {
		t.board(board)
		return
	}
	for i, c := range cards {
		t.count(board|c.Hand(), cards[i+1:], n-1)
	}
}

// board adds one complete board.
func (t *tally) board(board Hand) {
	t.boards++
	var room [16]float64
	parts := append(room[:0], make([]float64, len(t.Holes))...)
	if t.Ranking.Low != nil && t.low(board, parts) {
		t.high(board, parts, 0.5)
	} else {
		t.high(board, parts, 1)
	}
	for i, part := range parts {
		e := &t.equities[i]
		e.Share += part
		switch {
		case part == 1:
			e.Win++
		case part > 0:
			e.Tie++
		}
	}
}

// high gives a part of the pot to the best high hands.
func (t *tally) high(board Hand, parts []float64, pot float64) {
	var best Score
	winners := 0
	for _, hole := range t.Holes {
		switch s := t.Ranking.High(hole, board); {
		case s > best:
			best, winners = s, 1
		case s == best:
			winners++
		}
	}
	for i, hole := range t.Holes {
		if t.Ranking.High(hole, board) == best {
			parts[i] += pot / float64(winners)
		}
	}
}

// low gives half of the pot to the best lows, or returns false if there are
// none.
func (t *tally) low(board Hand, parts []float64) bool {
	best, winners := NoLow, 0
	for _, hole := range t.Holes {
		switch l := t.Ranking.Low(hole, board); {
		case l < best:
			best, winners = l, 1
		case l == best:
			winners++
		}
	}
	if best == NoLow {
		return false
	}
	for i, hole := range t.Holes {
		if t.Ranking.Low(hole, board) == best {
			parts[i] += 0.5 / float64(winners)
		}
	}
	return true
}

func (t *tally) means() []Equity {
	for i := range t.equities {
		e := &t.equities[i]
		e.Win /= float64(max(1, t.boards))
		e.Tie /= float64(max(1, t.boards))
		e.Share /= float64(max(1, t.boards))
	}
	return t.equities
}
