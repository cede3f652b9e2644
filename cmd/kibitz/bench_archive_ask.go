package main

import (
	"context"
	"math/rand/v2"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/sqlstore"
)

// question is one thing that a page asks of an archive.
type question struct {
	name string
	ask  func(ctx context.Context) error
}

// pageSize is how many games a page of a history shows.
const pageSize = 50

// questions are those of a profile, asked of users and games drawn from rng.
func questions(s *season, db *sqlstore.Store, rng *rand.Rand) []question {
	power := s.user(0)
	anybody := func() account.ID { return s.user(rng.IntN(s.users)) }
	page := func(user func() account.ID, f archive.Filter) func(context.Context) error {
		return func(ctx context.Context) error {
			_, _, err := db.History(ctx, user(), f, archive.Page{Size: pageSize})
			return err
		}
	}
	fixed := func() account.ID { return power }
	list := []question{
		{"first page, anybody", page(anybody, archive.Filter{})},
		{"first page, most games", page(fixed, archive.Filter{})},
		{"a page anywhere, most games", func(ctx context.Context) error {
			at := archive.Cursor{EndedMillis: s.game(1 + rng.IntN(s.games)).Ended.UnixMilli(), Number: 1 << 40}
			_, _, err := db.History(ctx, power, archive.Filter{}, archive.Page{Before: at, Size: pageSize})
			return err
		}},
	}
	for _, f := range []struct {
		name string
		f    archive.Filter
	}{
		{"a speed", archive.Filter{Ladder: "blitz"}},
		{"a variant", archive.Filter{Ladder: "chess960"}},
		{"draws", archive.Filter{Result: archive.Draw}},
		{"nothing fits", archive.Filter{Result: archive.NoResult, Rated: archive.Never}},
		{"a speed, nothing fits", archive.Filter{Ladder: "blitz", Result: archive.NoResult, Seats: game.SeatSet(1)}},
		{"an opponent", archive.Filter{Opponent: s.user(32)}},
		{"a month", archive.Filter{From: s.begin.AddDate(0, 1, 0), To: s.begin.AddDate(0, 2, 0)}},
		{"casual draws as Black", archive.Filter{Result: archive.Draw, Rated: archive.Never, Seats: game.SeatSet(1)}},
	} {
		list = append(list, question{"filter: " + f.name, page(fixed, f.f)})
	}
	return append(list, profileQuestions(s, db, rng)...)
}

// profileQuestions are those besides a history.
func profileQuestions(s *season, db *sqlstore.Store, rng *rand.Rand) []question {
	power := s.user(0)
	return []question{
		{"profile, anybody", func(ctx context.Context) error { return profile(ctx, db, s.user(rng.IntN(s.users))) }},
		{"profile, most games", func(ctx context.Context) error { return profile(ctx, db, power) }},
		{"a chart of years, most games", func(ctx context.Context) error {
			_, err := db.RatingDays(ctx, power, "blitz", chartDays)
			return err
		}},
		{"head to head", func(ctx context.Context) error {
			_, err := db.HeadToHead(ctx, power, s.user(32))
			return err
		}},
		{"leaderboard of 200", func(ctx context.Context) error {
			_, err := db.Leaders(ctx, archive.Ranking{Ladder: "blitz", MaxDeviation: 75, Since: time.UnixMilli(0), N: 200})
			return err
		}},
		{"a game with its record", func(ctx context.Context) error {
			_, _, err := db.Record(ctx, s.game(1+rng.IntN(s.games)).ID)
			return err
		}},
	}
}

// What a profile shows of each ladder and of the openings, and its chart.
const (
	profileDays     = 30
	profileGames    = 12
	profileOpenings = 5
	chartDays       = 2000
)

// profile asks what a profile shows at once: ratings with their last days and
// what the last games changed, statistics, and the newest games.
func profile(ctx context.Context, db *sqlstore.Store, user account.ID) error {
	ratings, err := db.Ratings(ctx, user)
	if err != nil {
		return err
	}
	for _, r := range ratings {
		if _, err := db.RatingDays(ctx, user, r.Ladder, profileDays); err != nil {
			return err
		}
		f := archive.Filter{Ladder: r.Ladder, Rated: archive.Only}
		if _, _, err := db.History(ctx, user, f, archive.Page{Size: profileGames}); err != nil {
			return err
		}
	}
	if err := statistics(ctx, db, user); err != nil {
		return err
	}
	_, _, err = db.History(ctx, user, archive.Filter{}, archive.Page{Size: 10})
	return err
}

func statistics(ctx context.Context, db *sqlstore.Store, user account.ID) error {
	if _, err := db.Stats(ctx, user); err != nil {
		return err
	}
	for seat := range game.Seat(2) {
		if _, err := db.Openings(ctx, user, seat, profileOpenings); err != nil {
			return err
		}
	}
	for _, facet := range []archive.Facet{archive.ByColor, archive.ByControl} {
		if _, err := db.FacetScores(ctx, user, facet, profileGames); err != nil {
			return err
		}
	}
	return nil
}
