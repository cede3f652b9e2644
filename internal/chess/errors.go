package chess

import (
	"errors"
	"fmt"
)

// Refusals of this package. Every error returned by it wraps one of them.
var (
	// ErrFEN marks a FEN that is malformed or describes a position that no
	// game of chess can reach, such as a side without a king.
	ErrFEN = errors.New("chess: bad FEN")
	// ErrSyntax marks text that is not a move in the expected notation.
	ErrSyntax = errors.New("chess: not a move")
	// ErrIllegalMove marks a well-formed move that the position forbids.
	ErrIllegalMove = errors.New("chess: illegal move")
	// ErrAmbiguous marks SAN that fits several legal moves. It always comes
	// together with ErrIllegalMove.
	ErrAmbiguous = errors.New("several moves fit")
	// ErrStartNumber marks a Chess960 start number outside 0..959.
	ErrStartNumber = errors.New("chess: start position number out of range")
)

// maxEcho bounds how much of a caller's bad input an error repeats.
const maxEcho = 40

func echo(s string) string {
	if len(s) > maxEcho {
		s = s[:maxEcho] + "..."
	}
	return fmt.Sprintf("%q", s)
}
