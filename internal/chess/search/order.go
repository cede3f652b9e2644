package search

import (
	"slices"

	"kibitz/internal/chess"
)

// Keys of the move order, the highest first: the move of the table, captures
// by victim and attacker, killers, and the rest by how often they cut.
const (
	keyFirst   = 1 << 30
	keyCapture = 1 << 28
	keyKiller  = 1 << 27
)

// order sorts the most promising moves to the front.
func (s *searcher) order(p *chess.Position, moves []chess.Move, first chess.Move, ply int) {
	var room [256]int32
	keys := room[:0]
	for _, m := range moves {
		keys = append(keys, s.key(p, m, first, ply))
	}
	for i := 1; i < len(moves); i++ {
		m, k := moves[i], keys[i]
		j := i
		for ; j > 0 && keys[j-1] < k; j-- {
			moves[j], keys[j] = moves[j-1], keys[j-1]
		}
		moves[j], keys[j] = m, k
	}
}

func (s *searcher) key(p *chess.Position, m, first chess.Move, ply int) int32 {
	switch {
	case m == first && m != chess.NoMove:
		return keyFirst
	case p.IsCapture(m) || m.Promotion() != chess.NoRole:
		victim := value[p.PieceAt(m.To()).Role()] + value[m.Promotion()]
		return keyCapture + int32(victim)*8 - int32(p.PieceAt(m.From()).Role())
	case m == s.killers[ply][0] || m == s.killers[ply][1]:
		return keyKiller
	}
	return s.history[p.Turn()][m.From()][m.To()]
}

// reward remembers a quiet move that refuted a position.
func (s *searcher) reward(p *chess.Position, m chess.Move, n node) {
	if p.IsCapture(m) || m.Promotion() != chess.NoRole {
		return
	}
	if k := &s.killers[n.ply]; k[0] != m {
		k[0], k[1] = m, k[0]
	}
	h := &s.history[p.Turn()][m.From()][m.To()]
	*h = min(*h+int32(n.depth*n.depth), keyKiller-1)
}

// toFront moves m to the front and keeps the order of the others.
func toFront(moves []chess.Move, m chess.Move) {
	if i := slices.Index(moves, m); i > 0 {
		copy(moves[1:i+1], moves[:i])
		moves[0] = m
	}
}
