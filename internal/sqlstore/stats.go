package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

var _ archive.StatsBook = (*Store)(nil)

const statsColumns = `user_id, ladder, wins, draws, losses, rated, plies, played_ms, streak, best_streak, worst_streak,
	best_win, best_rating, best_opponent, last_ms`

func scanStats(r *sql.Rows) (archive.Stats, error) {
	var s archive.Stats
	var played, last int64
	err := r.Scan(&s.User, &s.Ladder, &s.Wins, &s.Draws, &s.Losses, &s.Rated, &s.Plies, &played, &s.Streak, &s.BestStreak,
		&s.WorstStreak, &s.BestWin.Number, &s.BestWin.Rating, &s.BestWin.Opponent, &last)
	s.Played, s.Last = time.Duration(played)*time.Millisecond, moment(last)
	return s, err
}

// Stats implements archive.Counts.
func (s *Store) Stats(ctx context.Context, user account.ID) ([]archive.Stats, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+statsColumns+` FROM stats WHERE user_id = $1 ORDER BY ladder`, string(user))
	all, err := scanAll(rows, err, scanStats)
	if err != nil {
		return nil, fmt.Errorf("statistics of %s: %w", user, err)
	}
	return all, nil
}

// Openings implements archive.Counts.
func (s *Store) Openings(ctx context.Context, user account.ID, seat game.Seat, n int) ([]archive.OpeningStats, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT opening, eco, wins, draws, losses FROM opening_stats WHERE user_id = $1 AND seat = $2
		 ORDER BY wins + draws + losses DESC, opening LIMIT $3`, string(user), int64(seat), max(0, n))
	all, err := scanAll(rows, err, func(r *sql.Rows) (archive.OpeningStats, error) {
		o := archive.OpeningStats{User: user, Seat: seat}
		return o, r.Scan(&o.Opening.Name, &o.Opening.ECO, &o.Wins, &o.Draws, &o.Losses)
	})
	if err != nil {
		return nil, fmt.Errorf("openings of %s: %w", user, err)
	}
	return all, nil
}

var (
	intoStats = insert{
		into: `stats (` + statsColumns + `)`, columns: 15,
		tail: `ON CONFLICT (user_id, ladder) DO UPDATE SET wins = excluded.wins, draws = excluded.draws, losses = excluded.losses,
			rated = excluded.rated, plies = excluded.plies, played_ms = excluded.played_ms, streak = excluded.streak,
			best_streak = excluded.best_streak, worst_streak = excluded.worst_streak, best_win = excluded.best_win,
			best_rating = excluded.best_rating, best_opponent = excluded.best_opponent, last_ms = excluded.last_ms`,
	}
	intoOpenings = insert{
		into: `opening_stats (user_id, seat, opening, eco, wins, draws, losses)`, columns: 7,
		tail: `ON CONFLICT (user_id, seat, opening) DO UPDATE SET wins = opening_stats.wins + excluded.wins,
			draws = opening_stats.draws + excluded.draws, losses = opening_stats.losses + excluded.losses`,
	}
)

// Count implements archive.StatsBook.
func (s *Store) Count(ctx context.Context, span archive.Span, stats []archive.Stats, openings []archive.OpeningStats) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if refusal, err := advance(ctx, tx, archive.ProjectStats, span); refusal != nil || err != nil {
			return refusal, err
		}
		return nil, writeStats(ctx, tx, stats, openings)
	})
}

func writeStats(ctx context.Context, tx *sql.Tx, stats []archive.Stats, openings []archive.OpeningStats) error {
	rows := make([][]any, 0, len(stats))
	for i := range stats {
		rows = append(rows, statsRow(&stats[i]))
	}
	if err := intoStats.rows(ctx, tx, rows); err != nil {
		return err
	}
	rows = rows[:0]
	for _, o := range openings {
		rows = append(rows, []any{string(o.User), int64(o.Seat), o.Opening.Name, o.Opening.ECO, o.Wins, o.Draws, o.Losses})
	}
	return intoOpenings.rows(ctx, tx, rows)
}

func statsRow(s *archive.Stats) []any {
	return []any{string(s.User), string(s.Ladder), s.Wins, s.Draws, s.Losses, s.Rated, s.Plies, s.Played.Milliseconds(),
		s.Streak, s.BestStreak, s.WorstStreak, s.BestWin.Number, s.BestWin.Rating, s.BestWin.Opponent, stamp(s.Last)}
}
