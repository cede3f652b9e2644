package games

import (
	"context"
	"time"

	"kibitz/internal/chess"
	"kibitz/internal/chess/search"
	"kibitz/internal/host"
)

// When the house agrees to a draw and when it gives up; scores are hundredths
// of a pawn.
const (
	// drawFrom is the first ply at which a draw is considered, and drawBelow
	// the most that the house may be better.
	drawFrom  = 20
	drawBelow = 25

	// resignLevel is the first level that gives up, resignFrom the first ply.
	resignLevel = 3
	resignFrom  = 30
	// Lost is who is so far behind in material, and in every one of the last
	// resignTurns own turns by the evaluation.
	resignMaterial = -500
	resignBelow    = -900
	resignTurns    = 3
	// The house does not give up against who has less time than that.
	resignAgainst = 20 * time.Second
)

// judging bounds how closely the house looks at a position before it answers
// an offer or gives up.
var judging = search.Limits{Depth: 5, Nodes: 40_000}

// answerDraw agrees to a draw unless the house stands better.
func (b *chessBrain) answerDraw(ctx context.Context, turn host.Turn, view chess.StateView) (choice, error) {
	if view.Moves.Len() < drawFrom {
		return plain("draw-decline"), nil
	}
	g, err := follow(view)
	if err != nil {
		return choice{}, err
	}
	if err := b.begin(ctx); err != nil {
		return choice{}, err
	}
	defer b.end()
	score := g.score(0, stopper(ctx, budget(turn)))
	if view.Turn != turn.Seat {
		score = -score
	}
	if score > drawBelow {
		return plain("draw-decline"), ctx.Err()
	}
	return plain("draw"), ctx.Err()
}

// score is for the side to move in the position some plies ago. It leaves out
// the past, because who is worse could call any repetition a draw.
func (g *chessGame) score(plies int, stop func() bool) search.Score {
	p, ok := g.before(plies)
	if !ok {
		return 0
	}
	limits := judging
	limits.Stop = stop
	return search.Best(p, nil, limits).Score
}

// lost reports whether a game is hopeless and to be given up. It is the house's
// turn.
func (b *chessBrain) lost(ctx context.Context, turn host.Turn, g *chessGame) (bool, error) {
	if turn.Level < resignLevel || len(g.moves) < resignFrom || inTrouble(turn) {
		return false, nil
	}
	now := g.now()
	if material(&now) > resignMaterial {
		return false, nil
	}
	if err := b.begin(ctx); err != nil {
		return false, err
	}
	defer b.end()
	return g.hopeless(stopper(ctx, budget(turn))), ctx.Err()
}

// hopeless reports whether the side to move is far behind, and has been for
// some turns. When it is stopped there is hope.
func (g *chessGame) hopeless(stop func() bool) bool {
	for i := range resignTurns {
		if g.score(2*i, stop) > resignBelow || stop() {
			return false
		}
	}
	return true
}

// inTrouble reports whether the opponent has little time left.
func inTrouble(turn host.Turn) bool {
	other := int(turn.Seat.Other())
	return turn.Clocks != nil && other < len(turn.Clocks.Remaining) && turn.Clocks.Remaining[other] < resignAgainst
}

var worths = map[chess.Role]int{
	chess.Pawn: 100, chess.Knight: 300, chess.Bishop: 300, chess.Rook: 500, chess.Queen: 900,
}

// material is what the side to move has more than its opponent.
func material(p *chess.Position) int {
	sum := 0
	for role, worth := range worths {
		sum += worth * (p.Pieces(p.Turn(), role).Count() - p.Pieces(p.Turn().Other(), role).Count())
	}
	return sum
}
