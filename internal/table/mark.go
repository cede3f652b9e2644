package table

import "kibitz/internal/game"

// Mark reads how far a game is from a record that came after so many turns, or
// returns an error wrapping game.ErrMalformed. Events of the table itself may
// end a game, and take no turn.
func Mark(c game.Chronicler, ply int, r *Record) (game.Mark, error) {
	if own(r.Type) {
		return game.Mark{Ply: ply, Over: r.Type == typeExpired}, nil
	}
	return c.Mark(ply, r.Type, r.Data)
}
