package chess

// newLeanHistory is NewHistory without room for what is to come.
func newLeanHistory(start Position) History {
	return History{hashes: []uint64{start.hash}, position: start}
}

// after returns the history after m, which must be legal, with its hashes in
// room; h stays as it is. The two share nothing unless room says so.
func (h *History) after(m Move, room []uint64) History {
	next := History{hashes: room[:0], position: h.position.Play(m), plies: h.plies + 1}
	if next.position.halfmove != 0 && next.position.castling == h.position.castling {
		next.hashes = append(next.hashes, h.hashes...)
	}
	next.hashes = append(next.hashes, next.position.hash)
	return next
}

// stackRoom is enough hashes for after while a game obeys the 75-move rule, so
// that a look ahead costs no allocation.
const stackRoom = SeventyFiveMovePlies + 2
