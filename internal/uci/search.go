package uci

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Position is what to search: a start and the moves from there, so that the
// engine sees repetitions.
type Position struct {
	// FEN is the start; X-FEN and Shredder-FEN do for Chess960.
	FEN string
	// Moves are in UCI notation; castling is king takes rook in Chess960, and
	// the king's two steps otherwise.
	Moves []string
	// Chess960 must be announced by the engine to be true.
	Chess960 bool
}

// Limits end a search; the first that is reached counts. At least one must be
// given, zero means no limit.
type Limits struct {
	Nodes, Depth int
	MoveTime     time.Duration
	// Options are set before the search and stay set. Those that change how
	// the engine plays belong into every search, because a Pool serves all
	// callers with the same engines.
	Options map[string]string
}

// The most of a position that is sent.
const (
	maxFEN   = 128
	maxMoves = 4096
)

// command returns the line that sets the position. Whatever could end the
// line is refused, or a FEN could carry other commands.
func (p Position) command() (string, error) {
	if len(p.FEN) > maxFEN || strings.ContainsFunc(p.FEN, func(r rune) bool { return r < ' ' || r > '~' }) {
		return "", fmt.Errorf("%w: %q is not a FEN", ErrSearch, p.FEN[:min(len(p.FEN), maxFEN)])
	}
	if len(p.Moves) > maxMoves {
		return "", fmt.Errorf("%w: %d moves, want at most %d", ErrSearch, len(p.Moves), maxMoves)
	}
	for i, m := range p.Moves {
		if !isMove(m) {
			return "", fmt.Errorf("%w: ply %d is %q, want for instance e2e4 or e7e8q", ErrSearch, i+1, m[:min(len(m), maxFEN)])
		}
	}
	line := "position fen " + p.FEN
	if len(p.Moves) > 0 {
		line += " moves " + strings.Join(p.Moves, " ")
	}
	return line, nil
}

// command returns the line that starts the search.
func (l Limits) command() (string, error) {
	if l.Nodes < 0 || l.Depth < 0 || l.MoveTime < 0 || l.Nodes == 0 && l.Depth == 0 && l.MoveTime == 0 {
		return "", fmt.Errorf("%w: give nodes, depth or time above zero", ErrSearch)
	}
	line := "go"
	for _, part := range []struct {
		name  string
		limit int64
	}{{" nodes ", int64(l.Nodes)}, {" depth ", int64(l.Depth)}, {" movetime ", l.millis()}} {
		if part.limit > 0 {
			line += part.name + strconv.FormatInt(part.limit, 10)
		}
	}
	return line, nil
}

// millis is the time in whole milliseconds, at least one where there is any.
func (l Limits) millis() int64 {
	if l.MoveTime == 0 {
		return 0
	}
	return max(1, l.MoveTime.Milliseconds())
}

// isMove reports whether s has the form of a move in UCI notation.
func isMove(s string) bool {
	if len(s) != 4 && len(s) != 5 {
		return false
	}
	for i := range 4 {
		first := byte('a')
		if i%2 == 1 {
			first = '1'
		}
		if s[i] < first || s[i] >= first+8 {
			return false
		}
	}
	return len(s) == 4 || strings.IndexByte("qrbn", s[4]) >= 0
}
