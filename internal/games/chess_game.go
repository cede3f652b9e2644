package games

import (
	"fmt"

	"kibitz/internal/chess"
)

// chessGame is what the house knows of a game from its view.
type chessGame struct {
	view chess.StateView
	// moves are in UCI notation, and positions one more than these.
	moves     []string
	positions []chess.Position
}

// follow plays through a game.
func follow(view chess.StateView) (*chessGame, error) {
	p, err := chess.ParseFEN(view.InitialFEN)
	if err != nil {
		return nil, err
	}
	p = p.WithChess960(view.Variant == "chess960")
	g := &chessGame{view: view, moves: view.Moves.UCI(), positions: make([]chess.Position, 0, view.Moves.Len()+1)}
	g.positions = append(g.positions, p)
	for i, uci := range g.moves {
		m, err := p.ParseUCI(uci)
		if err != nil {
			return nil, fmt.Errorf("ply %d: %w", i+1, err)
		}
		p = p.Play(m)
		g.positions = append(g.positions, p)
	}
	return g, nil
}

// now is the current position.
func (g *chessGame) now() chess.Position { return g.positions[len(g.positions)-1] }

// before returns the position some plies ago, and false before the start.
func (g *chessGame) before(plies int) (chess.Position, bool) {
	i := len(g.positions) - 1 - plies
	if i < 0 {
		return chess.Position{}, false
	}
	return g.positions[i], true
}

// hashes are those of the earlier positions that may recur.
func (g *chessGame) hashes() []uint64 {
	end := len(g.positions) - 1
	from := max(0, end-g.positions[end].HalfmoveClock())
	list := make([]uint64, 0, end-from)
	for i := from; i < end; i++ {
		list = append(list, g.positions[i].Hash())
	}
	return list
}

// moving is the action of making a move in the current position, and nothing
// for NoMove.
func (g *chessGame) moving(m chess.Move) choice {
	if m == chess.NoMove {
		return choice{}
	}
	p := g.now()
	return move(p.UCI(m))
}
