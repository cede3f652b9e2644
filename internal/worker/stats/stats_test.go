package stats_test

import (
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/worker/stats"
)

// TestTally counts a run of games of one player.
func TestTally(t *testing.T) {
	start := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC)
	tally := stats.NewTally(stats.Fresh)
	for i, r := range "WWLLLDWV" {
		g := archive.Game{
			Number: int64(i + 1), Variant: game.Standard, Speed: clock.Blitz, Rated: i != 6, Plies: 10, Winners: game.SeatSet(0),
			Started: start.Add(time.Duration(i) * time.Hour), Opening: archive.Opening{ECO: "A00", Name: "Anderssen"},
			Players: []archive.Player{{ID: "ann", Name: "Ann"}, {ID: "bob", Name: "Bob", Before: 1500 + 10*i}},
		}
		g.Ended = g.Started.Add(time.Minute)
		switch r {
		case 'L':
			g.Winners = game.SeatSet(1)
		case 'D':
			g.Winners = 0
		case 'V':
			g.Void = true
		}
		if err := tally.Count(&g); err != nil {
			t.Fatal(err)
		}
	}
	all, openings := tally.Changed()
	if len(all) != 4 || all[0].Ladder != archive.Overall || all[1].Ladder != "blitz" {
		t.Fatalf("got %+v", all)
	}
	want := archive.Stats{
		User: "ann", Score: archive.Score{Wins: 3, Draws: 1, Losses: 3}, Rated: 6, Plies: 70, Played: 7 * time.Minute,
		Streak: 1, BestStreak: 2, WorstStreak: -3, BestWin: archive.BestWin{Number: 2, Opponent: "Bob", Rating: 1510},
		Last: start.Add(6*time.Hour + time.Minute),
	}
	if all[0] != want {
		t.Errorf("got  %+v\nwant %+v", all[0], want)
	}
	if len(openings) != 2 || openings[1].Seat != 1 || openings[1].Score != (archive.Score{Wins: 3, Draws: 1, Losses: 3}) {
		t.Errorf("openings: %+v", openings)
	}
}
