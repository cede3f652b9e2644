package eval

// Best returns five cards of the set that make its score: those to be lifted
// at a showdown. It returns the whole set when there are fewer than five.
func (h Hand) Best() Hand {
	want := h.Score()
	best := h
	if h.Len() <= 5 {
		return best
	}
	eachThree(h, func(three Hand) {
		eachTwo(h&^three, func(two Hand) {
			if five := two | three; five.Score() == want {
				best = five
			}
		})
	})
	return best
}

// OmahaBest returns the two hole cards and three cards of the board that make
// the high hand.
func OmahaBest(hole, board Hand) Hand {
	want := Omaha(hole, board)
	best := hole | board
	eachThree(board, func(three Hand) {
		eachTwo(hole, func(two Hand) {
			if five := two | three; five.Score() == want {
				best = five
			}
		})
	})
	return best
}
