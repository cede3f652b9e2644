package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/rating"
)

var _ archive.RatingBook = (*Store)(nil)

const ratingColumns = `user_id, ladder, rating, deviation, volatility, games, at_ms`

func scanRating(r *sql.Rows) (archive.Rating, error) {
	var one archive.Rating
	var at int64
	err := r.Scan(&one.User, &one.Ladder, &one.Rating.Rating, &one.Deviation, &one.Volatility, &one.Games, &at)
	one.At = moment(at)
	return one, err
}

// Ratings implements archive.Ratings.
func (s *Store) Ratings(ctx context.Context, user account.ID) ([]archive.Rating, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+ratingColumns+` FROM ratings WHERE user_id = $1 ORDER BY ladder`, string(user))
	all, err := scanAll(rows, err, scanRating)
	if err != nil {
		return nil, fmt.Errorf("ratings of %s: %w", user, err)
	}
	return all, nil
}

// Rating implements archive.Ratings.
func (s *Store) Rating(ctx context.Context, user account.ID, l archive.Ladder) (archive.Rating, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+ratingColumns+` FROM ratings WHERE user_id = $1 AND ladder = $2`, string(user), string(l))
	all, err := scanAll(rows, err, scanRating)
	switch {
	case err != nil:
		return archive.Rating{}, fmt.Errorf("rating of %s: %w", user, err)
	case len(all) == 0:
		return archive.Rating{User: user, Ladder: l, Rating: rating.Start()}, nil
	}
	return all[0], nil
}

// RatingDays implements archive.Ratings.
func (s *Store) RatingDays(ctx context.Context, user account.ID, l archive.Ladder, n int) ([]archive.RatingPoint, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT day, rating, deviation FROM rating_days WHERE user_id = $1 AND ladder = $2 ORDER BY day DESC LIMIT $3`,
		string(user), string(l), min(max(0, n), archive.AllDays))
	all, err := scanAll(rows, err, func(r *sql.Rows) (p archive.RatingPoint, err error) {
		return p, r.Scan(&p.Day, &p.Rating, &p.Deviation)
	})
	if err != nil {
		return nil, fmt.Errorf("rating of %s by day: %w", user, err)
	}
	slices.Reverse(all)
	return all, nil
}

// Leaders implements archive.Ratings.
func (s *Store) Leaders(ctx context.Context, r archive.Ranking) ([]archive.Rating, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+ratingColumns+` FROM ratings WHERE ladder = $1 AND deviation <= $2 AND at_ms >= $3
		 AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.user_id = ratings.user_id)
		 ORDER BY rating DESC, deviation DESC, at_ms DESC, user_id DESC LIMIT $4`,
		string(r.Ladder), r.MaxDeviation, max(0, stamp(r.Since)), max(0, r.N))
	all, err := scanAll(rows, err, scanRating)
	if err != nil {
		return nil, fmt.Errorf("leaders of %s: %w", r.Ladder, err)
	}
	return all, nil
}

// Through implements archive.RatingBook and archive.StatsBook.
func (s *Store) Through(ctx context.Context, projection string) (int64, error) {
	at, err := s.Positions(ctx, projection)
	return int64(at[0]), err
}

// advance moves a projection over a span of games, or refuses with
// archive.ErrTwice.
func advance(ctx context.Context, tx *sql.Tx, projection string, span archive.Span) (refusal, err error) {
	if _, err := tx.ExecContext(ctx,
		`INSERT INTO positions (projection, part, place) VALUES ($1, 0, 0) ON CONFLICT (projection, part) DO NOTHING`,
		projection); err != nil {
		return nil, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE positions SET place = $1 WHERE projection = $2 AND part = 0 AND place = $3`,
		span.Through, projection, span.From)
	if err != nil {
		return nil, err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return archive.ErrTwice, err
	}
	return nil, nil
}

var (
	intoRatings = insert{
		into: `ratings (user_id, ladder, rating, deviation, volatility, games, at_ms)`, columns: 7,
		tail: `ON CONFLICT (user_id, ladder) DO UPDATE SET rating = excluded.rating, deviation = excluded.deviation,
			volatility = excluded.volatility, games = excluded.games, at_ms = excluded.at_ms`,
	}
	intoRatingDays = insert{
		into: `rating_days (user_id, ladder, day, rating, deviation)`, columns: 5,
		tail: `ON CONFLICT (user_id, ladder, day) DO UPDATE SET rating = excluded.rating, deviation = excluded.deviation`,
	}
)

// Rate implements archive.RatingBook.
func (s *Store) Rate(ctx context.Context, span archive.Span, all []archive.Rated) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if refusal, err := advance(ctx, tx, archive.ProjectRatings, span); refusal != nil || err != nil {
			return refusal, err
		}
		for i := range all {
			players, err := encodePlayers(all[i].Game.Players)
			if err != nil {
				return nil, err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE games SET players = $1 WHERE number = $2`,
				players, all[i].Game.Number); err != nil {
				return nil, err
			}
		}
		ratings, days := ratingRows(all)
		if err := intoRatings.rows(ctx, tx, ratings); err != nil {
			return nil, err
		}
		return nil, intoRatingDays.rows(ctx, tx, days)
	})
}

// ratingRows returns the last rating of each player on each ladder, and on each
// day: no statement may store one row twice. Closed accounts have no chart. A
// filling that knows no players has those of open accounts alone.
func ratingRows(all []archive.Rated) (ratings, days [][]any) {
	type ladder struct {
		user account.ID
		of   archive.Ladder
	}
	type day struct {
		ladder
		n int
	}
	last, daily := map[ladder]archive.Rating{}, map[day]archive.Rating{}
	for i := range all {
		for seat, r := range all[i].After {
			l := ladder{r.User, r.Ladder}
			last[l] = r
			if players := all[i].Game.Players; len(players) == 0 || players[seat].Historied() {
				daily[day{l, archive.Day(r.At)}] = r
			}
		}
	}
	for l, r := range last {
		ratings = append(ratings, []any{string(l.user), string(l.of), r.Rating.Rating, r.Deviation, r.Volatility, r.Games, stamp(r.At)})
	}
	for d, r := range daily {
		days = append(days, []any{string(d.user), string(d.of), d.n, r.Rating.Rating, r.Deviation})
	}
	return ratings, days
}
