package chess

// Perft counts the leaves of the tree of legal moves of that depth, the usual
// check of a move generator. The last level is counted without being played.
func Perft(p *Position, depth int) uint64 {
	if depth <= 0 {
		return 1
	}
	return countLeaves(*p, depth)
}

// countLeaves takes the position by value so that it stays on the stack.
func countLeaves(p Position, depth int) uint64 {
	var buffer [256]Move
	moves := p.LegalMoves(buffer[:0])
	if depth == 1 {
		return uint64(len(moves))
	}
	nodes := uint64(0)
	for _, m := range moves {
		nodes += countLeaves(p.Play(m), depth-1)
	}
	return nodes
}
