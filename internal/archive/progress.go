package archive

import (
	"context"
	"time"
)

// Progress is how far a projection of the games is.
type Progress struct {
	Projection string
	// Through is the number of the last game that is done, and Last that of
	// the last game there is.
	Through, Last int64
	// Oldest is the end of the first game that is not done; zero for none.
	Oldest time.Time
}

// Watch is what an operator wants to know of the archive. It is safe for
// concurrent use.
type Watch interface {
	// Progress returns how far a projection of the games is.
	Progress(ctx context.Context, projection string) (Progress, error)
	// SetAside counts what projections could not follow, by projection.
	SetAside(ctx context.Context) (map[string]int64, error)
	// Closing counts the closed accounts that games may still name.
	Closing(ctx context.Context) (int64, error)
}
