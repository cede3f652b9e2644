// Package archivetest holds the contracts of the ports of package archive, as
// tests that every implementation runs.
package archivetest

import (
	"testing"

	"kibitz/internal/archive"
)

// Archive is all the ports of package archive together.
type Archive interface {
	archive.Games
	archive.History
	archive.Chronicle
	archive.Running
	archive.Poisons
	archive.RatingBook
	archive.StatsBook
	archive.Erasures
	archive.Watch
	archive.Facets
	archive.Standings
}

// Store runs the contract suite on fresh, empty archives.
func Store(t *testing.T, fresh func(t *testing.T) Archive) {
	for _, c := range []struct {
		name string
		run  func(t *testing.T, a Archive)
	}{
		{"a finished game is there as it was", gameIsThere},
		{"a game by correspondence has its days", daysOfTurns},
		{"an unknown game is unknown", unknownGame},
		{"games are numbered in the order they come", numbering},
		{"a game that comes again keeps its number and row", comesAgain},
		{"games after a number", gamesAfter},
		{"a batch is all or nothing", allOrNothing},
		{"positions move on by partition", positions},
		{"places of tables", places},
		{"places of tables that move", placesMove},
		{"moves follow a running game", movesFollow},
		{"moves are cut and replaced", movesCut},
		{"a finished or closed game has no moves", movesGone},
		{"ripe tables are released", ripe},
		{"poison is kept once a table", poisonKept},
		{"a history, page by page", historyPages},
		{"filters of a history", historyFilters},
		{"games that end at the same time", sameTime},
		{"tables of more than two", manySeats},
		{"head to head", headToHead},
		{"ratings of who has none", noRatings},
		{"ratings follow games", ratingsFollow},
		{"ratings are never counted twice", ratedTwice},
		{"the best of a ladder", leaders},
		{"statistics and openings", statistics},
		{"statistics are never counted twice", countedTwice},
		{"games by facets", facets},
		{"progress of a projection", progress},
		{"what was set aside, and who is erased, is counted", counted},
		{"nobody is forgotten to begin with", nobodyForgotten},
		{"what names a closed account is rewritten", erasing},
		{"what else is kept of a closed account goes", erasedAround},
		{"a game that ends after its player's account", endsLater},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, fresh(t)) })
	}
}
