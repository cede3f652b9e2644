package poker

import (
	"errors"
	"fmt"

	"kibitz/internal/game"
)

// ErrBalance means that chips were about to appear or vanish. It is a fault of
// this package, not of a player; the hand must not go on.
var ErrBalance = errors.New("poker: the chips do not add up")

// refused returns a refusal with a reason a person can read.
func refused(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{game.ErrIllegal}, args...)...)
}
