package table

import (
	"errors"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// Refusals of a command, besides those of package game. They are wrapped with
// a reason a person can read; nothing is stored.
var (
	// ErrOver: the game has ended.
	ErrOver = errors.New("the game is over")
	// ErrSeat: the actor does not play at this table.
	ErrSeat = errors.New("you do not play here")
	// ErrTaken: the seat is not free.
	ErrTaken = errors.New("the seat is taken")
	// ErrNotAllowed: not here, not now, or not for this actor.
	ErrNotAllowed = errors.New("that is not possible here")
)

// ActionSit is the action of who takes a free seat.
const ActionSit = "sit"

// ActionRematch is the type of the action that offers one more game, or agrees
// to it.
const ActionRematch = "rematch"

// ActionChat is the action of who says something.
const ActionChat = "chat"

// Command is what somebody asks of a table, not yet judged.
type Command struct {
	Table ID
	// Actor is who asks, with the name to show. An actor without a seat may
	// sit down and chat.
	Actor Player
	// ID makes a command that is sent twice happen once.
	ID ActionID
	// At is when the command arrived.
	At time.Time
	// Report is what is known of the time the player and the network took.
	Report clock.Report
	// Type and Data are the action, Data as JSON.
	Type string
	Data []byte
	// Paid are the chips that were reserved for what the command brings to the
	// table.
	Paid int64
	// Next is the table that was made for the rematch which this command
	// agrees to; see Table.NextGame.
	Next ID
}

// Presence is what the table must know of who is there. The zero value has
// everybody online.
type Presence struct {
	// Away are the seats without a connection.
	Away game.Seats
	// ClaimAt has, for each seat that is gone, when an opponent may claim.
	ClaimAt map[game.Seat]time.Time
	// Chance serves the game, and must not be nil.
	Chance game.Chance
}
