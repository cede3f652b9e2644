package archivetest

import (
	"fmt"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// day is when the games of the suite begin.
var day = time.Date(2026, 3, 4, 5, 6, 7, 8e6, time.UTC)

const (
	ann = account.ID("AnnAnnAnnAnn")
	bob = account.ID("BobBobBobBob")
	cat = account.ID("CatCatCatCat")
)

func id(n int) table.ID { return table.ID(fmt.Sprintf("Game%04d", n)) }

// played returns a game between two people that ended n minutes into the day
// with a win of the first.
func played(n int, white, black account.ID) archive.Game {
	end := day.Add(time.Duration(n) * time.Minute)
	return archive.Game{
		ID: id(n), Kind: "chess", Variant: game.Standard, Speed: clock.Blitz,
		Control: clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second},
		Origin:  table.OriginPool, Rated: true, Prior: id(n + 1000), Series: 3,
		Players: []archive.Player{{ID: white, Name: "n-" + string(white)}, {ID: black, Name: "n-" + string(black)}},
		Status:  "mate", Winners: game.SeatSet(0),
		Created: end.Add(-5 * time.Minute), Started: end.Add(-4 * time.Minute), Ended: end,
		Plies: 40 + n, Opening: archive.Opening{ECO: "B90", Name: "Sicilian Defense: Najdorf Variation"},
	}
}

// finish stores games and returns them with their numbers.
func finish(t *testing.T, a Archive, games ...archive.Game) []archive.Game {
	t.Helper()
	b := archive.Batch{Projection: "test"}
	for _, g := range games {
		b.Finished = append(b.Finished, archive.Finished{Game: g, Blob: []byte("blob of " + g.ID)})
	}
	write(t, a, &b)
	stored := make([]archive.Game, len(games))
	for i, g := range games {
		var err error
		if stored[i], err = a.Game(t.Context(), g.ID); err != nil {
			t.Fatalf("Game(%s) = %v", g.ID, err)
		}
	}
	return stored
}

func write(t *testing.T, a Archive, b *archive.Batch) {
	t.Helper()
	if err := a.Write(t.Context(), b); err != nil {
		t.Fatalf("Write() = %v", err)
	}
}

// equal compares by what is printed.
func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}
