package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// Fill puts masses of games into an empty archive, for measurements: without
// the indexes, which come in the end.
type Fill struct {
	s *Store
}

// The indexes that wait until an archive is filled, as in the migrations.
var lateIndexes = []struct{ name, on string }{
	{"games_by_id", "UNIQUE INDEX games_by_id ON games (id)"},
	{"history_by_ladder", "INDEX history_by_ladder ON history (user_id, ladder, ended_ms, number, seat, result, rated)"},
	{"history_by_opponent", "INDEX history_by_opponent ON history (user_id, opponent, ended_ms, number, seat, result, rated, ladder)"},
}

// StartFill begins to fill an archive, which must be empty. Done must be called
// in the end.
func (s *Store) StartFill(ctx context.Context) (*Fill, error) {
	if games, err := s.After(ctx, 0, 1); err != nil || len(games) > 0 {
		return nil, fmt.Errorf("fill: the archive must be empty and readable: %w", err)
	}
	return &Fill{s}, s.execute(ctx, func(yield func(string) bool) {
		for _, i := range lateIndexes {
			if !yield("DROP INDEX IF EXISTS " + i.name) {
				return
			}
		}
	})
}

func (s *Store) execute(ctx context.Context, statements func(func(string) bool)) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (_, err error) {
		for statement := range statements {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return nil, err
			}
		}
		return nil, nil
	})
}

// Games stores games that carry their numbers, in order, without a history.
func (f *Fill) Games(ctx context.Context, all []archive.Finished) error {
	games, records := make([][]any, 0, len(all)), make([][]any, 0, len(all))
	for i := range all {
		row, err := gameRow(&all[i].Game)
		if err != nil {
			return err
		}
		games, records = append(games, row), append(records, []any{all[i].Game.Number, all[i].Blob})
	}
	return f.s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (_, err error) {
		if err := intoGames.rows(ctx, tx, games); err != nil {
			return nil, err
		}
		return nil, intoRecords.rows(ctx, tx, records)
	})
}

// Line is a row of a history.
type Line struct {
	User account.ID
	Seat game.Seat
	Game *archive.Game
}

// History stores rows of histories, best ordered by user and end.
func (f *Fill) History(ctx context.Context, all []Line) error {
	rows := make([][]any, 0, len(all))
	for _, l := range all {
		g := l.Game
		rows = append(rows, []any{string(l.User), stamp(g.Ended), g.Number, int64(l.Seat), int64(g.Result(l.Seat)), bit(g.Rated),
			string(g.Ladder()), string(g.Opponent(l.Seat).ID)})
	}
	return f.s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (_, err error) { return nil, intoHistory.rows(ctx, tx, rows) })
}

// People stores ratings, statistics and openings as they are.
func (f *Fill) People(ctx context.Context, rated []archive.Rated, stats []archive.Stats, openings []archive.OpeningStats) error {
	ratings, days := ratingRows(rated)
	return f.s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (_, err error) {
		if err := intoRatings.rows(ctx, tx, ratings); err != nil {
			return nil, err
		}
		if err := intoRatingDays.rows(ctx, tx, days); err != nil {
			return nil, err
		}
		return nil, writeStats(ctx, tx, stats, openings)
	})
}

// Done makes the indexes, and lets the archive go on behind the last number.
func (f *Fill) Done(ctx context.Context, last int64) error {
	if f.s.dialect.grouped {
		if err := f.s.sortIn(ctx, "FILE"); err != nil {
			return err
		}
	}
	return f.s.execute(ctx, func(yield func(string) bool) {
		for _, i := range lateIndexes {
			if !yield("CREATE " + i.on) {
				return
			}
		}
		if yield(fmt.Sprintf("UPDATE numbering SET last = %d WHERE id = 1", last)) {
			yield("ANALYZE")
		}
	})
}

// Size returns how many bytes the database takes.
func (s *Store) Size(ctx context.Context) (int64, error) {
	var size int64
	if s.dialect.grouped {
		var pages, each int64
		if err := s.read.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
			return 0, err
		}
		err := s.read.QueryRowContext(ctx, "PRAGMA page_size").Scan(&each)
		return pages * each, err
	}
	err := s.read.QueryRowContext(ctx, "SELECT pg_database_size(current_database())").Scan(&size)
	return size, err
}
