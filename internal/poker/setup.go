package poker

import (
	"fmt"
	"slices"

	"kibitz/internal/game"
)

// Setup is all that is settled before a hand begins. It is stored.
type Setup struct {
	// Variant is the name of a Variant.
	Variant string `json:"variant"`
	Limit   Limit  `json:"limit"`
	// Players are those dealt in, by their Pos.
	Players []Player `json:"players"`
	// Posts are the forced bets in the order in which they are taken. Who has
	// not enough posts what is left.
	Posts []Post `json:"posts,omitempty"`
	// Runs is how often the rest of the board may be dealt when everybody who
	// is all-in agrees: 2, or once when it is 0 or 1.
	Runs int `json:"runs,omitempty"`
}

// Player is somebody who is dealt in.
type Player struct {
	// Seat is the place at the table, which stays the same from hand to hand.
	Seat  game.Seat `json:"seat"`
	Stack Chips     `json:"stack"`
	// ShowLosing shows also a hand that cannot win at the showdown.
	ShowLosing bool `json:"show_losing,omitempty"`
}

// PostKind is what a forced bet is for. It is stored; never rename one.
type PostKind string

// The forced bets. The first two are no bets of the street: they need not be
// called.
const (
	// PostAnte is owed by everybody. Who posts less plays for as much less.
	PostAnte PostKind = "ante"
	// PostDead goes to the main pot, whoever wins it: an ante that one player
	// posts for all, or a missed small blind.
	PostDead  PostKind = "dead"
	PostSmall PostKind = "small"
	PostBig   PostKind = "big"
	// PostStraddle is a blind raise; the last one acts last before the flop.
	PostStraddle PostKind = "straddle"
	// PostExtra is a live blind of a player who comes in between the blinds.
	PostExtra PostKind = "extra"
)

// live reports whether the forced bet counts as a bet of the street.
func (k PostKind) live() bool { return k != PostAnte && k != PostDead }

// Post is one forced bet.
type Post struct {
	Pos    Pos      `json:"pos"`
	Kind   PostKind `json:"kind"`
	Amount Chips    `json:"amount"`
}

func malformed(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{game.ErrMalformed}, args...)...)
}

func (s *Setup) validate() error {
	v := FindVariant(s.Variant)
	switch n := len(s.Players); {
	case v == nil:
		return malformed("there is no variant %.40q", s.Variant)
	case n < MinPlayers || n > MaxPlayers:
		return malformed("a hand of %d players; it takes %d to %d", n, MinPlayers, MaxPlayers)
	case s.Runs < 0 || s.Runs > maxRuns:
		return malformed("a board dealt %d times", s.Runs)
	}
	if err := s.Limit.validate(); err != nil {
		return err
	}
	var seats game.Seats
	for i, p := range s.Players {
		switch {
		case p.Stack <= 0 || p.Stack > MaxStack:
			return malformed("player %d has a stack of %d", i, p.Stack)
		case p.Seat < 0 || p.Seat >= game.MaxSeats || seats.Has(p.Seat):
			return malformed("player %d has seat %d", i, p.Seat)
		}
		seats |= game.SeatSet(p.Seat)
	}
	return s.validatePosts()
}

func (s *Setup) validatePosts() error {
	kinds := []PostKind{PostAnte, PostDead, PostSmall, PostBig, PostStraddle, PostExtra}
	for i, p := range s.Posts {
		switch {
		case p.Pos < 0 || int(p.Pos) >= len(s.Players):
			return malformed("forced bet %d is of player %d", i, p.Pos)
		case p.Amount <= 0 || p.Amount > MaxStack:
			return malformed("forced bet %d is %d", i, p.Amount)
		case !slices.Contains(kinds, p.Kind):
			return malformed("forced bet %d is a %.20q", i, p.Kind)
		}
	}
	return nil
}

// clone shares nothing with s.
func (s Setup) clone() Setup {
	s.Players, s.Posts = slices.Clone(s.Players), slices.Clone(s.Posts)
	return s
}
