package eval

// Ranking is how a variant of poker compares hands. Its functions take the
// hole cards and three to five cards of the board.
type Ranking struct {
	High func(hole, board Hand) Score
	// Low is nil where the pot is not split.
	Low func(hole, board Hand) Low
}

// Holdem rates any five of hole cards and board.
func Holdem(hole, board Hand) Score { return (hole | board).Score() }

// Omaha rates the best of exactly two hole cards and exactly three of the
// board.
func Omaha(hole, board Hand) Score {
	var best Score
	eachThree(board, func(three Hand) {
		eachTwo(hole, func(two Hand) { best = max(best, (two | three).Score()) })
	})
	return best
}

// OmahaLow rates the best eight-or-better low of exactly two hole cards and
// exactly three of the board, which need not be those of the high hand.
func OmahaLow(hole, board Hand) Low {
	best := NoLow
	eachThree(board, func(three Hand) {
		eachTwo(hole, func(two Hand) { best = min(best, (two | three).Low()) })
	})
	return best
}

// eachTwo calls f with every two cards of a set.
func eachTwo(h Hand, f func(Hand)) {
	for rest := h; rest != 0; rest &= rest - 1 {
		one := rest & -rest
		for others := rest ^ one; others != 0; others &= others - 1 {
			f(one | others&-others)
		}
	}
}

// eachThree calls f with every three cards of a set.
func eachThree(h Hand, f func(Hand)) {
	for rest := h; rest != 0; rest &= rest - 1 {
		one := rest & -rest
		eachTwo(rest^one, func(two Hand) { f(one | two) })
	}
}
