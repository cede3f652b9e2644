package chess

// History is a game as far as its endings depend on the past: the current
// position and the hashes of the positions since the last move that cannot be
// undone. It has one owner and is not safe for concurrent use; playing a move
// reuses its memory and does not allocate in the long run.
type History struct {
	hashes   []uint64 // the current position is the last
	position Position
	plies    int
}

// firstHashes is the room for hashes a new game gets; it grows on demand.
const firstHashes = 16

// NewHistory starts a game from a position.
func NewHistory(start Position) History {
	h := History{hashes: make([]uint64, 0, firstHashes)}
	h.Reset(start)
	return h
}

// Reset starts another game in the same memory.
func (h *History) Reset(start Position) {
	h.hashes = append(h.hashes[:0], start.hash)
	h.position = start
	h.plies = 0
}

// Position returns the current position. It belongs to the history and changes
// with the next Play; copy it to keep it.
func (h *History) Position() *Position { return &h.position }

// Plies counts the moves played since the start of the history.
func (h *History) Plies() int { return h.plies }

// Play makes m, which must be legal in the current position.
func (h *History) Play(m Move) {
	before := h.position.castling
	h.position = h.position.Play(m)
	if h.position.halfmove == 0 || h.position.castling != before {
		h.hashes = h.hashes[:0]
	}
	h.hashes = append(h.hashes, h.position.hash)
	h.plies++
}

// PlayUCI judges a move as it arrives and makes it. On an error, which wraps
// ErrSyntax or ErrIllegalMove, nothing has changed.
func (h *History) PlayUCI(s string) (Move, error) {
	m, err := h.position.ParseUCI(s)
	if err == nil {
		h.Play(m)
	}
	return m, err
}

// Repetitions returns how often the current position has occurred, itself
// included: 1 when it is new.
func (h *History) Repetitions() int {
	count := 0
	for i := len(h.hashes) - 1; i >= 0; i -= 2 { // same side to move
		if h.hashes[i] == h.position.hash {
			count++
		}
	}
	return count
}

// Clone returns an independent copy, at the cost of copying the hashes since
// the last irreversible move.
func (h *History) Clone() History {
	c := *h
	c.hashes = append(make([]uint64, 0, len(h.hashes)+firstHashes), h.hashes...)
	return c
}
