package game

// Names of variants that mean something to everybody. They are stored; never
// rename one.
const (
	// Standard is the usual way to play a game: it has ratings by speed.
	Standard = "standard"
	// FromPosition is a game that began from a position somebody chose. It is
	// never rated.
	FromPosition = "fromPosition"
)

// Mark is what one stored event of a game says about how far the game is.
type Mark struct {
	// Ply counts the turns after the event, as State.Ply does.
	Ply int
	// Over means that the game has ended.
	Over bool
	// Note is the turn that was taken, in the game's notation; it is empty for
	// an event that ends no turn.
	Note string
}

// Chronicler is implemented by Rules whose stored events tell by themselves how
// far a game is, so that who follows a journal need not play every game again.
type Chronicler interface {
	// Mark reads a stored event that happened after so many turns, or returns
	// an error wrapping ErrMalformed.
	Mark(ply int, typ string, data []byte) (Mark, error)
}

// Namer is implemented by Rules whose games can be played in more than one way.
type Namer interface {
	// Variant names the way: Standard, FromPosition, or a word of the game.
	Variant(setup []byte) (string, error)
}

// Ranker is implemented by Rules that know which turns are likely, so that a
// turn can be stored in less than a byte. Ranks are stored: what Rank returns
// for an event in a state is for ever, whatever happens to the rules.
type Ranker interface {
	// Rank returns the place, from 0, of an event among those that a turn in
	// this state may consist of, likely ones first, and how many there are. ok
	// is false for an event that is not among them.
	Rank(s State, e Event) (rank, of int, ok bool)
	// Turns returns how many places there are in a state, as Rank does.
	Turns(s State) int
	// Ranked returns the event at a place, or an error wrapping ErrMalformed.
	Ranked(s State, rank int) (Event, error)
}
