package wire

import (
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Room is a table at which people come and go, in a list.
type Room struct {
	Table  table.ID  `json:"table"`
	Kind   game.Kind `json:"kind"`
	Preset string    `json:"preset,omitempty"`
	// Seats is the players of a table; a free seat is null.
	Seats []*table.Player `json:"seats"`
	// ActionMillis is the time for an action, and BankMillis the time bank; both
	// are 0 without a clock.
	ActionMillis int64 `json:"action_ms"`
	BankMillis   int64 `json:"bank_ms"`
	// State is what a list shows of the game.
	State    game.View `json:"state"`
	Watchers int       `json:"watchers"`
	// Line is how many wait for a seat.
	Line    int  `json:"line"`
	Waiting bool `json:"waiting"`
}

// RoomOf tells everybody about a room, given what a list may show of it.
func RoomOf(id table.ID, s *table.Setup, brief game.View) Room {
	return Room{
		Table: id, Kind: s.Kind, Preset: s.Preset, Seats: people(s.Seats), State: brief,
		ActionMillis: s.Control.Delay.Milliseconds(), BankMillis: s.Control.Initial.Milliseconds(),
	}
}

// NewRoom is the body that asks for a private room.
type NewRoom struct {
	// Seats is how many there are.
	Seats int `json:"seats"`
	// Action and Bank are seconds; both are 0 for a table without a clock.
	Action int `json:"action_seconds"`
	Bank   int `json:"bank_seconds"`
	// Approval means that the owner lets people in.
	Approval bool `json:"approval"`
	// House is how many house players may come.
	House int `json:"house"`
}

// Setup returns the setup of the room, whose owner is a user.
func (n NewRoom) Setup(owner account.ID) (table.Setup, error) {
	switch {
	case n.Seats < 2 || n.Seats > game.MaxSeats:
		return table.Setup{}, fmt.Errorf("%w: a table has 2 to %d seats", game.ErrMalformed, game.MaxSeats)
	case n.House < 0 || n.House >= n.Seats:
		return table.Setup{}, fmt.Errorf("%w: house players leave at least one seat free", game.ErrMalformed)
	case n.Action < 0 || n.Action > 60 || n.Bank < 0 || n.Bank > 90 || (n.Action == 0) != (n.Bank == 0):
		return table.Setup{}, fmt.Errorf("%w: the time for an action is 1 to 60 seconds, with a bank of 15, 30, 45, 60 or 90, or both are 0", game.ErrMalformed)
	}
	return table.Setup{
		Seats: make([]table.Player, n.Seats), Origin: table.OriginFriend, Owner: owner, Approval: n.Approval, House: n.House,
		Control: clock.Control{Initial: time.Duration(n.Bank) * time.Second, Delay: time.Duration(n.Action) * time.Second},
	}, nil
}
