package search

import "kibitz/internal/chess"

// tableBits sizes the transposition table: 2^15 entries, half a megabyte.
const tableBits = 15

// bound says what the score of an entry means.
type bound uint8

const (
	exact bound = iota + 1
	atLeast
	atMost
)

// entry is what is known of a position. Its move is worth trying first even
// where the score is of no use.
type entry struct {
	hash  uint64
	score Score
	move  chess.Move
	depth int8
	bound bound
}

// table remembers positions by their hash; the newer entry wins.
type table struct{ entries []entry }

func newTable() *table { return &table{make([]entry, 1<<tableBits)} }

func (t *table) slot(hash uint64) *entry { return &t.entries[hash&(1<<tableBits-1)] }

// answer is a score that settles a node, when ok.
type answer struct {
	score Score
	ok    bool
}

// get returns what settles the node, and the move to try first.
func (t *table) get(hash uint64, n node) (answer, chess.Move) {
	e := t.slot(hash)
	if e.hash != hash || e.bound == 0 {
		return answer{}, chess.NoMove
	}
	score := fromTable(e.score, n.ply)
	usable := e.bound == exact || e.bound == atLeast && score >= n.beta || e.bound == atMost && score <= n.alpha
	return answer{score, usable && int(e.depth) >= n.depth}, e.move
}

func (t *table) put(hash uint64, n node, score Score, m chess.Move) {
	b := exact
	switch {
	case score >= n.beta:
		b = atLeast
	case score <= n.alpha:
		b = atMost
	}
	*t.slot(hash) = entry{hash, toTable(score, n.ply), m, int8(min(n.depth, 127)), b}
}

// A mate is stored as counted from its position, and used as counted from the
// root.
func toTable(score Score, ply int) Score {
	switch {
	case score > mateBound:
		return score + Score(ply)
	case score < -mateBound:
		return score - Score(ply)
	}
	return score
}

func fromTable(score Score, ply int) Score {
	switch {
	case score > mateBound:
		return score - Score(ply)
	case score < -mateBound:
		return score + Score(ply)
	}
	return score
}
