// Package games is where the server learns which games there are: their rules,
// and who plays them for the house. It is the only package that knows both a
// game and the tables it is played at.
package games

import (
	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// Options are the choices a server makes for its games. The zero Options are
// the defaults.
type Options struct {
	// Draws is how long games of chess end: "lichess", the default, or "fide".
	Draws string
}

// entry is one game. Without a brain the house does not play it.
type entry struct {
	kind  game.Kind
	rules func(Options) (game.Rules, error)
	brain func(HouseConfig) brain
}

// all lists the games, one a line.
func all() []entry {
	return []entry{
		{chess.Kind, chessRules, newChessBrain},
		{poker.Kind, pokerRules, newPokerBrain},
	}
}

// Catalog returns the rules of all games, or an error that says which option
// to change.
func Catalog(o Options) (game.Catalog, error) {
	c := make(game.Catalog)
	for _, e := range all() {
		rules, err := e.rules(o)
		if err != nil {
			return nil, err
		}
		c[e.kind] = rules
	}
	return c, nil
}
