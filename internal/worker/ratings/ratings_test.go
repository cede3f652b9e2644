package ratings_test

import (
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/worker/ratings"
)

var day = time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)

// rated is a game that counts, won by White so many days on.
func rated(days int) archive.Game {
	return archive.Game{
		ID: "Rated001", Kind: "chess", Variant: game.Standard, Speed: clock.Blitz, Rated: true, Plies: 2, Status: "mate", Winners: game.SeatSet(0),
		Players: []archive.Player{{ID: "ann", Name: "Ann"}, {ID: "bob", Name: "Bob"}}, Ended: day.AddDate(0, 0, days),
	}
}

func TestWhatCounts(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*archive.Game)
		want   bool
	}{
		{"a rated game", func(*archive.Game) {}, true},
		{"another variant", func(g *archive.Game) { g.Variant = "chess960" }, true},
		{"a casual game", func(g *archive.Game) { g.Rated = false }, false},
		{"one turn", func(g *archive.Game) { g.Plies = 1 }, false},
		{"a void game", func(g *archive.Game) { g.Void = true }, false},
		{"a guest", func(g *archive.Game) { g.Players[1].Guest = true }, false},
		{"the house", func(g *archive.Game) { g.Players[0].House = 2 }, false},
		{"an empty seat", func(g *archive.Game) { g.Players[0].ID = "" }, false},
		{"oneself", func(g *archive.Game) { g.Players[0].ID = "bob" }, false},
		{"from a position", func(g *archive.Game) { g.Variant = game.FromPosition }, false},
		{"three players", func(g *archive.Game) { g.Players = append(g.Players, archive.Player{ID: "cat"}) }, false},
	} {
		g := rated(0)
		tt.change(&g)
		_, got, err := ratings.NewLedger(ratings.Fresh).Rate(g)
		if err != nil || got != tt.want {
			t.Errorf("%s: Rate() = %t, %v, want %t", tt.name, got, err, tt.want)
		}
	}
}

func TestLedger(t *testing.T) {
	l := ratings.NewLedger(ratings.Fresh)
	first, _, err := l.Rate(rated(0))
	if err != nil {
		t.Fatal(err)
	}
	white := first.Game.Players[0]
	if white.Before != 1500 || white.After <= 1500 || !white.Provisional || first.After[0].Games != 1 || first.After[1].Ladder != "blitz" {
		t.Errorf("the first game: %+v", first)
	}
	soon, _, _ := l.Rate(rated(1))
	if soon.Game.Players[0].Before != white.After || soon.After[0].Games != 2 {
		t.Errorf("the second game begins at %+v, want %d", soon.Game.Players[0], white.After)
	}
	late, _, _ := l.Rate(rated(1000))
	slept := late.After[0].Deviation
	again, _, _ := l.Rate(rated(1000))
	if again.After[0].Deviation >= slept {
		t.Errorf("after years the deviation is %v, and after one more game %v: it must have grown before", slept, again.After[0].Deviation)
	}
	earlier, _, _ := l.Rate(rated(5)) // its records came late
	if !earlier.After[0].At.Equal(again.After[0].At) {
		t.Errorf("a game of the past moved the last game back to %v", earlier.After[0].At)
	}
	if first.Game.Players[0].After == 0 || rated(0).Players[0].After != 0 {
		t.Error("the ledger wrote into the game it was given")
	}
}
