package hands

import (
	"context"
	"encoding/json"
	"io"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Role is what events of a type mean for hands.
type Role uint8

// The roles. What has none is a part of the hand that it happens in.
const (
	None Role = iota
	// Begins is the first event of a hand.
	Begins
	// Ends is the event after which the hand is settled.
	Ends
	// Adds is what may be told of a hand after its end.
	Adds
	// Closes is the end of the table.
	Closes
)

// Summary is what a Dealer says of a hand.
type Summary struct {
	Number int
	Class
	Stakes string
	Pot    int64
	Board  string
	// Players are those dealt in, without names, and Counts what each did.
	Players []Player
	Counts  []Counts
}

// Dealer knows a game that is played in hands. It is safe for concurrent use.
type Dealer interface {
	// Role returns what events of a type mean.
	Role(typ string) Role
	// Sum returns what a hand came to, the same for ever, or an error wrapping
	// game.ErrMalformed.
	Sum(r *Record) (Summary, error)
}

// Reader is for whom a hand is written.
type Reader struct {
	// Seat is where the reader sat; game.NoSeat may know what everybody may.
	Seat game.Seat
	// Nameless names players by their seats.
	Nameless bool
	// Site is the address of this server, for formats that name it.
	Site string
}

// Imported is a hand of a file, or why it is none.
type Imported struct {
	// Name is what the file calls the hand, and may be empty; Line is where it
	// begins or is wrong, from 1.
	Name string
	Line int
	// Replay is nil where there is an Err.
	Replay json.RawMessage
	Err    error
}

// Scribe writes hands of a game as a reader may know them. It is safe for
// concurrent use.
type Scribe interface {
	// Replay returns a hand for a page that plays it again.
	Replay(h *Hand, r *Record, as Reader) (json.RawMessage, error)
	// Append adds a hand to a file of one of the Formats, as its nth from 1; 0
	// is a file of this hand alone.
	Append(dst []byte, f *FileFormat, w Written) ([]byte, error)
	// Formats are by the endings of files.
	Formats() map[string]*FileFormat
	// Figures returns what the tallies of somebody come to, for a page: in full,
	// or what everybody may know.
	Figures(all []Tally, full bool) any
	// Import reads hands of a file, which are not stored. It fails with an
	// error wrapping game.ErrMalformed where the file as a whole is wrong.
	Import(in io.Reader) ([]Imported, error)
}

// FileFormat is a form that hands are downloaded in.
type FileFormat struct {
	// Ending is that of the file, and Type its media type.
	Ending, Type string
}

// Written is a hand to write.
type Written struct {
	Hand   *Hand
	Record *Record
	As     Reader
	Nth    int
}

// Entry is a hand in a list.
type Entry struct {
	// Hand has no Players.
	Hand Hand
	// You is the player whose list it is, with the cards; nil where that one was
	// not dealt in.
	You *Player
	// Winners are the names of those who were paid out, who got the most first.
	Winners []string
}

// Archive is where single hands are read. It is safe for concurrent use.
type Archive interface {
	// Hand returns a hand, without the cards of its players, with its packed
	// record (see Unpack), or ErrUnknown.
	Hand(ctx context.Context, k Key) (Hand, []byte, error)
	// HandsBeside returns the numbers of the hands of the table before and
	// after one, 0 for none: those in which the user was dealt in, or with an
	// empty user all.
	HandsBeside(ctx context.Context, k Key, user account.ID) (before, after int, err error)
	// PlayedAt reports whether a user was ever dealt in at a table.
	PlayedAt(ctx context.Context, user account.ID, id table.ID) (bool, error)
}

// Lists is where many hands are read. It is safe for concurrent use.
type Lists interface {
	// HandHistory returns hands of a user, the newest first, and where to go
	// on; the Cursor is zero at the end.
	HandHistory(ctx context.Context, user account.ID, f Filter, p Page) ([]Entry, Cursor, error)
	// TableHands returns hands of a table with a number below one, the newest
	// first, as a user sees them who may be empty. The filter is for what the
	// user did.
	TableHands(ctx context.Context, id table.ID, user account.ID, f Filter, p Page) ([]Entry, Cursor, error)
	// HandTallies returns what a user did, by class.
	HandTallies(ctx context.Context, user account.ID) ([]Tally, error)
}

// Finished is a hand with its packed record, and what each of its players did.
type Finished struct {
	Hand   Hand
	Blob   []byte
	Counts []Counts
}

// Batch is one step of the projection.
type Batch struct {
	// Positions are those reached, in the partitions that moved on.
	Positions map[int]table.Position
	// Hands are stored in order. One that is there already takes the record, if
	// that is longer, and changes nothing else.
	Hands []Finished
	// Poison are tables that cannot be followed.
	Poison []archive.Poison
}

// Chronicle is where the projection writes. It is safe for concurrent use.
type Chronicle interface {
	// HandPositions returns how far the projection is, by partition.
	HandPositions(ctx context.Context) (map[int]table.Position, error)
	// WriteHands stores a batch, all or nothing. Names of closed accounts are
	// not stored.
	WriteHands(ctx context.Context, b *Batch) error
	// HandSeq returns the Seq of a stored hand, 0 for one that is not stored.
	HandSeq(ctx context.Context, k Key) (table.Seq, error)
}

// Audit is where everything is read again. It is safe for concurrent use.
type Audit interface {
	// HandsAfter returns at most n hands by table and number, behind one.
	HandsAfter(ctx context.Context, k Key, n int) ([]Finished, error)
	// AllTallies returns what everybody did.
	AllTallies(ctx context.Context) ([]Tally, error)
}

// Project is the name of the projection. It is stored.
const Project = "hands"
