// Package archive holds what is kept of finished games: their rows and
// records, whose games they were, ratings and statistics; and the ports to
// where that is stored.
package archive

import (
	"errors"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// ErrUnknown: the archive has no such game.
var ErrUnknown = errors.New("the archive has no such game")

// Game is a finished game without its moves. Its times are whole milliseconds,
// UTC.
type Game struct {
	ID table.ID
	// Number is the place in the order of archiving, from 1, and 0 for a game
	// that is not stored yet. Ratings follow this order.
	Number int64
	Kind   game.Kind
	// Variant is the game's own word for how it is played, game.Standard for
	// the usual way.
	Variant string
	Speed   clock.Speed
	Control clock.Control
	Origin  table.Origin
	Rated   bool
	// Prior is the table of which this is the rematch, and Series how many
	// games the same players played before this one in a row.
	Prior  table.ID
	Series int
	// Players has the player of every seat, 2 to 10 of them.
	Players []Player
	// Status is the game's own word for the ending; Winners is empty for a
	// draw, and Void says that the game counts for nobody.
	Status  string
	Winners game.Seats
	Void    bool
	// Created is when the table was made, Started when the first turn was
	// taken (Ended, when none was), Ended when the game was over.
	Created, Started, Ended time.Time
	// Plies counts the turns of the final line.
	Plies   int
	Opening Opening
}

// Player is who sat in a seat. The name is that of the day of the game.
type Player struct {
	ID    account.ID
	Name  string
	Guest bool
	// House is the level of a house player, from 1, and 0 for people.
	House int
	// Bot is true for an account whose moves a program made.
	Bot bool
	// Before and After are the ratings around a rated game, rounded; both are
	// zero when the game was not rated, or not yet.
	Before, After int
	// Provisional says that Before was not to be relied on.
	Provisional bool
}

// Person reports whether the player is neither free nor of the house: whoever
// has a history.
func (p Player) Person() bool { return p.ID != "" && p.House == 0 }

// Opening is how a game began; it is empty for games without named openings.
type Opening struct {
	// ECO is the code, as in "B90", and Name in English.
	ECO, Name string
}

// Ladder is what a rating is for: a speed of the standard game, or a variant at
// any speed. It is stored; never rename one.
type Ladder string

// Overall is the ladder of statistics over all games.
const Overall Ladder = ""

// Ladder returns the ladder that the game belongs to.
func (g *Game) Ladder() Ladder {
	if g.Variant == game.Standard {
		return Ladder(g.Speed)
	}
	return Ladder(g.Variant)
}

// ratedPlies is how many turns a game needs to be rated (spec/chess.md 7).
const ratedPlies = 2

// Counts reports whether the game changes ratings: it was to be rated, was
// played from the usual or a drawn position between two registered people,
// and was not called off.
func (g *Game) Counts() bool {
	if !g.Rated || g.Void || g.Plies < ratedPlies || len(g.Players) != 2 || g.Variant == game.FromPosition {
		return false
	}
	for _, p := range g.Players {
		if !p.Person() || p.Guest {
			return false
		}
	}
	return g.Players[0].ID != g.Players[1].ID
}

// Result is how a game went for one player. The numbers are stored.
type Result uint8

// The results. The zero Result is none, in a Filter any.
const (
	Loss Result = iota + 1
	Draw
	Win
	// NoResult: the game is void.
	NoResult
)

// Result returns how the game went for a seat.
func (g *Game) Result(seat game.Seat) Result {
	switch {
	case g.Void:
		return NoResult
	case g.Winners.Has(seat):
		return Win
	case g.Winners == 0:
		return Draw
	}
	return Loss
}

// Opponent returns the player across a table of two, and nobody at others.
func (g *Game) Opponent(seat game.Seat) Player {
	if len(g.Players) != 2 || seat < 0 || seat > 1 {
		return Player{}
	}
	return g.Players[seat.Other()]
}
