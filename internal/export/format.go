package export

import "errors"

// ErrFormat: a game cannot be written in that format.
var ErrFormat = errors.New("the game cannot be written in that format")

// Format writes games.
type Format struct {
	// Name is the ending of file names, as in "pgn".
	Name string
	// Type is the media type.
	Type string
	// Append adds a game to a file, or returns an error wrapping ErrFormat for
	// a game of another kind.
	Append func(dst []byte, g *Game, o Options) ([]byte, error)
}

// Options are the choices of whoever exports.
type Options struct {
	// Site is the address of this server, as in "https://example.org"; empty
	// for none.
	Site string
	// NoClocks leaves the clocks out.
	NoClocks bool
	// Judge returns what an engine thinks of the position after each ply, or
	// nil; a nil Judge has no opinion.
	Judge func(g *Game) []Judgement
}

// Judgement is what an engine thinks of a position, from the side of the first
// seat.
type Judgement struct {
	Centipawns int
	// Mate is the moves to mate, negative when the second seat mates, and 0
	// for none.
	Mate int
	// Known is false for a ply that was not judged.
	Known bool
	// Class is "inaccuracy", "mistake", "blunder" or empty.
	Class string
}
