package archivetest

import (
	"errors"
	"slices"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

// forget closes the account of ann, and returns the erasure.
func forget(t *testing.T, a Archive) archive.Erasure {
	t.Helper()
	for range 2 { // once more is no error
		if err := a.Forget(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
	}
	e, err := a.Erasing(t.Context())
	if err != nil || e.User != ann {
		t.Fatalf("Erasing() = %+v, %v, want ann", e, err)
	}
	return e
}

func nobodyForgotten(t *testing.T, a Archive) {
	gone, err := a.Forgotten(t.Context(), []account.ID{ann, bob})
	equal(t, "forgotten", []any{gone, err}, []any{map[account.ID]bool{}, nil})
	if e, err := a.Erasing(t.Context()); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("Erasing() = %+v, %v, want ErrUnknown", e, err)
	}
}

// withTraces stores three games of ann, one where she is mentioned, and one
// that she has nothing to do with.
func withTraces(t *testing.T, a Archive) {
	t.Helper()
	b := archive.Batch{Projection: "test"}
	for n, pair := range [][2]account.ID{{ann, bob}, {bob, ann}, {bob, cat}, {cat, bob}, {ann, bob}} {
		f := archive.Finished{Game: played(n+1, pair[0], pair[1]), Blob: []byte("old")}
		if n == 2 {
			f.Others = []account.ID{ann, "Stranger0001"}
		}
		b.Finished = append(b.Finished, f)
	}
	write(t, a, &b)
	won := someStats(bob, "", 1)
	won.BestWin = archive.BestWin{Number: 2, Opponent: "n-" + string(ann), Rating: 1600}
	of := func(user account.ID) []archive.OpeningStats {
		return []archive.OpeningStats{{User: user, Opening: archive.Opening{Name: "French Defense"}, Score: archive.Score{Wins: 1}}}
	}
	if err := a.Count(t.Context(), archive.Span{Through: 5}, []archive.Stats{someStats(ann, "", 1), won}, of(ann)); err != nil {
		t.Fatal(err)
	}
	g, err := a.Game(t.Context(), id(1))
	if err != nil {
		t.Fatal(err)
	}
	rate(t, a, archive.Span{Through: 5}, g, 1500, 1400)
}

// erased is a game without the name of ann.
func erased(f archive.Finished) archive.Finished {
	f.Game.Players = slices.Clone(f.Game.Players)
	for i := range f.Game.Players {
		if f.Game.Players[i].ID == ann {
			f.Game.Players[i].Name = archive.ClosedName
		}
	}
	f.Blob = []byte("new")
	return f
}

// eraseAll rewrites what names ann, n games at a time, each part twice as
// after a crash, and returns the ids in order.
func eraseAll(t *testing.T, a Archive, n int) (seen []string) {
	t.Helper()
	for {
		e, err := a.Erasing(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found, err := a.Traces(t.Context(), e, n)
		if err != nil || len(found.Games) > n {
			t.Fatalf("Traces() = %d games, %v, want %d at most", len(found.Games), err, n)
		}
		if len(found.Games) == 0 {
			break
		}
		var changed []archive.Finished
		for _, f := range found.Games {
			seen = append(seen, string(f.Game.ID))
			changed = append(changed, erased(f))
		}
		for range 2 {
			if err := a.Rewrite(t.Context(), e, found, changed); err != nil {
				t.Fatal(err)
			}
		}
	}
	done, err := a.Finish(t.Context(), ann)
	equal(t, "finished", []any{done, err}, []any{true, nil})
	return seen
}

func erasing(t *testing.T, a Archive) {
	withTraces(t, a)
	forget(t, a)
	equal(t, "games with traces", eraseAll(t, a, 2), []string{"Game0001", "Game0002", "Game0005", "Game0003"})
	if e, err := a.Erasing(t.Context()); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("Erasing() = %+v, %v, want ErrUnknown", e, err)
	}
	for n, want := range map[int]string{1: "new", 2: "new", 3: "new", 4: "old", 5: "new"} {
		g, blob, err := a.Record(t.Context(), id(n))
		if err != nil || string(blob) != want {
			t.Errorf("game %d has the record %q, %v, want %q", n, blob, err, want)
		}
		for _, p := range g.Players {
			if p.Closed() != (p.ID == ann) {
				t.Errorf("game %d was played by %+v", n, p)
			}
		}
	}
}

func erasedAround(t *testing.T, a Archive) {
	withTraces(t, a)
	forget(t, a)
	eraseAll(t, a, 100)
	gone, err := a.Forgotten(t.Context(), []account.ID{ann, bob})
	equal(t, "forgotten", []any{gone, err}, []any{map[account.ID]bool{ann: true}, nil})
	entries, _, err := a.History(t.Context(), ann, archive.Filter{}, archive.Page{Size: 9})
	equal(t, "history of ann", []any{len(entries), err}, []any{0, nil})
	entries, _, err = a.History(t.Context(), bob, archive.Filter{}, archive.Page{Size: 9})
	equal(t, "history of bob", []any{len(entries), err}, []any{5, nil})
	score, err := a.HeadToHead(t.Context(), bob, ann)
	equal(t, "bob and ann", []any{score, err}, []any{archive.Score{Wins: 1, Losses: 2}, nil})
	stats, err := a.Stats(t.Context(), ann)
	equal(t, "statistics of ann", []any{len(stats), err}, []any{0, nil})
	openings, err := a.Openings(t.Context(), ann, 0, 9)
	equal(t, "openings of ann", []any{len(openings), err}, []any{0, nil})
	stats, err = a.Stats(t.Context(), bob)
	equal(t, "best win of bob", []any{stats[0].BestWin, err}, []any{archive.BestWin{Number: 2, Opponent: archive.ClosedName, Rating: 1600}, nil})
	days, err := a.RatingDays(t.Context(), ann, "blitz", archive.AllDays)
	equal(t, "chart of ann", []any{len(days), err}, []any{0, nil})
	one, err := a.Rating(t.Context(), ann, "blitz")
	equal(t, "rating of ann", []any{one.Rating.Rating, err}, []any{1500, nil})
	all, err := a.Leaders(t.Context(), archive.Ranking{Ladder: "blitz", MaxDeviation: 500, N: 9})
	equal(t, "leaders", []any{len(all), all[0].User, err}, []any{1, bob, nil})
}

// endsLater stores a game that ends after ann's account was closed.
func endsLater(t *testing.T, a Archive) {
	withTraces(t, a)
	forget(t, a)
	eraseAll(t, a, 100)
	late := played(9, ann, bob)
	late.Players[0].Name = archive.ClosedName
	late.Number = 6
	games := finish(t, a, late)
	entries, _, err := a.History(t.Context(), ann, archive.Filter{}, archive.Page{Size: 9})
	equal(t, "history of ann", []any{len(entries), err}, []any{0, nil})
	r := archive.Rated{Game: games[0], After: [2]archive.Rating{ratingOf(ann, 1520, late.Ended), ratingOf(bob, 1390, late.Ended)}}
	if err := a.Rate(t.Context(), archive.Span{From: 5, Through: 6}, []archive.Rated{r}); err != nil {
		t.Fatal(err)
	}
	days, err := a.RatingDays(t.Context(), ann, "blitz", archive.AllDays)
	equal(t, "chart of ann", []any{len(days), err}, []any{0, nil})
	one, err := a.Rating(t.Context(), ann, "blitz")
	equal(t, "rating of ann", []any{one.Rating.Rating, err}, []any{1520, nil})
}
