package host

import (
	"context"
	"iter"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Conn is one socket. Its dynamic type must be comparable, as a pointer is.
type Conn interface {
	// Send queues a frame, which it must not change: many sockets share it. It
	// never blocks, and returns false when the socket is gone.
	Send(frame []byte) bool
}

// Codec makes the frames of the protocol. Every frame is made once and shared
// by all sockets it is for, and so must never change. A nil frame is one that
// cannot be made, which the codec has logged; nothing is sent. A Codec must be
// safe for concurrent use.
type Codec interface {
	Update(u *table.Update) []byte
	Snapshot(s *table.Snapshot) []byte
	Presence(p *Presence) []byte
	// Answer makes the frame for the sender of a command alone.
	Answer(a Answer) []byte
	// Replaced tells a socket that another one took over its seat.
	Replaced(id table.ID) []byte
}

// Answer is what the sender of one command gets.
type Answer struct {
	Table table.ID
	// ID is the id of the action, and empty for a join.
	ID table.ActionID
	// Seq is where the action stands, when Err is nil.
	Seq table.Seq
	// Err is the refusal: one of this package, of package table, or wrapping
	// one of package game. Anything that wraps ErrBusy may be tried again.
	Err error
}

// State is how a seat is, as its opponents see it.
type State string

// The states of a seat.
const (
	Online State = "online"
	// Away: no socket holds the seat.
	Away State = "away"
	// Free: nobody sits there yet.
	Free State = "free"
)

// SeatPresence is the presence of one seat.
type SeatPresence struct {
	State State
	// ClaimAt is when an opponent may claim the game; it is zero unless the
	// seat is away at a table where that is possible.
	ClaimAt time.Time
}

// Presence is who is at a table. It has no number: only the newest counts.
type Presence struct {
	Table table.ID
	Seats []SeatPresence
	// Watchers is the number of spectators' sockets.
	Watchers int
}

// Index finds the tables of a partition, for hosts that share a journal. It is
// safe for concurrent use.
type Index interface {
	// Running yields the records of all tables of a partition that may be running,
	// each table's in order and from the first one on. There may be others.
	Running(ctx context.Context, partition int) iter.Seq2[table.Record, error]
	// Note remembers which tables of a partition may be running, for the next
	// Running of whatever host. All others that this host has stored a record of,
	// or had from Running, must be over when the function is called, whose error
	// ends the call. Only who called Running last may.
	Note(ctx context.Context, partition int, running func() ([]table.ID, error)) error
	// Carry stores the records of a table anew, where the journal drops what is
	// old. It fails with table.ErrTooLarge when there are too many.
	Carry(ctx context.Context, id table.ID) error
}

// Cashier keeps the chips that people bring to tables. It is safe for
// concurrent use.
type Cashier interface {
	// Reserve takes chips from an account for a table, once for a voucher
	// however often it is called. A refusal wraps ErrChips, with a reason a
	// person can read.
	Reserve(ctx context.Context, v Voucher) error
	// Cancel gives back what was reserved and has not come to the table.
	Cancel(ctx context.Context, v Voucher) error
}

// Voucher is chips on their way from an account to a table.
type Voucher struct {
	// ID is that of table.Voucher.
	ID     string
	Table  table.ID
	Player table.Player
	Chips  int64
}

// Brain chooses for house players.
type Brain interface {
	// Choose returns the action of a house player and its JSON, or an empty
	// type when there is nothing to do. It is called whenever the table has
	// changed, also out of turn, by as many goroutines at a time as
	// Config.Thinkers says.
	Choose(ctx context.Context, turn Turn) (typ string, action []byte, err error)
}

// Turn is all that a house player is told: nothing that its seat may not see.
type Turn struct {
	Table table.ID
	Kind  game.Kind
	// Level is that of the house player, from 1.
	Level int
	Seat  game.Seat
	View  game.View
	// Clocks is nil for a table without clocks.
	Clocks *clock.State
	// Ply counts the turns taken.
	Ply int
	// People is how many hold a seat, house players left out.
	People int
}

// Change tells an observer that a table has changed, after everybody at the
// table was told.
type Change struct {
	Table table.ID
	// Players has the player of every seat, and who is invited to a free one.
	// It is shared: read it only.
	Players []table.Player
	// Created means that the table is new, Began that the last of its seats was
	// taken, Over that its game has ended.
	Created, Began, Over bool
}
