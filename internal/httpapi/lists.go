package httpapi

import (
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/rooms"
	"kibitz/internal/wire"
)

// The addresses of the lists that are the same for everybody.
const (
	PathTables      = "/api/v1/tables"
	PathPokerTables = "/api/v1/poker/tables"
)

// Watchable is how many running tables are listed.
const Watchable = 50

// WatchCard is what the list at PathTables shows of a table.
func WatchCard(t *host.Summary) wire.WatchTable {
	snap := snapshotOf(t)
	return wire.WatchTableOf(&snap, t.Watchers)
}

// RoomCard is what the list at PathPokerTables shows of a table.
func RoomCard(r *host.Room) wire.Room {
	card := wire.RoomOf(r.Table, &r.Setup, r.Brief)
	card.Watchers, card.Line, card.Waiting = r.Watchers, len(r.Lounge.Line), r.Waiting
	return card
}

// TablesBody is the answer at PathTables, to be encoded.
func TablesBody[Card any](cards []Card) any { return map[string]any{"tables": cards} }

// RoomsBody is the answer at PathPokerTables, to be encoded: the tables of a kind,
// and which of the presets can be opened.
func RoomsBody[Card any](cards []Card, presets []rooms.Preset, kind game.Kind) any {
	of := []rooms.Preset{}
	for _, p := range presets {
		if p.Kind == kind {
			of = append(of, p)
		}
	}
	return map[string]any{"tables": cards, "presets": of}
}
