package stats_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
	"kibitz/internal/worker/stats"
)

// facetGame is a game that the first player won.
func facetGame(n int, change func(*archive.Game)) archive.Game {
	at := time.Date(2026, 1, 2, 0, n, 0, 0, time.UTC)
	g := archive.Game{
		ID: table.ID(fmt.Sprintf("Facet%03d", n)), Kind: "chess", Variant: game.Standard, Speed: clock.Blitz, Status: "mate",
		Control: clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}, Winners: game.SeatSet(0), Plies: 4,
		Players: []archive.Player{{ID: "ann", Name: "Ann"}, {ID: "bob", Name: "Bob"}}, Created: at, Started: at, Ended: at,
	}
	if change != nil {
		change(&g)
	}
	return g
}

// TestFacets counts games with everything that must not count, and twice.
func TestFacets(t *testing.T) {
	db, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	b := archive.Batch{Projection: "test"}
	for n, change := range []func(*archive.Game){
		nil, nil,
		func(g *archive.Game) { g.Winners = 0; g.Players[0], g.Players[1] = g.Players[1], g.Players[0] },
		func(g *archive.Game) { g.Void = true },
		func(g *archive.Game) { g.Players[1] = archive.Player{ID: "~3", Name: "House", House: 3} },
		func(g *archive.Game) { g.Control = clock.Control{}; g.Players[1].Name = archive.ClosedName },
		func(g *archive.Game) { g.Players = append(g.Players, archive.Player{ID: "cat", Name: "Cat"}) },
	} {
		b.Finished = append(b.Finished, archive.Finished{Game: facetGame(n, change), Blob: []byte("b")})
	}
	if err := db.Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	step := stats.NewFacets(db, db)
	for range 2 {
		if more, err := step.Step(t.Context()); more || err != nil {
			t.Fatalf("Step() = %v, %v", more, err)
		}
	}
	for _, tt := range []struct {
		user account.ID
		by   archive.Facet
		want string
	}{
		{"ann", archive.ByControl, "[3+2 4-1-0 unlimited 1-0-0]"},
		{"ann", archive.ByColor, "[white 4-0-0 black 0-1-0]"},
		{"bob", archive.ByControl, "[3+2 0-1-3]"},
		{"bob", archive.ByColor, "[black 0-0-2 white 0-1-0]"},
		{"cat", archive.ByColor, "[]"},
		{"~3", archive.ByColor, "[]"},
	} {
		got := []string{}
		scores, err := db.FacetScores(t.Context(), tt.user, tt.by, 9)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scores {
			got = append(got, fmt.Sprintf("%s %d-%d-%d", s.Value, s.Wins, s.Draws, s.Losses))
		}
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s by %s: %v, want %v", tt.user, tt.by, got, tt.want)
		}
	}
}
