// Package importer takes files of games that were played elsewhere into the
// libraries of users: thousands at a time, each game whole or not at all.
package importer

import (
	"context"
	"errors"
	"io"
	"iter"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Refusals.
var (
	// ErrNone: the user has no such import or game.
	ErrNone = errors.New("there is no such import")
	// ErrBusy: too many files wait, of that user or of everybody.
	ErrBusy = errors.New("a file is still being imported; wait until it is done")
	// ErrTooLarge: the file is over MaxBytes.
	ErrTooLarge = errors.New("the file is too large")
	// ErrFull: the library of the user holds MaxGames.
	ErrFull = errors.New("the library is full")
)

// Limits of imports.
const (
	// MaxBytes bounds a file.
	MaxBytes = 20 << 20
	// MaxGames bounds the library of a user.
	MaxGames = 200_000
	// MaxErrors is how many errors of one import are kept.
	MaxErrors = 100
	// MaxListed is how many imports of a user are kept and listed.
	MaxListed = 100
)

// State is how far an import is. It is stored; never rename one.
type State string

// The states.
const (
	Running State = "running"
	Done    State = "done"
	// Failed: the file itself could not be read, or the library is full. What
	// was added until then stays.
	Failed State = "failed"
)

// Import is one file. Its JSON form is published (docs/api.md).
type Import struct {
	ID    table.ID   `json:"id"`
	Owner account.ID `json:"-"`
	State State      `json:"state"`
	// Why says why it failed.
	Why string `json:"why,omitempty"`
	// Public lets everybody see the games.
	Public bool `json:"public"`
	// Size is that of the file in bytes, of which Read are done.
	Size int64 `json:"size"`
	Read int64 `json:"read"`
	// Games counts those in the file so far; each was added, or was there
	// before, or could not be read.
	Games      int       `json:"games"`
	Added      int       `json:"added"`
	Duplicates int       `json:"duplicates"`
	Refused    int       `json:"refused"`
	Errors     []Problem `json:"errors"`
	// CreatedMillis and DoneMillis are Unix times; DoneMillis is 0 until then.
	CreatedMillis int64 `json:"created_at"`
	DoneMillis    int64 `json:"done_at"`
}

// Problem is what is wrong with one game.
type Problem struct {
	// Game counts from 1, and so does Line: of the mistake where that is known,
	// and else where the game begins.
	Game int `json:"game"`
	Line int `json:"line"`
	// Code is the kind of mistake, and What the move, the word or the tag that
	// it is about, if there is one.
	Code Code   `json:"code"`
	What string `json:"what,omitempty"`
	// Message says the same for programmers.
	Message string `json:"message"`
}

// Code is a kind of mistake in a game. It is published and stored; never rename
// one.
type Code string

// The codes.
const (
	BadMove     Code = "move"      // a move that is not legal where it stands
	BadText     Code = "text"      // it is not PGN
	BadVariant  Code = "variant"   // a variant that is not played here
	BadPosition Code = "position"  // the position of the FEN tag
	NullMove    Code = "null-move" // a move of nobody, as in analyses
	NoMoves     Code = "empty"
	TooLong     Code = "too-long"
	Unreadable  Code = "unreadable" // anything else
)

// Mistake is the error of an Item, with what Problem tells of it.
type Mistake struct {
	Code Code
	What string
	Err  error
}

func (m *Mistake) Error() string { return m.Err.Error() }

// Unwrap returns the cause.
func (m *Mistake) Unwrap() error { return m.Err }

// maxWhat bounds Problem.What, in bytes.
const maxWhat = 60

// problem is what is told of a game that is refused.
func problem(item Item) Problem {
	p := Problem{Game: item.Number, Line: item.Line, Code: Unreadable, Message: item.Err.Error()}
	if m, ok := errors.AsType[*Mistake](item.Err); ok {
		p.Code, p.What = m.Code, strings.ToValidUTF8(m.What[:min(len(m.What), maxWhat)], "")
	}
	return p
}

// Item is one game of a file, or why it cannot be read.
type Item struct {
	Number, Line int
	Game         *export.Game
	// Text is the game in canonical form, with what was said about its moves.
	Text []byte
	Err  error
}

// Reader reads files of games. An error behind an Item ends the file.
type Reader interface {
	Items(in io.Reader) iter.Seq2[Item, error]
	// Item reads a text of an Item again.
	Item(text []byte) (*export.Game, error)
}

// Entry is a game in a library.
type Entry struct {
	ID     table.ID
	Owner  account.ID
	Import table.ID
	// Hash tells games apart: the same moves between the same players with the
	// same end are one game.
	Hash    [32]byte
	Public  bool
	Players []archive.Player
	Status  string
	Winners game.Seats
	Variant string
	// Played is when the game was played; the zero time when that is not known.
	Played  time.Time
	Plies   int
	Opening archive.Opening
	Text    []byte
}

// Store keeps imports and libraries. It is safe for concurrent use.
type Store interface {
	// AddImport stores a new import. It fails with ErrBusy when the user has
	// another that is running.
	AddImport(ctx context.Context, i Import) error
	// SaveImport stores how far an import is, with games that it found, all or
	// nothing. It sets the id of those that were there before to "", counts
	// neither, and fails with ErrFull when the library would hold too many.
	SaveImport(ctx context.Context, i Import, games []Entry) error
	// Import returns an import of a user, or ErrNone.
	Import(ctx context.Context, owner account.ID, id table.ID) (Import, error)
	// Imports returns the imports of a user, newest first, at most MaxListed.
	Imports(ctx context.Context, owner account.ID) ([]Import, error)
	// RunningImports returns those that are not done.
	RunningImports(ctx context.Context) ([]Import, error)
	// DropImport removes an import with its games, or fails with ErrNone.
	DropImport(ctx context.Context, owner account.ID, id table.ID) error
	// LibraryGame returns a game with its text, or archive.ErrUnknown.
	LibraryGame(ctx context.Context, id table.ID) (Entry, error)
	// LibraryID returns the game of a user with a hash, or archive.ErrUnknown.
	LibraryID(ctx context.Context, owner account.ID, hash [32]byte) (table.ID, error)
	// Library returns games of a user without their texts, the last played
	// first, and where to go on. Only public ones, if so.
	Library(ctx context.Context, owner account.ID, public bool, p Page) ([]Entry, Cursor, error)
}

// Page asks for a part of a library.
type Page struct {
	After Cursor
	Size  int
}

// Cursor is a place in a library; the zero Cursor is its beginning.
type Cursor struct {
	PlayedMillis int64
	ID           table.ID
}
