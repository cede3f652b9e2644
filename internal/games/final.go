package games

import (
	"kibitz/internal/chess"
	"kibitz/internal/game"
)

// FEN returns a position as text; empty where a game has none.
func FEN(s game.State) string {
	view, ok := s.View(game.Spectator).(chess.StateView)
	if !ok {
		return ""
	}
	return view.FEN
}
