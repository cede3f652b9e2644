package archivetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/rating"
)

func ratingOf(user account.ID, value float64, at time.Time) archive.Rating {
	return archive.Rating{
		User: user, Ladder: "blitz", Rating: rating.Rating{Rating: value, Deviation: 60.1234, Volatility: 0.0612345},
		Games: 3, At: at,
	}
}

func noRatings(t *testing.T, a Archive) {
	all, err := a.Ratings(t.Context(), ann)
	equal(t, "all", []any{len(all), err}, []any{0, nil})
	one, err := a.Rating(t.Context(), ann, "blitz")
	equal(t, "one", []any{one, err}, []any{archive.Rating{User: ann, Ladder: "blitz", Rating: rating.Start()}, nil})
	days, err := a.RatingDays(t.Context(), ann, "blitz", archive.AllDays)
	equal(t, "days", []any{len(days), err}, []any{0, nil})
	through, err := a.Through(t.Context(), archive.ProjectRatings)
	equal(t, "through", []any{through, err}, []any{0, nil})
}

// rate stores what one game did.
func rate(t *testing.T, a Archive, span archive.Span, g archive.Game, white, black float64) archive.Rated {
	t.Helper()
	g.Players[0].Before, g.Players[0].After, g.Players[0].Provisional = 1490, int(white), true
	g.Players[1].Before, g.Players[1].After = 1510, int(black)
	r := archive.Rated{Game: g, After: [2]archive.Rating{
		ratingOf(g.Players[0].ID, white, g.Ended), ratingOf(g.Players[1].ID, black, g.Ended),
	}}
	if err := a.Rate(t.Context(), span, []archive.Rated{r}); err != nil {
		t.Fatal(err)
	}
	return r
}

func ratingsFollow(t *testing.T, a Archive) {
	next := played(3, ann, cat)
	next.Ended = next.Ended.Add(30 * time.Hour)
	games := finish(t, a, played(1, ann, bob), played(2, ann, bob), next)
	rate(t, a, archive.Span{From: 0, Through: 1}, games[0], 1500.5, 1400.25)
	r2 := rate(t, a, archive.Span{From: 1, Through: 2}, games[1], 1510.0625, 1390)
	r3 := rate(t, a, archive.Span{From: 2, Through: 9}, games[2], 1520, 1380)
	got, err := a.Ratings(t.Context(), ann)
	equal(t, "ratings of ann", []any{got, err}, []any{[]archive.Rating{r3.After[0]}, nil})
	one, err := a.Rating(t.Context(), bob, "blitz")
	equal(t, "rating of bob", []any{one, err}, []any{r2.After[1], nil})
	days, err := a.RatingDays(t.Context(), ann, "blitz", archive.AllDays)
	equal(t, "days of ann", []any{days, err}, []any{[]archive.RatingPoint{
		{Day: archive.Day(games[1].Ended), Rating: 1510.0625, Deviation: 60.1234},
		{Day: archive.Day(next.Ended), Rating: 1520, Deviation: 60.1234},
	}, nil})
	for n, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 3: 2} {
		last, err := a.RatingDays(t.Context(), ann, "blitz", n)
		if err != nil || !slices.Equal(last, days[len(days)-want:]) {
			t.Errorf("the last %d days of ann: got %v, %v, want %d of %v", n, last, err, want, days)
		}
	}
	g, err := a.Game(t.Context(), id(2))
	equal(t, "the game", []any{g, err}, []any{r2.Game, nil})
	through, err := a.Through(t.Context(), archive.ProjectRatings)
	equal(t, "through", []any{through, err}, []any{9, nil})
}

func ratedTwice(t *testing.T, a Archive) {
	games := finish(t, a, played(1, ann, bob))
	first := rate(t, a, archive.Span{From: 0, Through: 1}, games[0], 1500, 1400)
	again := first
	again.After[0].Rating.Rating = 9999
	for _, span := range []archive.Span{{From: 0, Through: 1}, {From: 0, Through: 2}, {From: 3, Through: 4}} {
		if err := a.Rate(t.Context(), span, []archive.Rated{again}); !errors.Is(err, archive.ErrTwice) {
			t.Errorf("Rate(%+v) = %v, want ErrTwice", span, err)
		}
	}
	got, err := a.Rating(t.Context(), ann, "blitz")
	equal(t, "rating", []any{got, err}, []any{first.After[0], nil})
}

