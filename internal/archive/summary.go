package archive

import (
	"errors"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// ErrRunning: the game of the records has not ended.
var ErrRunning = errors.New("the game has not ended")

// Summary is a finished game with what only its table knows.
type Summary struct {
	Game Game
	// Table is the table after the last record.
	Table *table.Table
	// Played is false for a table that nobody played at: not every seat was
	// taken, or no turn came before everybody had left. It leaves no game.
	Played bool
}

// Summarize plays the records of a table through, from the first one on, and
// returns its game. It fails with ErrRunning, or with an error wrapping
// game.ErrMalformed when the records do not fit together.
func Summarize(c game.Catalog, records []table.Record) (Summary, error) {
	course, err := table.Review(c, records)
	if err != nil {
		return Summary{}, err
	}
	if course.Ended.IsZero() {
		return Summary{}, fmt.Errorf("%s: %w", course.ID(), ErrRunning)
	}
	plies := len(course.Turns)
	s := Summary{Table: course.Table, Played: !course.Waiting() && (plies > 0 || course.Result().Status != statusExpired)}
	s.Game, err = describe(c, course.Table)
	s.Game.Plies = plies
	s.Game.Created, s.Game.Started, s.Game.Ended = course.Created, course.Ended, course.Ended
	if plies > 0 {
		s.Game.Started = course.Turns[0].At
	}
	return s, err
}

// statusExpired is the table's own word for an ending: everybody left.
const statusExpired = "expired"

// describe fills in what a table says of its game.
func describe(c game.Catalog, t *table.Table) (Game, error) {
	setup, result := t.Setup(), t.Result()
	g := Game{
		ID: t.ID(), Kind: setup.Kind, Variant: game.Standard, Speed: setup.Control.Speed(), Control: setup.Control,
		Origin: setup.Origin, Rated: setup.Rated, Prior: setup.Prior, Series: setup.Games,
		Status: result.Status, Winners: result.Winners, Void: result.Void,
	}
	for _, p := range setup.Seats {
		g.Players = append(g.Players, Player{ID: p.ID, Name: p.Name, Guest: p.Guest, House: p.House, Bot: p.Bot})
	}
	var err error
	if n, ok := c[setup.Kind].(game.Namer); ok {
		g.Variant, err = n.Variant(setup.Game)
	}
	return g, err
}
