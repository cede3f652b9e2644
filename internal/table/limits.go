package table

import (
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Limits is what the players of a table may not do, by the wish of who made it.
// What a game itself forbids is in its own setup. Its JSON form is stored.
type Limits struct {
	NoRematch  bool `json:"no_rematch,omitempty"`
	NoGiveTime bool `json:"no_give_time,omitempty"`
	NoClaimWin bool `json:"no_claim_win,omitempty"`
}

// limit is one of the Limits.
type limit int

const (
	ruleRematch limit = iota
	ruleGiveTime
	ruleClaimWin
)

// forbids returns why something may not be done, or nil.
func (l Limits) forbids(what limit) error {
	switch {
	case what == ruleRematch && l.NoRematch:
		return fmt.Errorf("%w: this game has no rematch", ErrNotAllowed)
	case what == ruleGiveTime && l.NoGiveTime:
		return fmt.Errorf("%w: no time is given in this game", ErrNotAllowed)
	case what == ruleClaimWin && l.NoClaimWin:
		return fmt.Errorf("%w: this game cannot be claimed from an opponent who is gone", ErrNotAllowed)
	}
	return nil
}

// lets reports whether a user may sit down.
func (s Setup) lets(user account.ID) bool { return len(s.Only) == 0 || slices.Contains(s.Only, user) }

// checkOnly refuses a choice of players that leaves a seat to nobody.
func (s Setup) checkOnly() error {
	if len(s.Only) == 0 {
		return nil
	}
	if len(s.Only) > game.MaxSeats {
		return fmt.Errorf("%w: at most %d players are chosen", ErrSetup, game.MaxSeats)
	}
	left := make(map[account.ID]bool, len(s.Only))
	for _, user := range s.Only {
		left[user] = true
	}
	free := 0
	for _, p := range s.Seats {
		delete(left, p.ID)
		if p.Free() {
			free++
		}
	}
	if free > len(left) {
		return fmt.Errorf("%w: %d seats are left to %d chosen players", ErrSetup, free, len(left))
	}
	return nil
}
