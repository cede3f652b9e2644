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
	p := start
	var moves []chess.Move
	for _, uci := range view.Moves.UCI() {
		m, err := p.ParseUCI(uci)
		if err != nil {
			return archive.Opening{}
		}
		moves, p = append(moves, m), p.Play(m)
	}
	found, _ := opening.Of(start, moves)
	return archive.Opening{ECO: found.ECO, Name: found.Name}
}
