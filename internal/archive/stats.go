package archive

import (
	"context"
	"errors"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// ErrTwice: a projection was asked to do a game that it has done.
var ErrTwice = errors.New("that game is done")

// Stats counts the games of a user on one ladder, or over all. Void games do
// not count.
type Stats struct {
	User   account.ID
	Ladder Ladder
	Score
	// Rated counts those of the games that changed ratings.
	Rated int
	Plies int64
	// Played is the time from the first moves to the ends.
	Played time.Duration
	// Streak is how many games were won in a row, or as a negative number,
	// lost; Best and Worst are its extremes.
	Streak, BestStreak, WorstStreak int
	// BestWin is the rated game won against the highest rating, if any.
	BestWin BestWin
	// Last is the end of the last game.
	Last time.Time
}

// BestWin is a rated game that was won.
type BestWin struct {
	// Number is that of the game, 0 for none.
	Number   int64
	Opponent string
	// Rating is the opponent's before the game.
	Rating int
}

// OpeningStats counts the games of a user with one opening.
type OpeningStats struct {
	User account.ID
	// Seat is the user's: White has seat 0.
	Seat    game.Seat
	Opening Opening
	Score
}

// Counts is where statistics are read. It is safe for concurrent use.
type Counts interface {
	// Stats returns the statistics of a user: over all first, then by ladder.
	// It is empty for who has played nothing.
	Stats(ctx context.Context, user account.ID) ([]Stats, error)
	// Openings returns the n most played openings of a user in a seat, the most
	// played first.
	Openings(ctx context.Context, user account.ID, seat game.Seat, n int) ([]OpeningStats, error)
}

// StatsBook is where the stats projection writes. It is safe for concurrent
// use.
type StatsBook interface {
	Counts
	// Through returns the number of the last game that a projection has done.
	Through(ctx context.Context, projection string) (int64, error)
	// Count stores, all or nothing, the statistics that hold after the games
	// of a span, and adds to the openings. When the projection is not where
	// the span begins, it is refused with ErrTwice, and nothing is stored.
	Count(ctx context.Context, s Span, stats []Stats, openings []OpeningStats) error
}
