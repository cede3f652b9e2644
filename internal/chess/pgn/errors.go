package pgn

import (
	"errors"
	"fmt"
)

// The causes that an error of this package wraps.
var (
	ErrSyntax   = errors.New("not PGN")
	ErrLimit    = errors.New("over the limit")
	ErrNullMove = errors.New("null moves are not supported")
)

// Error says why one game of the input cannot be read. The games behind it can.
type Error struct {
	Game int // place in the input, from 1
	Line int // line of the input, from 1
	Err  error
}

func (e *Error) Error() string {
	return fmt.Sprintf("game %d, line %d: %v", e.Game, e.Line, e.Err)
}

// Unwrap returns the cause without its place.
func (e *Error) Unwrap() error { return e.Err }

func syntaxf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrSyntax, fmt.Sprintf(format, args...))
}

func limitf(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrLimit, fmt.Sprintf(format, args...))
}
