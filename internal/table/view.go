package table

import (
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
)

// EventView is what one viewer may know of one record.
type EventView struct {
	Seq Seq
	// Type is empty, and so is all that follows, when the viewer may not know
	// of the record.
	Type string
	At   time.Time
	Seat game.Seat
	// Spent is the time charged for a turn on a running clock.
	Spent time.Duration
	View  game.View
}

// Deadline is when the table will act by itself, as far as viewers are told.
type Deadline struct {
	Seat game.Seat
	At   time.Time
	// Why is "first-move", or the action of the game itself, of NoSeat.
	Why string
}

// Update is what happened at a table, for one class of viewer: the player of
// one seat, or all spectators.
type Update struct {
	Table  ID
	Viewer game.Viewer
	// Ack is the viewer's own action that caused it, if that is so.
	Ack    ActionID
	Events []EventView
	// Clocks is nil for a table without clocks.
	Clocks   *clock.State
	Deadline *Deadline
}

// ChatLine is one line said at the table.
type ChatLine struct {
	Seq  Seq
	At   time.Time
	Room Room
	Name string
	Text string
	by   account.ID
}

// Room is who hears a chat line.
type Room string

// The rooms. Players hear the spectators only after the game.
const (
	RoomPlayers    Room = "players"
	RoomSpectators Room = "spectators"
)

// Snapshot is all that one viewer may know of a table.
type Snapshot struct {
	Table   ID
	Seq     Seq
	Viewer  game.Viewer
	Setup   Setup
	Created time.Time
	// Waiting is true until every seat is taken.
	Waiting bool
	// Closed means that the table was given up because nobody came.
	Closed bool
	State  game.View
	// Spent is the time charged for each ply; a room does not keep it.
	Spent    []time.Duration
	Clocks   *clock.State
	Deadline *Deadline
	// Ply counts the turns taken.
	Ply int
	// Lounge is nil for a table that is no room.
	Lounge *Lounge
	Chat   []ChatLine
	// RematchBy is who offered a rematch, or NoSeat; Rematch is the next table.
	RematchBy game.Seat
	Rematch   ID
}
