package chess

import (
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
)

// The variants, as setups and views name them. They are stored; never rename
// one.
const (
	variantStandard = "standard"
	variantChess960 = "chess960"
)

// setup is what a game of chess is made of, in its stored form.
type setup struct {
	Variant string `json:"variant"`
	// Number is the Chess960 start position; without one and without a FEN it
	// is drawn by lot.
	Number *int `json:"number,omitempty"`
	// FEN is another start position.
	FEN string `json:"fen,omitempty"`
	// Takebacks is false where players may not take moves back.
	Takebacks *bool `json:"takebacks,omitempty"`
	// NoAbort is true where players may not call the game off.
	NoAbort bool `json:"no_abort,omitempty"`
	// NoEarlyDraw is true where no draw is agreed before earlyDraw.
	NoEarlyDraw bool `json:"no_early_draw,omitempty"`
}

// earlyDraw is the first ply at which a draw may be agreed where early ones
// are not wanted: after 30 moves of each side.
const earlyDraw = 60

// decodeSetup reads a setup and fills in the variant. No setup at all is the
// standard game.
func decodeSetup(data []byte) (setup, error) {
	var s setup
	if len(data) > 0 {
		if err := json.Unmarshal(data, &s); err != nil {
			return s, fmt.Errorf("%w: setup of a game of chess: %w", game.ErrMalformed, err)
		}
	}
	if s.Variant == "" {
		s.Variant = variantStandard
	}
	return s, s.check()
}

// check refuses what does not go together.
func (s setup) check() error {
	switch {
	case s.Variant != variantStandard && s.Variant != variantChess960:
		return fmt.Errorf("%w: there is no variant %s; choose standard or chess960", game.ErrMalformed, echo(s.Variant))
	case s.Number != nil && s.Variant != variantChess960:
		return fmt.Errorf("%w: only chess960 has numbered start positions", game.ErrMalformed)
	case s.Number != nil && s.FEN != "":
		return fmt.Errorf("%w: give the start position as a number or as a FEN, not both", game.ErrMalformed)
	}
	return nil
}

// usual reports whether the game is the standard one without special wishes.
func (s setup) usual() bool {
	return s.Variant == variantStandard && s.FEN == "" && (s.Takebacks == nil || *s.Takebacks) && !s.NoAbort && !s.NoEarlyDraw
}

// position returns where the game starts.
func (s setup) position() (Position, error) {
	switch {
	case s.FEN != "":
		return s.fromFEN()
	case s.Variant == variantStandard:
		return StartPosition(), nil
	case s.Number == nil:
		return Position{}, fmt.Errorf("%w: a game of chess960 without the number of its start position", game.ErrMalformed)
	}
	p, err := Start960(*s.Number)
	if err != nil {
		return Position{}, fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	return p, nil
}

func (s setup) fromFEN() (Position, error) {
	p, err := ParseFEN(s.FEN)
	if err != nil {
		return Position{}, fmt.Errorf("%w: %w", game.ErrMalformed, err)
	}
	p = p.WithChess960(s.Variant == variantChess960)
	if p.Chess960() && s.Variant != variantChess960 {
		return Position{}, fmt.Errorf("%w: that position castles as in Chess960; choose the variant chess960", game.ErrMalformed)
	}
	return p, nil
}

// Prepare checks a setup and completes it: the variant is named, a FEN is
// written in X-FEN, and a Chess960 position that was not chosen is the first
// number of a permutation of all 960. Positions in which the game is over are
// refused.
func (r *Rules) Prepare(data []byte, chance game.Chance) ([]byte, error) {
	s, err := decodeSetup(data)
	if err != nil {
		return nil, err
	}
	if s.Variant == variantChess960 && s.Number == nil && s.FEN == "" {
		n := chance.Perm(StartCount)[0]
		s.Number = &n
	}
	p, err := s.position()
	if err != nil {
		return nil, err
	}
	h := newLeanHistory(p)
	if end := h.Ending(r.policy); end != Ongoing {
		return nil, fmt.Errorf("%w: the game is over in that position: %s", game.ErrMalformed, end)
	}
	return json.Marshal(s.canonical(p))
}

// canonical returns the shortest setup of the same game.
func (s setup) canonical(p Position) setup {
	if s.FEN != "" {
		s.FEN = p.FEN()
	}
	if p == StartPosition() {
		s.FEN = ""
	}
	if s.Takebacks != nil && *s.Takebacks {
		s.Takebacks = nil
	}
	return s
}

// Rematch swaps the colours. A Chess960 start position is played twice, once
// with each colour, and then another is drawn; a position from a FEN stays.
func (r *Rules) Rematch(data []byte, seats, games int) ([]byte, []game.Seat, error) {
	if seats != seatCount {
		return nil, nil, fmt.Errorf("%w: chess is played at %d seats, not %d", game.ErrMalformed, seatCount, seats)
	}
	s, err := decodeSetup(data)
	if err != nil {
		return nil, nil, err
	}
	if games%2 == 0 {
		s.Number = nil
	}
	next, err := json.Marshal(s)
	return next, []game.Seat{1, 0}, err
}
