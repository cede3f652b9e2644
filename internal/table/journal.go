package table

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Errors of a Journal.
var (
	// ErrConflict: the table does not stand at the expected sequence number.
	// Somebody else wrote to it: stop, and let go of the table.
	ErrConflict = errors.New("the table has moved on")
	// ErrUnknownTable: no record of that table is stored.
	ErrUnknownTable = errors.New("unknown table")
	// ErrDamaged: stored records cannot be read back as they were written.
	// Nothing is dropped silently: a journal with damage does not open.
	ErrDamaged = errors.New("the journal is damaged")
	// ErrStopped: the journal was closed or failed to sync, and takes no more.
	ErrStopped = errors.New("the journal has stopped")
	// ErrTooLarge: a group of records is over MaxAppendBytes.
	ErrTooLarge = errors.New("the records are too large")
)

// MaxAppendBytes bounds the encoded records of one Append.
const MaxAppendBytes = 1 << 20

// Journal is the durable, ordered log of records: the truth about running
// tables. It is safe for concurrent use.
type Journal interface {
	// Append stores the records of one table, all or none, right after the
	// expected sequence number (0 for a new table); the records must carry
	// expected+1, expected+2 ... It returns when they are on stable storage.
	// ErrConflict fails this call alone. So do ErrTooLarge and game.ErrMalformed,
	// for what AppendBatch refuses; nothing is stored then. After any other
	// error, a done context included, the outcome is unknown until the table is
	// read.
	Append(ctx context.Context, id ID, expected Seq, records []Record) error
	// Read returns the records of a table with a sequence number over after,
	// in order. It fails with ErrUnknownTable when nothing of the table is
	// stored.
	Read(ctx context.Context, id ID, after Seq) ([]Record, error)
	// Scan yields every stored record once, each table's in order, as of some
	// moment after the call; a recovering node rebuilds its tables from it.
	Scan(ctx context.Context) iter.Seq2[Record, error]
	// Follow yields the records of one partition behind a position, and then
	// new ones as they become durable, until ctx is done or the reader stops.
	// Each table's records come in order, none is left out, and some may come
	// twice after a restart of the journal. The records of a forgotten table
	// may be left out. A done ctx ends it without an error, and a journal that
	// stops with ErrStopped.
	Follow(ctx context.Context, partition int, after Position) iter.Seq2[Entry, error]
	// Forget lets the records of a table go, once the archive has them.
	// Forgetting an unknown table is no error.
	Forget(ctx context.Context, id ID) error
}

// Position is a place in the order of a partition, growing, with gaps; 0 is
// before its first record. It is meaningful only to the journal it came from.
type Position uint64

// Entry is a record at its position in its partition.
type Entry struct {
	Position Position
	Record   Record
}

// Pulse remembers when a node was last alive, so that after a crash no clock
// pays for the time that no server ran.
type Pulse interface {
	// Beat notes that the node is alive. It survives the end of the process;
	// it need not survive the loss of power.
	Beat(at time.Time) error
	// Last returns the last beat of the node's former life, and the zero time
	// when there was none.
	Last() (time.Time, error)
}
