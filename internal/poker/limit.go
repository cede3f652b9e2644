package poker

import (
	"encoding"
	"fmt"

	"kibitz/internal/game"
)

// Structure is how much may be bet.
type Structure uint8

// The structures.
const (
	NoLimit Structure = iota + 1
	PotLimit
	FixedLimit
)

// structureNames are stored; never rename one.
var structureNames = [...]string{NoLimit: "no-limit", PotLimit: "pot-limit", FixedLimit: "fixed-limit"}

var _ encoding.TextUnmarshaler = (*Structure)(nil)

// String returns the stored name.
func (s Structure) String() string {
	if int(s) < len(structureNames) {
		return structureNames[s]
	}
	return ""
}

// MarshalText writes the stored name.
func (s Structure) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Structure) UnmarshalText(text []byte) error {
	for i, name := range structureNames {
		if i > 0 && name == string(text) {
			*s = Structure(i)
			return nil
		}
	}
	return fmt.Errorf("%w: structure %.20q; write no-limit, pot-limit or fixed-limit", game.ErrMalformed, text)
}

// Limit is what bets are measured by.
type Limit struct {
	Structure Structure `json:"structure"`
	// BigBlind is the smallest bet, and the first raise is at least as much.
	BigBlind Chips `json:"big_blind"`
	// SmallBet and BigBet are the only sizes where limits are fixed, on the
	// first two streets and on the others. Elsewhere they are 0.
	SmallBet Chips `json:"small_bet,omitempty"`
	BigBet   Chips `json:"big_bet,omitempty"`
	// Cap is how many bets there are on a street where limits are fixed, the
	// big blind being one; 0 means 4.
	Cap int `json:"cap,omitempty"`
	// UncappedHeadsUp lifts the cap on streets that two players begin.
	UncappedHeadsUp bool `json:"uncapped_heads_up,omitempty"`
	// StraddleRaise makes the first raise over a straddle as large as the
	// straddle, where it is the big blind otherwise.
	StraddleRaise bool `json:"straddle_raise,omitempty"`
}

// defaultCap is a bet and three raises.
const defaultCap = 4

func (l Limit) cap() int {
	if l.Cap == 0 {
		return defaultCap
	}
	return l.Cap
}

func (l Limit) validate() error {
	fixed := l.Structure == FixedLimit
	switch {
	case l.Structure < NoLimit || l.Structure > FixedLimit:
		return malformed("no structure of betting")
	case l.BigBlind <= 0 || l.BigBlind > MaxStack:
		return malformed("a big blind of %d", l.BigBlind)
	case fixed && (l.SmallBet <= 0 || l.BigBet < l.SmallBet || l.BigBet > MaxStack):
		return malformed("fixed bets of %d and %d", l.SmallBet, l.BigBet)
	case !fixed && (l.SmallBet != 0 || l.BigBet != 0):
		return malformed("fixed bets in a game that has none")
	case l.Cap < 0 || l.Cap > 100:
		return malformed("a cap of %d bets", l.Cap)
	}
	return nil
}
