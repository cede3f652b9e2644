package table

import (
	"encoding/json"
	"fmt"
	"slices"

	"kibitz/internal/game"
)

// Sitting reads a table's records one after the other and says who sits where.
// The zero Sitting has read nothing. Who leaves is still said to sit there, until
// somebody else does: what happens in a seat is its last player's.
type Sitting struct {
	// Made is what the table was made of, without its seats.
	Made Setup
	// Seats are the players as they are now.
	Seats []Player
}

// Read takes the next record, and reports whether it was the table's own and
// not the game's. It fails with an error wrapping game.ErrMalformed.
func (s *Sitting) Read(r *Record) (isOwn bool, err error) {
	switch r.Type {
	case typeCreated:
		var made Setup
		if err := json.Unmarshal(r.Data, &made); err != nil {
			return true, fmt.Errorf("%w: setup of %s: %w", game.ErrMalformed, r.Table, err)
		}
		s.Seats = slices.Clone(made.Seats)
		made.Seats = nil
		s.Made = made
	case typeSeated:
		body, err := decodeOwn[seated](r)
		if err == nil && (body.Seat < 0 || int(body.Seat) >= len(s.Seats)) {
			err = fmt.Errorf("%w: there is no seat %d at %s", game.ErrMalformed, body.Seat, r.Table)
		}
		if err != nil {
			return true, err
		}
		s.Seats[body.Seat] = body.Player
	}
	return own(r.Type), nil
}
