package games

import (
	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/chess/opening"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Opening names how the game of a table began; nothing where its game has no
// named openings.
func Opening(t *table.Table) archive.Opening {
	if t.Setup().Kind != chess.Kind {
		return archive.Opening{}
	}
	view, ok := t.Snapshot(game.Spectator, t.Touched()).State.(chess.StateView)
	if !ok {
		return archive.Opening{}
	}
	start, err := chess.ParseFEN(view.InitialFEN)
	if err != nil || view.Variant != game.Standard {
		return archive.Opening{}
	}
	found, _ := opening.Of(start, view.Moves.Moves())
	return archive.Opening{ECO: found.ECO, Name: found.Name}
}
