package search

import "kibitz/internal/chess"

// Levels is how many strengths the house engine has.
const Levels = 4

// strength is how well a level sees.
type strength struct {
	depth, nodes int
	// spread is how far, in hundredths of a pawn, a move may be misjudged.
	spread int
	// blind is how often out of 100 the level plays whatever comes to mind.
	blind int
}

var strengths = [Levels]strength{
	{depth: 1, nodes: 2_000, spread: 220, blind: 26},
	{depth: 1, nodes: 2_000, spread: 150, blind: 12},
	{depth: 2, nodes: 20_000, spread: 130, blind: 9},
	{depth: 3, nodes: 100_000, spread: 60, blind: 2},
}

// Play returns the move of a level, 1 to Levels, which is brought into that
// range, or NoMove when the game is over. Roll returns a number of [0, n) and
// makes the level vary; stop, when not nil, ends the search early.
func Play(p chess.Position, hashes []uint64, level int, roll func(n int) int, stop func() bool) chess.Move {
	s := strengths[min(max(level, 1), Levels)-1]
	if moves := p.LegalMoves(nil); s.blind > 0 && len(moves) > 0 && roll(100) < s.blind {
		return moves[roll(len(moves))]
	}
	line := Best(p, hashes, Limits{
		Depth: s.depth,
		Nodes: s.nodes,
		Stop:  stop,
		Noise: func(chess.Move) Score { return Score(roll(2*s.spread+1) - s.spread) },
	})
	return line.Best
}
