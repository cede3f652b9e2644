package archive

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/rating"
)

// Rating is how strong a user is on a ladder.
type Rating struct {
	User   account.ID
	Ladder Ladder
	rating.Rating
	// Games counts the rated games.
	Games int
	// At is the end of the last one.
	At time.Time
}

// RatingPoint is the rating after the last rated game of a day.
type RatingPoint struct {
	// Day counts days of Unix time, UTC.
	Day    int
	Rating float64
	// Deviation is what the rating is known to.
	Deviation float64
}

// AllDays is more than any chart has: 500 years.
const AllDays = 200_000

// Day returns the day of a RatingPoint for a time.
func Day(at time.Time) int { return int(at.Unix() / (24 * 60 * 60)) }

// Ranking asks for the best of a ladder.
type Ranking struct {
	Ladder Ladder
	// MaxDeviation leaves out who is not known well enough.
	MaxDeviation float64
	// Since leaves out who has not played a rated game since then.
	Since time.Time
	// N is how many are wanted.
	N int
}

// Ratings is where ratings are read. It is safe for concurrent use.
type Ratings interface {
	// Ratings returns the ratings of a user on all ladders, by ladder; none
	// for who has played no rated game.
	Ratings(ctx context.Context, user account.ID) ([]Rating, error)
	// Rating returns the rating on one ladder: rating.Start and no games for
	// who has none.
	Rating(ctx context.Context, user account.ID, l Ladder) (Rating, error)
	// RatingDays returns the last n days of a chart in order, at most AllDays:
	// who asks for few reads few.
	RatingDays(ctx context.Context, user account.ID, l Ladder, n int) ([]RatingPoint, error)
	// Leaders returns the best whose accounts are not closed, the best first.
	Leaders(ctx context.Context, r Ranking) ([]Rating, error)
}

// Rated is what one game did to the ratings of its two players.
type Rated struct {
	// Game has the rounded ratings in its Players.
	Game Game
	// After are the players' ratings behind the game, by seat.
	After [2]Rating
}

// RatingBook is where the ratings projection writes. It is safe for concurrent
// use.
type RatingBook interface {
	Ratings
	// Through returns the number of the last game that a projection has done.
	Through(ctx context.Context, projection string) (int64, error)
	// Rate stores, all or nothing, what the games of a span did, in order.
	// When the projection is not where the span begins, it is refused with
	// ErrTwice, and nothing is stored.
	Rate(ctx context.Context, s Span, all []Rated) error
}

// Span is the games with a number over From, up to Through.
type Span struct{ From, Through int64 }

// Names of the projections, under which their positions are stored.
const (
	ProjectArchive = "archiver"
	ProjectRatings = "ratings"
	ProjectStats   = "stats"
	ProjectErase   = "erase"
	ProjectFacets  = "facets"
)
