package httpapi_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/games"
	"kibitz/internal/rating"
	"kibitz/internal/table"
	"kibitz/internal/worker/stats"
)

// finals tells how games ended.
type finals struct{ archive.Library }

func (f finals) FEN(ctx context.Context, id table.ID) (string, error) {
	state, err := f.Final(ctx, id)
	if err != nil {
		return "", err
	}
	return games.FEN(state), nil
}

// rate gives people ratings, the first the highest, a point apart from 2600 on.
func (s *shelves) rate(t *testing.T, at time.Time, users ...account.ID) {
	t.Helper()
	of := func(i int) archive.Rating {
		i = min(i, len(users)-1)
		return archive.Rating{User: users[i], Ladder: "blitz", Rating: rating.Rating{Rating: 2600 - float64(i), Deviation: 50, Volatility: 0.06}, Games: 40, At: at}
	}
	var all []archive.Rated
	for i := 0; i < len(users); i += 2 {
		a, b := of(i), of(i+1)
		all = append(all, archive.Rated{
			Game:  archive.Game{Players: []archive.Player{{ID: a.User}, {ID: b.User}}},
			After: [2]archive.Rating{a, b},
		})
	}
	check(t, s.db.Rate(t.Context(), archive.Span{Through: 1}, all))
}

// TestRanks looks at the first and the last of more people than a leaderboard
// lists.
func TestRanks(t *testing.T) {
	s := newShelves(t)
	anna, bert := s.member("Anna"), s.member("Bert")
	users := []account.ID{account.ID(bert.id)}
	for n := range 1099 {
		users = append(users, account.ID(fmt.Sprintf("Ranked%06d", n)))
	}
	users = append(users, account.ID(anna.id))
	s.rate(t, time.Now().Truncate(time.Millisecond), users...)
	nobody := &person{w: s.world}
	checkAPI(t, []apiRow{
		{"the board", nobody, "GET", "/api/v1/leaderboards/blitz?limit=1", "", 200,
			[]string{`"rank":1`, `"name":"Bert"`, `"rating":2600`, `"progress":0`, `"online":false`, `"total":1101`, `"next":"1"`}, []string{`"you"`, "Ranked"}},
		{"my place far down", anna, "GET", "/api/v1/leaderboards/blitz?limit=1", "", 200, []string{`"you":{"games":40,"rank":1101,"rating":1500,"rd":50}`}, nil},
		{"a page of a profile far down", nobody, "GET", "/api/v1/users/Anna", "", 200, []string{`"rank":1101`}, nil},
		{"a profile far up", nobody, "GET", "/api/v1/users/Bert", "", 200, []string{`"rank":1,`}, nil},
		{"who hides", bert, "PATCH", "/api/v1/me", `{"privacy":{"challenge":"everyone","chat":"everyone","hidden":true}}`, 200, nil, nil},
		{"is not shown", nobody, "GET", "/api/v1/leaderboards/blitz?limit=1", "", 200, []string{`"name":"Bert"`}, []string{`"online"`}},
		{"another ladder", anna, "GET", "/api/v1/leaderboards/rapid", "", 200, []string{`"total":0`}, []string{`"you"`}},
	})
}

// TestTotals asks how many games come, with filters and without.
func TestTotals(t *testing.T) {
	s := newShelves(t)
	anna, bert := s.member("Anna"), s.member("Bert")
	seats := []table.Player{{ID: account.ID(anna.id), Name: "Anna"}, {ID: account.ID(bert.id), Name: "Bert"}}
	for n := range 3 {
		s.finish(t, s.play(t, table.ID(fmt.Sprintf("total%03d", n)), seats, "e2e4", "e7e5", "resign"))
	}
	s.finish(t, s.play(t, "total003", []table.Player{seats[1], seats[0]}, "e2e4", "e7e5", "resign"))
	if _, err := stats.NewFacets(s.db, s.db).Step(t.Context()); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{
		"": 4, "?color=white": 3, "?color=white&result=win": 0, "?max=2": 2, "?after=total001": 1, "?rated=true": 0,
	} {
		got := bert.call("GET", "/api/v1/users/Anna/games.pgn"+query, "")
		if total := got.header.Get("X-Total-Count"); total != fmt.Sprint(want) || strings.Count(got.body, "[Event ") != want {
			t.Errorf("games.pgn%s: X-Total-Count %q and %d games, want %d", query, total, strings.Count(got.body, "[Event "), want)
		}
	}
	got := bert.call("GET", "/api/v1/users/Anna/stats", "").body
	for _, want := range []string{`"white":{"win":0,"draw":0,"loss":3}`, `"black":{"win":1,"draw":0,"loss":0}`, `"controls":[{"control":"3+2","win":1,"draw":0,"loss":3}]`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in %s", want, got)
		}
	}
}
