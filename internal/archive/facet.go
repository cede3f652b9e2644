package archive

import (
	"context"

	"kibitz/internal/account"
)

// Facet is something by which games are counted. It is stored; never rename
// one.
type Facet string

// The facets. Seats have the names of their colors at tables of two, and are
// not counted at others.
const (
	ByColor   Facet = "color"
	ByControl Facet = "control" // as clock.Control prints
)

// FacetScore counts the games of a user of one kind. Void games do not count.
type FacetScore struct {
	User  account.ID
	Facet Facet
	Value string
	Score
}

// Facets is where games are counted by facets. It is safe for concurrent use.
type Facets interface {
	// Through returns the number of the last game that a projection has done.
	Through(ctx context.Context, projection string) (int64, error)
	// FacetScores returns the n values of a facet that a user played most, the
	// most played first.
	FacetScores(ctx context.Context, user account.ID, by Facet, n int) ([]FacetScore, error)
	// AddFacets adds, all or nothing, the games of a span. When the projection
	// is not where the span begins, it is refused with ErrTwice, and nothing is
	// stored.
	AddFacets(ctx context.Context, s Span, all []FacetScore) error
}
