package gametest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"kibitz/internal/game"
)

// HighCard is the smallest game with a secret: seat 0 deals each seat a card,
// then seat 1, 2 ... and at last seat 0 show theirs, and the highest wins. The
// deal is unknown to spectators. For a player who does not act the table deals
// or shows; who leaves loses, and before the deal it does not count; nobody can
// make it a draw.
type HighCard struct{}

// HighCardGame returns HighCard at a number of seats, for the suites.
func HighCardGame(seats int) Game {
	return Game{Rules: HighCard{}, Seats: seats, Act: highCardAct, Knows: highCardKnows}
}

// highCardAct does what comes next, and now and then something else.
func highCardAct(s game.State, _ game.Seat, rng *rand.Rand) (string, []byte) {
	typ := s.(highState).next()
	if rng.IntN(10) == 0 {
		typ = []actHigh{actDeal, actShow}[rng.IntN(2)]
	}
	return string(typ), []byte("{}")
}

// highCardKnows is the secrecy of the game: the cards shown and one's own.
func highCardKnows(s game.State, v game.Viewer) any {
	high := s.(highState)
	known := map[game.Seat]int{}
	for seat := range high.cards {
		if game.Seat(seat) == v.Seat || high.shown.Has(game.Seat(seat)) {
			known[game.Seat(seat)] = high.cards[seat]
		}
	}
	return known
}

type highSetup struct {
	// Deck is the number of cards, 52 when left out.
	Deck int `json:"deck,omitempty"`
}

// Kind returns "highcard".
func (HighCard) Kind() game.Kind { return "highcard" }

func decodeHighSetup(data []byte) (highSetup, error) {
	var s highSetup
	if len(data) > 0 {
		if err := json.Unmarshal(data, &s); err != nil {
			return s, fmt.Errorf("%w: setup of highcard: %w", game.ErrMalformed, err)
		}
	}
	if s.Deck == 0 {
		s.Deck = 52
	}
	return s, nil
}

// Prepare fills in the size of the deck.
func (HighCard) Prepare(data []byte, _ game.Chance) ([]byte, error) {
	s, err := decodeHighSetup(data)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

// New returns a table before the deal. The deck must have a card for each seat.
func (HighCard) New(data []byte, seats int) (game.State, error) {
	s, err := decodeHighSetup(data)
	if err != nil {
		return nil, err
	}
	if seats < 2 || seats > game.MaxSeats || s.Deck < seats {
		return nil, fmt.Errorf("%w: highcard with %d cards for %d seats", game.ErrMalformed, s.Deck, seats)
	}
	return highState{deck: s.Deck, seats: seats}, nil
}

// Rematch moves everybody one seat on.
func (HighCard) Rematch(data []byte, seats, _ int) ([]byte, []game.Seat, error) {
	from := make([]game.Seat, seats)
	for i := range from {
		from[i] = game.Seat((i + 1) % seats)
	}
	return data, from, nil
}

// highState is a table of HighCard. Cards is never written to.
type highState struct {
	deck, seats int
	cards       []int // by seat, nil before the deal
	shown       game.Seats
	turns       int
	result      game.Result
}

// next is the action that is due.
func (s highState) next() actHigh {
	if s.cards == nil {
		return actDeal
	}
	return actShow
}

func (s highState) ToAct() game.Seats {
	if s.result.Over() {
		return 0
	}
	return game.SeatSet(game.Seat(s.turns % s.seats))
}

func (s highState) Ply() int            { return s.turns }
func (s highState) Result() game.Result { return s.result }

func (s highState) Decide(seat game.Seat, a game.Action, c game.Chance) ([]game.Event, error) {
	if s.result.Over() {
		return nil, fmt.Errorf("%w: the game is over", game.ErrIllegal)
	}
	switch a {
	case actVoid:
		return []game.Event{endedHigh{Void: true}}, nil
	case actLeave:
		return []game.Event{endedHigh{Winners: (1<<s.seats - 1) &^ game.SeatSet(seat)}}, nil
	}
	switch {
	case !s.ToAct().Has(seat):
		return nil, game.ErrTurn
	case a != s.next():
		return nil, fmt.Errorf("%w: it is time to %s", game.ErrIllegal, s.next())
	case a == actDeal:
		return []game.Event{dealtHigh{c.Perm(s.deck)[:s.seats]}}, nil
	}
	events := []game.Event{shownHigh{seat, s.cards[seat]}}
	if s.shown.Len() == s.seats-1 {
		events = append(events, endedHigh{Winners: game.SeatSet(s.highest())})
	}
	return events, nil
}

// highest returns the seat with the best card.
func (s highState) highest() game.Seat {
	best := 0
	for seat, card := range s.cards {
		if card > s.cards[best] {
			best = seat
		}
	}
	return game.Seat(best)
}

func (s highState) Evolve(e game.Event) game.State {
	switch e := e.(type) {
	case dealtHigh:
		s.cards = e.Cards
		s.turns++
	case shownHigh:
		s.shown |= game.SeatSet(e.Seat)
		s.turns++
	case endedHigh:
		s.result = game.Result{Status: "shown", Winners: e.Winners, Void: e.Void}
	}
	return s
}

func (s highState) Lapse(seat game.Seat, why game.Lapse) game.Action {
	switch {
	case s.result.Over():
	case why == game.FlagFell || why == game.NoFirstMove:
		if s.ToAct().Has(seat) {
			return s.next()
		}
	case why == game.LeftLoss && s.cards == nil:
		return actVoid
	case why == game.LeftLoss:
		return actLeave
	}
	return nil
}
