package export

import (
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Game is one game with everything that may be shown of it to everybody.
type Game struct {
	ID      table.ID
	Kind    game.Kind
	Variant string
	Control clock.Control
	Origin  table.Origin
	Rated   bool
	Prior   table.ID
	// Players has the player of every seat.
	Players []archive.Player
	// Created is when the table was made, Started when the first turn was
	// taken, Ended when the game was over; what has not happened is zero.
	Created, Started, Ended time.Time
	Result                  game.Result
	// State is how the game stands, as spectators see it.
	State game.View
	Turns []table.Turn
	// Opening is empty for games without named openings.
	Opening Opening
	// Imported is set for a game that was not played here, and Line is then
	// its start and moves in some form that is the same for the same game.
	Imported bool
	Line     []byte
}

// Opening is how a game began.
type Opening struct {
	ECO  string `json:"eco"`
	Name string `json:"name"`
	// Ply is that of the position which has the name; 0 when it is not known.
	Ply int `json:"ply,omitempty"`
}

// Over reports whether the game has ended.
func (g *Game) Over() bool { return g.Result.Over() }

// Speed is how fast the game was.
func (g *Game) Speed() clock.Speed { return g.Control.Speed() }

// SeatOf returns the seat of a player, or NoSeat.
func (g *Game) SeatOf(user account.ID) game.Seat {
	for i, p := range g.Players {
		if p.Person() && p.ID == user {
			return game.Seat(i)
		}
	}
	return game.NoSeat
}

// FromRecords puts a game together from its records, from the first one on.
// With a row of the archive, what that knows more is taken from it: the ratings
// and the names that players have now.
func FromRecords(c game.Catalog, records []table.Record, row *archive.Game) (*Game, error) {
	course, err := table.Review(c, records)
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	setup := course.Setup()
	g := &Game{
		ID: course.ID(), Kind: setup.Kind, Variant: variant(c, setup), Control: setup.Control, Origin: setup.Origin,
		Rated: setup.Rated, Prior: setup.Prior, Players: players(setup.Seats),
		Created: course.Created, Ended: course.Ended, Result: course.Result(),
		State: course.Snapshot(game.Spectator, course.Touched()).State, Turns: course.Turns,
	}
	if len(g.Turns) > 0 {
		g.Started = g.Turns[0].At
	}
	if row != nil {
		g.Players, g.Rated = row.Players, row.Rated
		g.Opening = Opening{ECO: row.Opening.ECO, Name: row.Opening.Name}
	}
	return g, nil
}

// variant names how the game is played.
func variant(c game.Catalog, s table.Setup) string {
	if namer, ok := c[s.Kind].(game.Namer); ok {
		if name, err := namer.Variant(s.Game); err == nil {
			return name
		}
	}
	return game.Standard
}

func players(seats []table.Player) []archive.Player {
	list := make([]archive.Player, len(seats))
	for i, p := range seats {
		list[i] = archive.Player{ID: p.ID, Name: p.Name, Guest: p.Guest, House: p.House, Bot: p.Bot}
	}
	return list
}