func leaders(t *testing.T, a Archive) {
	users := []account.ID{ann, bob, cat, "DanDanDanDan"}
	var all []archive.Rated
	for i, user := range users {
		r := ratingOf(user, 1500+float64(i), day.Add(time.Duration(i)*time.Hour))
		other := ratingOf("Z"+user[1:], 1000, day)
		other.Ladder = "rapid"
		if i == 2 {
			r.Deviation = 80
		}
		all = append(all, archive.Rated{Game: finish(t, a, played(i+1, user, "Z"+user[1:]))[0], After: [2]archive.Rating{r, other}})
	}
	if err := a.Rate(t.Context(), archive.Span{Through: 4}, all); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		r    archive.Ranking
		want []account.ID
	}{
		{"who is known well", archive.Ranking{Ladder: "blitz", MaxDeviation: 75, N: 10}, []account.ID{users[3], bob, ann}},
		{"everybody", archive.Ranking{Ladder: "blitz", MaxDeviation: 500, N: 10}, []account.ID{users[3], cat, bob, ann}},
		{"the first", archive.Ranking{Ladder: "blitz", MaxDeviation: 75, N: 1}, []account.ID{users[3]}},
		{"who played lately", archive.Ranking{Ladder: "blitz", MaxDeviation: 75, Since: day.Add(time.Hour), N: 10}, []account.ID{users[3], bob}},
		{"nobody", archive.Ranking{Ladder: "chess960", MaxDeviation: 75, N: 10}, nil},
	} {
		got, err := a.Leaders(t.Context(), tt.r)
		var names []account.ID
		for _, r := range got {
			names = append(names, r.User)
		}
		equal(t, tt.name, []any{names, err}, []any{tt.want, nil})
		all, err := a.Ranked(t.Context(), tt.r)
		if err != nil || len(all) < len(got) || tt.r.N > len(got) && len(all) != len(got) {
			t.Errorf("%s: %d are ranked, %v; want those of %d leaders", tt.name, len(all), err, len(got))
		}
		for i := range got {
			if all[i] != got[i].Rating.Rating {
				t.Errorf("%s: rank %d has %v, want %v", tt.name, i+1, all[i], got[i].Rating.Rating)
			}
		}
	}
}

func someStats(user account.ID, l archive.Ladder, wins int) archive.Stats {
	return archive.Stats{
		User: user, Ladder: l, Score: archive.Score{Wins: wins, Draws: 2, Losses: 3}, Rated: 4, Plies: 500, Played: 6 * time.Minute,
		Streak: -2, BestStreak: 7, WorstStreak: -8, BestWin: archive.BestWin{Number: 9, Opponent: "Bob", Rating: 1600}, Last: day,
	}
}

func statistics(t *testing.T, a Archive) {
	sicilian, french := archive.Opening{ECO: "B90", Name: "Sicilian Defense"}, archive.Opening{ECO: "C00", Name: "French Defense"}
	opening := func(o archive.Opening, s archive.Score) archive.OpeningStats {
		return archive.OpeningStats{User: ann, Seat: 1, Opening: o, Score: s}
	}
	count := func(s archive.Span, stats []archive.Stats, openings ...archive.OpeningStats) {
		t.Helper()
		if err := a.Count(t.Context(), s, stats, openings); err != nil {
			t.Fatal(err)
		}
	}
	count(archive.Span{Through: 3}, []archive.Stats{someStats(ann, "", 1), someStats(ann, "blitz", 1), someStats(bob, "", 1)},
		opening(french, archive.Score{Wins: 1}), opening(sicilian, archive.Score{Losses: 2}))
	count(archive.Span{From: 3, Through: 5}, []archive.Stats{someStats(ann, "", 5)}, opening(french, archive.Score{Draws: 2}))
	got, err := a.Stats(t.Context(), ann)
	equal(t, "ann", []any{got, err}, []any{[]archive.Stats{someStats(ann, "", 5), someStats(ann, "blitz", 1)}, nil})
	got, err = a.Stats(t.Context(), cat)
	equal(t, "cat", []any{len(got), err}, []any{0, nil})
	openings, err := a.Openings(t.Context(), ann, 1, 9)
	equal(t, "openings", []any{openings, err}, []any{[]archive.OpeningStats{
		opening(french, archive.Score{Wins: 1, Draws: 2}), opening(sicilian, archive.Score{Losses: 2}),
	}, nil})
	openings, err = a.Openings(t.Context(), ann, 1, 1)
	equal(t, "the first opening", []any{len(openings), err}, []any{1, nil})
	openings, err = a.Openings(t.Context(), ann, 0, 9)
	equal(t, "openings of the other seat", []any{len(openings), err}, []any{0, nil})
}

func countedTwice(t *testing.T, a Archive) {
	if err := a.Count(t.Context(), archive.Span{Through: 3}, []archive.Stats{someStats(ann, "", 1)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Count(t.Context(), archive.Span{Through: 3}, []archive.Stats{someStats(ann, "", 2)}, nil); !errors.Is(err, archive.ErrTwice) {
		t.Errorf("Count() = %v, want ErrTwice", err)
	}
	got, err := a.Stats(t.Context(), ann)
	equal(t, "ann", []any{got, err}, []any{[]archive.Stats{someStats(ann, "", 1)}, nil})
}
