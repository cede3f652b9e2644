package archive

import (
	"context"

	"kibitz/internal/account"
)

// Standings tells how many there are, where a page does not. It is safe for
// concurrent use.
type Standings interface {
	// Ranked returns the ratings of all whom Leaders would return if N were
	// large enough, the best first.
	Ranked(ctx context.Context, r Ranking) ([]float64, error)
	// HistorySize counts the games that History returns behind a place, on all
	// pages together.
	HistorySize(ctx context.Context, user account.ID, f Filter, before Cursor) (int, error)
}
