// Package accuracy judges how well a game of chess was played, from what an
// engine thinks of its positions. The formulas and their constants are those of
// spec/ux.md section 4, which are those that lichess publishes, so that players
// find the numbers they know.
package accuracy

import "math"

// Eval is what an engine thinks of a position, from White's side.
type Eval struct {
	// Centipawns counts only without a mate.
	Centipawns int
	// Mate is the number of moves to mate, negative when Black mates, and 0
	// for none. A position that is mate is OverWhite or OverBlack.
	Mate int
}

// How a position is judged in which a side has mated: no number of moves is
// left, but the sign counts.
const (
	// OverWhite is the Mate of a position in which White has mated.
	OverWhite = math.MaxInt32
	// OverBlack is the same for Black.
	OverBlack = -math.MaxInt32
)

// Start is what is thought of the classical start position, and so of the
// position before the first move of any game that was not judged.
var Start = Eval{Centipawns: 15}

// maxCentipawns is where more makes no difference.
const maxCentipawns = 1000

// steepness is how fast chances grow with the evaluation.
const steepness = 0.00368208

// chances are White's winning chances from -1 to +1.
func (e Eval) chances() float64 {
	return 2/(1+math.Exp(-steepness*float64(e.cut()))) - 1
}

// WinPercent is White's expected score in percent.
func WinPercent(e Eval) float64 { return 50 + 50*e.chances() }

// OfMove is the accuracy of a move in percent, from the mover's winning
// percentage before and after it.
func OfMove(before, after float64) float64 {
	if after >= before {
		return 100
	}
	return min(max(103.1668*math.Exp(-0.04354*(before-after))-3.1669, 0), 100)
}

// Moves returns the accuracy of every move in percent. There is one evaluation
// more than there are moves: before the first and after each. Black begins
// where blackFirst is set.
func (g Game) Moves() []float64 {
	wins := g.wins()
	list := make([]float64, 0, len(wins))
	for i := 1; i < len(wins); i++ {
		before, after := wins[i-1], wins[i]
		if g.black(i - 1) {
			before, after = 100-before, 100-after
		}
		list = append(list, OfMove(before, after))
	}
	return list
}

// Game is the evaluations of a game.
type Game struct {
	// Evals are those before the first move and after each.
	Evals []Eval
	// BlackFirst is set where the game began with a move of Black.
	BlackFirst bool
}

// black reports whether the move with an index, from 0, is Black's.
func (g Game) black(i int) bool { return i%2 == 1 != g.BlackFirst }

func (g Game) wins() []float64 {
	list := make([]float64, len(g.Evals))
	for i, e := range g.Evals {
		list[i] = WinPercent(e)
	}
	return list
}

// Of returns the accuracies of White and Black in percent: for each side the
// mean of the harmonic mean of its moves and of their mean weighted by how
// much was going on around them. A side without moves has 0 and false.
func (g Game) Of() (white, black Side) {
	moves, weights := g.Moves(), g.weights()
	sides := [2]sums{}
	for i, accuracy := range moves {
		side := &sides[0]
		if g.black(i) {
			side = &sides[1]
		}
		side.add(accuracy, weights[i])
	}
	return sides[0].side(), sides[1].side()
}

// Side is the accuracy of one side.
type Side struct {
	Percent float64
	// Moved is false for a side that made no move.
	Moved bool
}

// sums are those of the moves of a side.
type sums struct {
	moves, inverse, weighted, weight float64
}

func (s *sums) add(accuracy, weight float64) {
	s.moves++
	s.inverse += 1 / max(1, accuracy) // a move of no accuracy must not make the mean zero
	s.weighted += accuracy * weight
	s.weight += weight
}

func (s sums) side() Side {
	if s.moves == 0 {
		return Side{}
	}
	return Side{Percent: (s.moves/s.inverse + s.weighted/s.weight) / 2, Moved: true}
}

// weights are those of the moves: the standard deviation of the winning
// percentages in a window that ends with the position after the move and is
// from 2 to 8 positions long, a tenth of the game. The first moves share the
// first window.
func (g Game) weights() []float64 {
	wins := g.wins()
	window := min(max((len(wins)-1)/10, 2), 8)
	list := make([]float64, 0, len(wins))
	for end := 2; end <= len(wins); end++ {
		last := min(max(end, window), len(wins))
		list = append(list, min(max(deviation(wins[max(0, last-window):last]), 0.5), 12))
	}
	return list
}

// deviation is the standard deviation of all of a population.
func deviation(list []float64) float64 {
	sum := 0.0
	for _, v := range list {
		sum += v
	}
	mean, squares := sum/float64(len(list)), 0.0
	for _, v := range list {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares / float64(len(list)))
}

// Loss returns the average loss of a side in centipawns, with evaluations cut
// at ten pawns; 0 for a side that made no move.
func (g Game) Loss(black bool) float64 {
	sum, moves := 0, 0
	for i := 1; i < len(g.Evals); i++ {
		if g.black(i-1) != black {
			continue
		}
		before, after := g.Evals[i-1].cut(), g.Evals[i].cut()
		if black {
			before, after = -before, -after
		}
		sum += max(0, before-after)
		moves++
	}
	if moves == 0 {
		return 0
	}
	return float64(sum) / float64(moves)
}

// cut returns the evaluation in centipawns, within ten pawns.
func (e Eval) cut() int {
	switch {
	case e.Mate > 0:
		return maxCentipawns
	case e.Mate < 0:
		return -maxCentipawns
	}
	return min(max(e.Centipawns, -maxCentipawns), maxCentipawns)
}
