package analysis

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/export"
	"kibitz/internal/table"
)

// Store keeps jobs and reports. It is safe for concurrent use; what it returns
// nil for is on stable storage.
type Store interface {
	// AddJob stores a job unless there is one for that game, which it returns.
	// It fails with ErrTooMany when the user, or everybody together, has as
	// many jobs as the limits say.
	AddJob(ctx context.Context, j Job, l Limits) (Job, error)
	// Job returns the job for a game, or ErrNone, and how many come before it.
	Job(ctx context.Context, id table.ID) (j Job, ahead int, err error)
	// BeginJob counts a try of the first job, and returns it; ErrNone when
	// there is none.
	BeginJob(ctx context.Context) (Job, error)
	// DropJob removes the job for a game, if there is one.
	DropJob(ctx context.Context, id table.ID) error
	// Report returns the report on a game, or ErrNone.
	Report(ctx context.Context, id table.ID) (Stored, error)
	// SaveReport stores a report, and removes the job for the game if the
	// report is the server's. It fails with ErrDone where there is a report
	// that is not worth less: one of a client gives way to the server's only.
	SaveReport(ctx context.Context, r Stored) error
}

// Stored is a report as a Store keeps it.
type Stored struct {
	Table table.ID
	By    Origin
	// User is who sent a report of a client.
	User account.ID
	At   time.Time
	// Body is the Report as JSON.
	Body []byte
}

// Limits bound the jobs that wait.
type Limits struct{ PerUser, Total int }

// Reviewer judges games.
type Reviewer interface {
	// Review looks at every position of a finished game. It calls progress
	// after each, and ends early with the error of ctx.
	Review(ctx context.Context, g *export.Game, progress func(done int)) (*Report, error)
	// Check makes the report of a client whole: its evaluations are taken, and
	// all that follows from them is worked out anew. What does not fit the game
	// is refused with ErrReport.
	Check(g *export.Game, r *Report) (*Report, error)
}

// Games finds the game of a table, running or finished; archive.ErrUnknown for
// none.
type Games interface {
	Game(ctx context.Context, id table.ID) (*export.Game, error)
}
