package host

import (
	"context"
	"errors"

	"kibitz/internal/table"
)

// Archive has the finished games that the journal may have forgotten. It is
// safe for concurrent use.
type Archive interface {
	// Records returns the records of a finished game from the first one on, or
	// table.ErrUnknownTable.
	Records(ctx context.Context, id table.ID) ([]table.Record, error)
	// Has reports whether a finished game has the id.
	Has(ctx context.Context, id table.ID) (bool, error)
}

// noArchive is empty.
type noArchive struct{}

func (noArchive) Records(context.Context, table.ID) ([]table.Record, error) {
	return nil, table.ErrUnknownTable
}

func (noArchive) Has(context.Context, table.ID) (bool, error) { return false, nil }

// Holds reports whether a table is in memory: whether somebody looks at it, or
// did lately, or its game runs.
func (h *Host) Holds(id table.ID) bool { return h.find(id) != nil }

// records reads a table from wherever it is. Archived says that the journal has
// forgotten it: nothing can be added any more.
func (h *Host) records(ctx context.Context, id table.ID) (records []table.Record, archived bool, err error) {
	records, err = h.cfg.Journal.Read(ctx, id, 0)
	if !errors.Is(err, table.ErrUnknownTable) {
		return records, false, err
	}
	records, err = h.cfg.Archive.Records(ctx, id)
	return records, true, err
}
