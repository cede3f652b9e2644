package chess

import "kibitz/internal/game"

// The capabilities that the archive asks for.
var (
	_ game.Chronicler = (*Rules)(nil)
	_ game.Namer      = (*Rules)(nil)
	_ game.Ranker     = (*Rules)(nil)
)

// Mark implements game.Chronicler. Moves are noted by their squares, castling
// as king takes rook.
func (r *Rules) Mark(ply int, typ string, data []byte) (game.Mark, error) {
	e, err := r.DecodeEvent(typ, data)
	if err != nil {
		return game.Mark{}, err
	}
	m := game.Mark{Ply: ply}
	switch e := e.(type) {
	case movedEvent:
		m.Ply++
		m.Note = e.move.String()
	case takebackEvent:
		m.Ply = min(ply, int(e.ply))
	case endedEvent:
		m.Over = true
	}
	return m, nil
}

// Variant implements game.Namer: standard, chess960, or fromPosition.
func (r *Rules) Variant(data []byte) (string, error) {
	s, err := decodeSetup(data)
	switch {
	case err != nil:
		return "", err
	case s.FEN != "":
		return game.FromPosition, nil
	}
	return s.Variant, nil
}
