// Package search is the house engine: alpha-beta over the core of package
// chess. It is pure: the work is bounded in nodes rather than in time, so the
// same call gives the same move on every machine.
package search

import (
	"slices"

	"kibitz/internal/chess"
)

// Score is an evaluation in hundredths of a pawn for the side to move.
type Score int32

const (
	infinite Score = 32_000
	// Mate is the score of giving mate at once; a mate in n plies is n less.
	Mate Score = 30_000
	// mateBound is above every score that is no mate.
	mateBound = Mate - 1000
	// maxPly bounds how deep a line is followed, quiescence included.
	maxPly = 96
)

// Limits bound one search.
type Limits struct {
	// Depth is the deepest full-width search in plies, from 1.
	Depth int
	// Nodes is about how many positions may be looked at; 0 means no bound.
	Nodes int
	// Stop is asked every 1,024 nodes whether to give up; nil means never.
	Stop func() bool
	// Noise, when not nil, is added to the score of each move at the root: it
	// makes a weak player.
	Noise func(chess.Move) Score
}

// Line is the outcome of a search.
type Line struct {
	Best  chess.Move
	Score Score
	// Depth is the deepest that was searched to the end.
	Depth int
	Nodes int
}

// Best returns the best move found, from the deepest search that was finished
// within the limits, and NoMove when the game is over. The hashes are those
// of the game's earlier positions that may recur, in the order of play and
// without the current one.
func Best(p chess.Position, hashes []uint64, limits Limits) Line {
	s := &searcher{limits: limits, table: newTable(), path: slices.Clone(hashes)}
	moves := p.LegalMoves(nil)
	line := Line{Best: chess.NoMove}
	if len(moves) == 0 {
		return line
	}
	s.noise(moves)
	line.Best = moves[0]
	for depth := 1; depth <= max(1, limits.Depth); depth++ {
		best, score := s.root(&p, moves, depth)
		if s.stopped && depth > 1 {
			break
		}
		line.Best, line.Score, line.Depth = best, score, depth
		if s.stopped || score > mateBound || score < -mateBound {
			break
		}
		toFront(moves, best)
	}
	line.Nodes = s.nodes
	return line
}

// searcher is the memory of one search.
type searcher struct {
	limits  Limits
	table   *table
	path    []uint64 // hashes of the positions before the current one
	nodes   int
	stopped bool
	noises  map[chess.Move]Score
	killers [maxPly][2]chess.Move
	history [2][64][64]int32
}

func (s *searcher) noise(moves []chess.Move) {
	if s.limits.Noise == nil {
		return
	}
	s.noises = make(map[chess.Move]Score, len(moves))
	for _, m := range moves {
		s.noises[m] = s.limits.Noise(m)
	}
}

// root searches every move of the position and returns the best.
func (s *searcher) root(p *chess.Position, moves []chess.Move, depth int) (chess.Move, Score) {
	best, alpha := moves[0], -infinite
	s.path = append(s.path, p.Hash())
	for _, m := range moves {
		noise := s.noises[m]
		next := p.Play(m)
		score := -s.full(&next, node{depth: depth - 1, ply: 1, alpha: -infinite, beta: -(alpha - noise)}) + noise
		if s.stopped {
			break
		}
		if score > alpha {
			best, alpha = m, score
		}
	}
	s.path = s.path[:len(s.path)-1]
	return best, alpha
}

// node is what a search of one position is asked for.
type node struct {
	depth, ply  int
	alpha, beta Score
}

// full searches all moves of a position to a depth.
func (s *searcher) full(p *chess.Position, n node) Score {
	if s.spent() || n.ply >= maxPly {
		return evaluate(p)
	}
	if s.drawn(p) {
		return 0
	}
	if p.InCheck() {
		n.depth++
	}
	if n.depth <= 0 {
		return s.quiet(p, n)
	}
	known, first := s.table.get(p.Hash(), n)
	if known.ok {
		return known.score
	}
	return s.moves(p, n, first)
}

// moves tries the moves of a position, the most promising first.
func (s *searcher) moves(p *chess.Position, n node, first chess.Move) Score {
	var room [256]chess.Move
	moves := p.LegalMoves(room[:0])
	if len(moves) == 0 {
		return matedOrStale(p, n.ply)
	}
	s.order(p, moves, first, n.ply)
	s.path = append(s.path, p.Hash())
	best, bestMove, alpha := -infinite, chess.NoMove, n.alpha
	for _, m := range moves {
		next := p.Play(m)
		score := -s.full(&next, node{depth: n.depth - 1, ply: n.ply + 1, alpha: -n.beta, beta: -alpha})
		if s.stopped {
			break
		}
		if score > best {
			best, bestMove = score, m
		}
		if alpha = max(alpha, best); alpha >= n.beta {
			s.reward(p, m, n)
			break
		}
	}
	s.path = s.path[:len(s.path)-1]
	if !s.stopped {
		s.table.put(p.Hash(), n, best, bestMove)
	}
	return best
}

// quiet follows captures and promotions until the position is calm.
func (s *searcher) quiet(p *chess.Position, n node) Score {
	if s.spent() || n.ply >= maxPly {
		return evaluate(p)
	}
	best := evaluate(p)
	if best >= n.beta {
		return best
	}
	alpha := max(n.alpha, best)
	var room [256]chess.Move
	moves := p.MovesOf(room[:0], ^chess.Bitboard(0), p.ByColor(p.Turn().Other()))
	s.order(p, moves, chess.NoMove, n.ply)
	for _, m := range moves {
		next := p.Play(m)
		score := -s.quiet(&next, node{ply: n.ply + 1, alpha: -n.beta, beta: -alpha})
		best = max(best, score)
		if alpha = max(alpha, best); alpha >= n.beta {
			break
		}
	}
	return best
}

// spent counts a node and reports whether the search must end.
func (s *searcher) spent() bool {
	s.nodes++
	if s.limits.Nodes > 0 && s.nodes >= s.limits.Nodes {
		s.stopped = true
	}
	if s.limits.Stop != nil && s.nodes%1024 == 0 && s.limits.Stop() {
		s.stopped = true
	}
	return s.stopped
}

// drawn reports a position that occurred before, or cannot be won any more.
func (s *searcher) drawn(p *chess.Position) bool {
	if p.HalfmoveClock() >= chess.FiftyMovePlies || p.DeadPosition() {
		return true
	}
	reach := min(len(s.path), p.HalfmoveClock())
	for i := len(s.path) - 2; i >= len(s.path)-reach; i -= 2 {
		if s.path[i] == p.Hash() {
			return true
		}
	}
	return false
}

func matedOrStale(p *chess.Position, ply int) Score {
	if p.InCheck() {
		return Score(ply) - Mate
	}
	return 0
}
