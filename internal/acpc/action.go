package acpc

import (
	"errors"
	"fmt"
	"strconv"

	"kibitz/internal/poker"
)

// ErrFormat marks text that is not of the protocol.
var ErrFormat = errors.New("not of the ACPC protocol")

// Verb is what a player does.
type Verb byte

// The verbs. A call of nothing is a check, and a bet is a raise.
const (
	Fold  Verb = 'f'
	Call  Verb = 'c'
	Raise Verb = 'r'
)

// Action is a decision as the protocol has it.
type Action struct {
	Verb Verb
	// Total is, of a raise, the live chips that the player has then put in over
	// the whole hand; it is 0 where limits are fixed.
	Total poker.Chips
}

// String returns "f", "c", "r" or "rN".
func (a Action) String() string {
	if a.Verb == Raise && a.Total > 0 {
		return "r" + strconv.FormatInt(int64(a.Total), 10)
	}
	return string(rune(a.Verb))
}

// ParseAction reads what String writes, or returns an error wrapping ErrFormat.
func ParseAction(text string) (Action, error) {
	a, rest, err := cutAction(text)
	if err == nil && rest != "" {
		err = fmt.Errorf("%w: action %.20q", ErrFormat, text)
	}
	return a, err
}

// cutAction reads the first of several actions.
func cutAction(text string) (a Action, rest string, err error) {
	bad := fmt.Errorf("%w: action %.20q; want f, c, r or rN", ErrFormat, text)
	if text == "" {
		return a, "", bad
	}
	a.Verb, rest = Verb(text[0]), text[1:]
	switch a.Verb {
	case Fold, Call:
		return a, rest, nil
	case Raise:
	default:
		return a, rest, bad
	}
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n == 0 {
		return a, rest, nil
	}
	total, err := strconv.ParseInt(rest[:n], 10, 64)
	if err != nil || total <= 0 || rest[0] == '0' || poker.Chips(total) > poker.MaxStack {
		return a, rest, bad
	}
	a.Total = poker.Chips(total)
	return a, rest[n:], nil
}
