// Package game is the vocabulary every game shares. It names what a game is
// to the rest of the server, and knows no particular game.
//
// A game is a deterministic state machine over immutable values. Decide turns
// a player's action into events; Evolve folds one event into the next state.
// Only Decide can refuse, only Decide may use chance, and only events are
// stored, so a journal replays to the same state for ever, whatever later
// happens to the rules.
package game

import (
	"errors"
	"fmt"
)

// ErrIllegal is returned by Decide, wrapped with a reason a person can read,
// when the rules refuse an action. The state is unchanged and nothing is
// stored.
var ErrIllegal = errors.New("illegal action")

// ErrTurn is the refusal of an action out of turn. It wraps ErrIllegal.
var ErrTurn = fmt.Errorf("%w: it is not your turn", ErrIllegal)

// ErrMalformed is returned, wrapped, by the decoders and by Rules.New when
// their input is not what this game understands.
var ErrMalformed = errors.New("malformed")

// Kind names a game, as in "chess" or "poker". It is stored; never rename one.
type Kind string

// Viewer is who looks at a table: the player of a seat, or with NoSeat a
// spectator.
type Viewer struct{ Seat Seat }

// Spectator is the viewer who may know only what everybody may know.
var Spectator = Viewer{Seat: NoSeat}

// Action is what a player asks for, decoded and not yet judged.
type Action interface {
	// ActionType is the name of the action on the wire, as in "move".
	ActionType() string
}

// Event is one fact of a game, complete and secret. It goes to the journal and
// nowhere else: package wire cannot encode it.
type Event interface {
	// EventType is the stored name of the event; never rename one.
	EventType() string
}

// View is what one viewer may know of an event or a state, encoded by
// encoding/json. It is built from public parts, never made by removing parts
// of an Event.
type View interface {
	// ViewType is the name of the view on the wire, as in "move".
	ViewType() string
}

// Chance is the source of dice and shuffles. What it gave goes into events.
type Chance interface {
	// Perm returns a random permutation of [0, n).
	Perm(n int) []int
}

// Lapse is why a table acts in the place of a seat that does not.
type Lapse uint8

// The lapses. What each means is the game's business: a fallen flag loses a
// game of chess and folds a hand of poker.
const (
	// FlagFell: the time of the seat ran out.
	FlagFell Lapse = iota + 1
	// NoFirstMove: the seat did not make its first move in the time for that.
	NoFirstMove
	// LeftLoss: the seat is gone for long, and an opponent claims the win.
	LeftLoss
	// LeftDraw: the seat is gone for long, and an opponent calls it a draw.
	LeftDraw
	// LostTouch: the time of the seat ran out while its player had no
	// connection. A game that gives the lapse no meaning goes on to FlagFell.
	LostTouch
)

// Result is how a game stands. It is the zero Result while the game runs.
type Result struct {
	// Status is the game's own word for the ending, as in "mate"; it is empty
	// while the game runs, stored, and never renamed.
	Status string
	// Winners holds the seats that won; it is empty for a draw, an abort, and
	// a running game.
	Winners Seats
	// Void means that the game does not count for anybody, as when aborted.
	Void bool
}

// Over reports whether the game has ended.
func (r Result) Over() bool { return r.Status != "" }

// State is a game in progress. It is an immutable value: no method changes
// the receiver, and a State may be read by many goroutines.
type State interface {
	// ToAct holds the seats whose time runs now; it is empty when the game is
	// over. Other seats may still have actions, such as to resign.
	ToAct() Seats
	// Ply counts the turns taken. A table presses the clock of a seat whose
	// action raised it, and gives no increment where it fell (a takeback).
	Ply() int
	// Result says whether and how the game has ended.
	Result() Result
	// Decide judges an action of a seat and returns the events it causes, at
	// least one, or an error wrapping ErrIllegal.
	Decide(Seat, Action, Chance) ([]Event, error)
	// Evolve returns the state after e, which an earlier Decide on this very
	// state returned.
	Evolve(e Event) State
	// Lapse returns the action that a table takes for a seat that lapsed, and
	// nil where the game gives the lapse no meaning.
	Lapse(Seat, Lapse) Action
	// View returns all that v may know now.
	View(v Viewer) View
	// EventView returns what v may know of e, which happened in this state; it
	// is nil when v may not know of it.
	EventView(e Event, v Viewer) View
}

// Rules is the law of one game. It is safe for concurrent use.
type Rules interface {
	Kind() Kind
	// New returns the state before the first event. The setup is JSON, and
	// stored with the table; a bad one is refused with ErrMalformed.
	New(setup []byte, seats int) (State, error)
	// DecodeAction reads an action of the named type from its JSON, or
	// returns an error wrapping ErrMalformed.
	DecodeAction(typ string, data []byte) (Action, error)
	// EncodeEvent returns the stored form of an event.
	EncodeEvent(Event) ([]byte, error)
	// DecodeEvent reads what EncodeEvent wrote, now or years ago.
	DecodeEvent(typ string, data []byte) (Event, error)
}

// Rematcher is implemented by Rules whose games can be played once more by
// the same players.
type Rematcher interface {
	// Rematch returns the setup of the next game, not yet prepared, and for
	// each of its seats the seat of the ended game whose player takes it.
	// Games is how many the same players have finished in a row, from 1.
	Rematch(setup []byte, seats, games int) (next []byte, from []Seat, err error)
}

// Preparer is implemented by Rules whose setups need completing before they
// are stored: defaults, and what is drawn by lot.
type Preparer interface {
	// Prepare returns the setup to store, or an error wrapping ErrMalformed.
	Prepare(setup []byte, chance Chance) ([]byte, error)
}

// Catalog is the games a server can play.
type Catalog map[Kind]Rules
