package archive

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Games is where finished games are read. It is safe for concurrent use.
type Games interface {
	// Game returns a finished game, or ErrUnknown.
	Game(ctx context.Context, id table.ID) (Game, error)
	// Record returns a finished game with its packed record (see Unpack), or
	// ErrUnknown.
	Record(ctx context.Context, id table.ID) (Game, []byte, error)
	// After returns the games with a number over a number, in order, at most
	// n. Every game with a lower number than one returned is stored.
	After(ctx context.Context, number int64, n int) ([]Game, error)
}

// Chronicle is where the archiver writes. It is safe for concurrent use.
type Chronicle interface {
	// Positions returns how far a projection is, by partition.
	Positions(ctx context.Context, projection string) (map[int]table.Position, error)
	// Places returns where the archive stands with tables; one that it never
	// heard of is left out.
	Places(ctx context.Context, ids []table.ID) (map[table.ID]Place, error)
	// Write stores a batch with the positions that it reaches, all or nothing,
	// and returns when it is on stable storage.
	Write(ctx context.Context, b *Batch) error
	// Ripe returns at most n tables that are over and were last touched before
	// a time, the oldest first: whose records the journal may forget.
	Ripe(ctx context.Context, before time.Time, n int) ([]Live, error)
	// Release lets go of tables that the journal has forgotten. What is
	// archived of them stays.
	Release(ctx context.Context, ids []table.ID) error
}

// Live is a table that the journal still has, as the archive saw it last.
type Live struct {
	Table table.ID
	Kind  game.Kind
	// Seq is the last record that was seen; those up to it are done.
	Seq table.Seq
	// Ply counts the turns.
	Ply  int
	Over bool
	// Created and Touched are the times of the first and the last record.
	Created, Touched time.Time
}

// Place is where the archive stands with a table.
type Place struct {
	// Live is zero for a table that was released.
	Live Live
	// Poisoned says that the table was set aside.
	Poisoned bool
	// Archived says that there is a Game, and Created when its table was made.
	Archived bool
	Created  time.Time
}

// Move is one turn of a running game.
type Move struct {
	Table table.ID
	// Ply counts the turns of all players from 1.
	Ply  int
	Seq  table.Seq
	Seat game.Seat
	User account.ID
	At   time.Time
	// Spent is what it took from the clock.
	Spent time.Duration
	// What is the move in the notation of its game, empty where it has none.
	What string
}

// Cut takes back the moves of a table behind a ply.
type Cut struct {
	Table table.ID
	Ply   int
}

// Finished is a game with its packed record. Storing one that is stored
// replaces its record, and nothing else.
type Finished struct {
	Game Game
	Blob []byte
	// Others are whom the record names besides the players.
	Others []account.ID
}

// Poison is a table that a projection cannot follow.
type Poison struct {
	Projection string
	Subject    table.ID
	Seq        table.Seq
	Why        string
	At         time.Time
}

// Batch is one step of the archiver. Parts of it are stored in the order of
// the fields; later moves of the same ply replace earlier ones.
type Batch struct {
	Projection string
	// Positions are those reached, in the partitions that moved on.
	Positions map[int]table.Position
	// Live are the tables that changed. A running one that has done nothing but
	// move may be left out: it stands at its last move.
	Live  []Live
	Cuts  []Cut
	Moves []Move
	// Finished games lose their moves: their records have them.
	Finished []Finished
	// Closed are tables that ended before anything was played: they lose
	// their moves, and leave no game.
	Closed []table.ID
	Poison []Poison
}

// Running reads the moves of running games. It is safe for concurrent use.
type Running interface {
	// Moves returns the moves of a running game in order, none for a game that
	// is over or unknown.
	Moves(ctx context.Context, id table.ID) ([]Move, error)
}

// Poisons lists what was set aside. It is safe for concurrent use.
type Poisons interface {
	// Poisons returns at most n, oldest first.
	Poisons(ctx context.Context, n int) ([]Poison, error)
}
