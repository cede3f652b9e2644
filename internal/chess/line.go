package chess

// blockLen is how many moves are shared at a time.
const blockLen = 32

// line is the moves of a game. It is a value: a copy can be pushed to without
// the original noticing, and both share the blocks that are full. A move costs
// 2 bytes of memory, and making the next line a copy of at most blockLen.
type line struct {
	full *block
	tail [blockLen]Move
	n    int
}

// block is blockLen moves and what came before. It is never written to after
// it was made.
type block struct {
	before *block
	moves  [blockLen]Move
}

func (l *line) push(m Move) {
	i := l.n % blockLen
	if i == 0 && l.n > 0 {
		l.full = &block{l.full, l.tail}
		l.tail = [blockLen]Move{}
	}
	l.tail[i] = m
	l.n++
}

// all returns the moves from the first to the last, in memory of their own.
func (l *line) all() []Move {
	if l.n == 0 {
		return nil
	}
	moves := make([]Move, l.n)
	end := (l.n - 1) / blockLen * blockLen
	copy(moves[end:], l.tail[:])
	for b := l.full; b != nil; b = b.before {
		end -= blockLen
		copy(moves[end:], b.moves[:])
	}
	return moves
}
