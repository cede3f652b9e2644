package chess

import (
	"fmt"

	"kibitz/internal/game"
)

// Kind is the stored name of the game.
const Kind game.Kind = "chess"

// seatCount is how many people play chess. White sits in seat 0, Black in 1.
const seatCount = 2

// Rules is chess as a table plays it: standard and Chess960. It also is a
// [game.Preparer] and a [game.Rematcher]. It never changes and is safe for
// concurrent use.
type Rules struct {
	policy DrawPolicy
	// standard is what all games from the usual start share.
	standard *origin
}

// NewRules returns the rules with the server's choice of how long games end.
// Tables that were begun under another policy go on under this one.
func NewRules(policy DrawPolicy) *Rules {
	r := &Rules{policy: policy}
	r.standard = newOrigin(StartPosition(), variantStandard, policy)
	return r
}

// Kind returns "chess".
func (r *Rules) Kind() game.Kind { return Kind }

// New returns the state before the first move. The setup must have been
// through Prepare: a Chess960 game names its start position.
func (r *Rules) New(data []byte, seats int) (game.State, error) {
	if seats != seatCount {
		return nil, fmt.Errorf("%w: chess is played at %d seats, not %d", game.ErrMalformed, seatCount, seats)
	}
	s, err := decodeSetup(data)
	if err != nil {
		return nil, err
	}
	o, err := r.origin(s)
	if err != nil {
		return nil, err
	}
	return newState(o), nil
}

// origin returns what a game with this setup begins with.
func (r *Rules) origin(s setup) (*origin, error) {
	if s.usual() {
		return r.standard, nil
	}
	p, err := s.position()
	if err != nil {
		return nil, err
	}
	o := newOrigin(p, s.Variant, r.policy)
	o.noTakebacks = s.Takebacks != nil && !*s.Takebacks
	o.noAbort = s.NoAbort
	if s.NoEarlyDraw {
		o.drawFrom = earlyDraw
	}
	return o, nil
}

// origin is what stays the same in a game. It is never written to after it
// was made, and many games may share it.
type origin struct {
	start       Position
	fen         string
	variant     string
	policy      DrawPolicy
	noTakebacks bool
	noAbort     bool
	// drawFrom is the first ply at which a draw may be offered, 0 for as soon
	// as both sides have moved.
	drawFrom int
}

func newOrigin(start Position, variant string, policy DrawPolicy) *origin {
	return &origin{start: start, fen: start.FEN(), variant: variant, policy: policy}
}
