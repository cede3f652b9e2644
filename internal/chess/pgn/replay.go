package pgn

import (
	"errors"
	"fmt"
	"strings"

	"kibitz/internal/chess"
)

// ErrVariant marks a game of a variant that the rules core does not know.
var ErrVariant = errors.New("variant is not supported")

// MoveError is a move of the tree that is not legal where it stands.
type MoveError struct {
	Node      NodeID
	Number    int // as printed before the move
	Black     bool
	Variation bool // not in the main line
	SAN       string
	Err       error // wraps chess.ErrSyntax or chess.ErrIllegalMove
}

func (e *MoveError) Error() string {
	dots, where := ".", ""
	if e.Black {
		dots = "..."
	}
	if e.Variation {
		where = " of a variation"
	}
	return fmt.Sprintf("move %d%s %s%s: %v", e.Number, dots, e.SAN, where, e.Err)
}

// Unwrap returns the refusal of the rules core.
func (e *MoveError) Unwrap() error { return e.Err }

// Step is one legal move of a walk. The positions belong to the walk and are valid until visit returns.
type Step struct {
	Node   NodeID
	Depth  int // 0 in the main line, 1 in its variations, and so on
	Ply    int // moves before this one since the start of the game
	Move   chess.Move
	Before *chess.Position
	After  *chess.Position
}

// Start returns the position before the first move, from the tags FEN and Variant. Errors wrap ErrVariant or
// chess.ErrFEN.
func (g *Game) Start() (chess.Position, error) {
	chess960, err := isChess960(g.Tag("Variant"))
	if err != nil {
		return chess.Position{}, err
	}
	start := chess.StartPosition()
	if fen, ok := g.LookupTag("FEN"); ok {
		if start, err = chess.ParseFEN(fen); err != nil {
			return chess.Position{}, fmt.Errorf("tag FEN: %w", err)
		}
	}
	if chess960 {
		start = start.WithChess960(true)
	}
	return start, nil
}

func isChess960(variant string) (bool, error) {
	switch strings.ToLower(strings.ReplaceAll(variant, " ", "")) {
	case "", "standard", "chess", "normal", "fromposition":
		return false, nil
	case "chess960", "fischerandom", "fischerrandom", "chess-960":
		return true, nil
	}
	return false, fmt.Errorf("%w: %s", ErrVariant, clip(variant))
}

// Replay returns the start position and the moves of the main line. A move that is not legal gives a *MoveError.
func (g *Game) Replay() (chess.Position, []chess.Move, error) {
	start, err := g.Start()
	if err != nil {
		return chess.Position{}, nil, err
	}
	var moves []chess.Move
	position := start
	for id := g.Nodes[Root].Next; id != Root; id = g.Nodes[id].Next {
		move, err := position.ParseSAN(g.Nodes[id].SAN)
		if err != nil {
			return start, moves, g.moveError(id, &position, err)
		}
		moves = append(moves, move)
		position = position.Play(move)
	}
	return start, moves, nil
}

// Walk visits every move in the order of the text, variations included, and stops at the first error: that of visit, a
// *MoveError, or that of Start.
func (g *Game) Walk(visit func(Step) error) error {
	start, err := g.Start()
	if err != nil {
		return err
	}
	w := walker{game: g, visit: visit}
	return w.line(g.Nodes[Root].Next, start, Step{})
}

type walker struct {
	game  *Game
	visit func(Step) error
}

// line walks from head on. The step brings the depth and the ply of head.
func (w *walker) line(head NodeID, position chess.Position, step Step) error {
	for id := head; id != Root; id = w.game.Nodes[id].Next {
		node := &w.game.Nodes[id]
		move, err := position.ParseSAN(node.SAN)
		if err != nil {
			bad := w.game.moveError(id, &position, err)
			bad.Variation = step.Depth > 0
			return bad
		}
		after := position.Play(move)
		step.Node, step.Move, step.Before, step.After = id, move, &position, &after
		if err := w.visit(step); err != nil {
			return err
		}
		for head := node.Var; head != Root; head = w.game.Nodes[head].Sib {
			if err := w.line(head, position, Step{Depth: step.Depth + 1, Ply: step.Ply}); err != nil {
				return err
			}
		}
		position = after
		step.Ply++
	}
	return nil
}

func (g *Game) moveError(id NodeID, before *chess.Position, err error) *MoveError {
	return &MoveError{
		Node: id, Number: before.FullmoveNumber(), Black: before.Turn() == chess.Black, SAN: g.Nodes[id].SAN, Err: err,
	}
}
