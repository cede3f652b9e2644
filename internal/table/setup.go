package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// ErrSetup is returned, wrapped with what to change, for a table that cannot
// be made.
var ErrSetup = errors.New("the table cannot be made")

// Origin is where a table came from; some rules depend on it.
type Origin string

// The origins. They are stored; never rename one.
const (
	OriginPool   Origin = "pool"
	OriginLobby  Origin = "lobby"
	OriginFriend Origin = "friend"
	OriginHouse  Origin = "house"
)

// Player is who sits in a seat. Its JSON form is stored.
type Player struct {
	ID    account.ID `json:"user"`
	Name  string     `json:"name"`
	Guest bool       `json:"guest,omitempty"`
	// Rating is that at the time of sitting down, and 0 for who has none.
	Rating int `json:"rating,omitempty"`
	// Provisional means that the rating is not known well yet.
	Provisional bool `json:"provisional,omitempty"`
	// House is the level of a house player, from 1, and 0 for people.
	House int `json:"house,omitempty"`
	// Bot is true for an account whose moves a program makes.
	Bot bool `json:"bot,omitempty"`
}

// Free reports whether the seat of this player is empty.
func (p Player) Free() bool { return p.ID == "" }

// Setup is what a table is made of. Its JSON form is stored in the table's
// first record.
type Setup struct {
	Kind game.Kind `json:"kind"`
	// Game is the setup in the words of the game's Rules.
	Game    json.RawMessage `json:"game,omitempty"`
	Control clock.Control   `json:"control"`
	// Seats has one player a seat; a free one waits for somebody to sit.
	Seats  []Player `json:"seats"`
	Origin Origin   `json:"origin"`
	Rated  bool     `json:"rated,omitempty"`
	// Invited is who alone may take the free seat; the zero Player leaves it
	// to anybody.
	Invited Player `json:"invited,omitzero"`
	// Only are the users who may sit down; nobody listed leaves it to anybody.
	Only []account.ID `json:"only,omitempty"`
	// Rules is what players may not do at this table.
	Rules Limits `json:"rules,omitzero"`
	// Owner is whose room it is, and may be empty; Approval means that the
	// owner lets people in.
	Owner    account.ID `json:"owner,omitempty"`
	Approval bool       `json:"approval,omitempty"`
	// House is how many house players may keep a room company.
	House int `json:"house,omitempty"`
	// Preset names the kind of table that a lobby opened.
	Preset string `json:"preset,omitempty"`
	// Prior is the table of which this is the rematch, and Games how many
	// games the same players played before this one in a row.
	Prior ID  `json:"prior,omitempty"`
	Games int `json:"games,omitempty"`
}

// Validate checks what does not need the rules of the game.
func (s Setup) Validate() error {
	if len(s.Seats) < 2 || len(s.Seats) > game.MaxSeats {
		return fmt.Errorf("%w: it needs 2 to %d seats", ErrSetup, game.MaxSeats)
	}
	seen := map[account.ID]bool{}
	for _, p := range s.Seats {
		if s.Rated && (p.Guest || p.House > 0) {
			return fmt.Errorf("%w: a rated game is for players with an account", ErrSetup)
		}
		if !p.Free() && seen[p.ID] {
			return fmt.Errorf("%w: nobody plays against themselves", ErrSetup)
		}
		seen[p.ID] = true
	}
	if err := s.checkInvited(); err != nil {
		return err
	}
	if err := s.checkOnly(); err != nil {
		return err
	}
	if err := s.Control.Validate(); err != nil {
		return fmt.Errorf("%w: %w", ErrSetup, err)
	}
	return nil
}

// checkInvited refuses an invitation that nobody could take.
func (s Setup) checkInvited() error {
	switch {
	case s.Invited.Free():
		return nil
	case s.Rated && s.Invited.Guest:
		return fmt.Errorf("%w: a rated game is for players with an account", ErrSetup)
	}
	free := 0
	for _, p := range s.Seats {
		if p.Free() {
			free++
		}
		if p.ID == s.Invited.ID {
			return fmt.Errorf("%w: nobody plays against themselves", ErrSetup)
		}
	}
	if free != 1 {
		return fmt.Errorf("%w: an invitation is for the one free seat", ErrSetup)
	}
	return nil
}

// Kept returns the free seat that is kept for the invited player, or NoSeat
// when there is none.
func (s Setup) Kept() game.Seat {
	if s.Invited.Free() {
		return game.NoSeat
	}
	return s.firstFree()
}

// timed reports whether a first-move timer guards the start: between
// strangers, not between friends or against the house.
func (s Setup) timed() bool {
	if s.Control.Days > 0 {
		return true
	}
	return !s.Control.Unlimited() && (s.Origin == OriginPool || s.Origin == OriginLobby)
}

// FirstMove is how long a first move may take where it is timed: as long as any
// other where a turn has days.
func (s Setup) FirstMove() time.Duration {
	if s.Control.Days > 0 {
		return time.Duration(s.Control.Days) * clock.Day
	}
	return s.Control.Speed().FirstMove()
}

// Claimable reports whether a player may claim the game of an opponent who is
// gone.
func (s Setup) Claimable() bool {
	return !s.Control.Unlimited() && s.Control.Days == 0 && s.Origin != OriginHouse && !s.Rules.NoClaimWin
}

// GoneAfter returns how long a seat may be without a socket before its
// opponent may claim. Bye says that the player closed the page.
func (s Setup) GoneAfter(seat game.Seat, bye bool) time.Duration {
	return s.Control.Speed().GoneAfter(clock.Gone{Bye: bye, Anonymous: s.Seats[seat].Guest})
}

// checkRoom refuses what cannot be at a table where people come and go, and
// what can only be there.
func (s Setup) checkRoom(state game.State) error {
	if _, room := state.(game.Room); !room {
		if s.Owner != "" || s.Approval {
			return fmt.Errorf("%w: this game has no table with an owner", ErrSetup)
		}
		return nil
	}
	switch {
	case s.firstFree() != 0 || slices.ContainsFunc(s.Seats, func(p Player) bool { return !p.Free() }):
		return fmt.Errorf("%w: people sit down when the table is there", ErrSetup)
	case s.Rated || !s.Invited.Free():
		return fmt.Errorf("%w: this game is not rated, and everybody comes by themselves", ErrSetup)
	case s.Approval && s.Owner == "":
		return fmt.Errorf("%w: approval needs an owner", ErrSetup)
	case s.Control.Days > 0:
		return fmt.Errorf("%w: this game is not played by correspondence", ErrSetup)
	case s.Control.Increment > 0:
		return fmt.Errorf("%w: this game has a time for every action and a time bank, no increment", ErrSetup)
	}
	return nil
}
