package table

import (
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Seq numbers the records of one table: 1, 2, 3 ... without a gap. 0 stands
// before the first.
type Seq uint64

// ActionID is the name that a client gives an action, so that sending it again
// does it once. It is 1 to MaxActionID printable ASCII characters, unique per
// seat, and empty on what the table does by itself.
type ActionID string

// MaxActionID is the longest action id, in bytes.
const MaxActionID = 24

// Record is one event as stored. It holds everything that a replay needs, and
// is complete and secret: only views of it are sent.
type Record struct {
	Table ID
	Seq   Seq
	// At is when the action arrived, in whole milliseconds, UTC.
	At time.Time
	// Seat is whose action it was, or NoSeat.
	Seat game.Seat
	// Actor is who did it, or empty for the table itself.
	Actor  account.ID
	Action ActionID
	// Pressed says that this record ended a turn of Seat on a running clock,
	// and Spent, Comp and Gain what of (see clock.Press), in whole
	// milliseconds.
	Pressed           bool
	Spent, Comp, Gain time.Duration
	// Type and Data are the event: the table's own types begin with "table.",
	// all others are the game's.
	Type string
	Data []byte
}
