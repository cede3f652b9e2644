package chips

import (
	"context"
	"errors"
	"time"

	"kibitz/internal/ledger"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// Round is a worker.Step that gives back chips which never came to a table: the
// server died between reserving them and writing the record that brings them.
type Round struct {
	Book    ledger.Book
	Journal Journal
	// Now is the time.
	Now func() time.Time
}

var _ worker.Step = (*Round)(nil)

// staleAtOnce is how many transfers one step looks at.
const staleAtOnce = 100

// Name implements worker.Step.
func (*Round) Name() string { return "chips" }

// Step implements worker.Step.
func (r *Round) Step(ctx context.Context) (more bool, err error) {
	stale, err := r.Book.Stale(ctx, r.Now().Add(-ledger.OpenAtMost), staleAtOnce)
	if err != nil {
		return false, err
	}
	back := 0
	for _, t := range stale {
		came, err := r.came(ctx, &t)
		if err != nil {
			return false, err
		}
		if came {
			continue // the projection will say so
		}
		if err := r.Book.Cancel(ctx, t.ID); err != nil {
			return false, err
		}
		back++
	}
	return back == staleAtOnce, nil
}

// came reports whether the journal has the record that brought the chips.
func (r *Round) came(ctx context.Context, t *ledger.Transfer) (bool, error) {
	id, ok := t.To.Table()
	if !ok {
		return true, nil
	}
	records, err := r.Journal.Read(ctx, id, 0)
	if errors.Is(err, table.ErrUnknownTable) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	for i := range records {
		if e := &records[i]; e.Action != "" && table.Voucher(id, e.Actor, e.Action) == t.ID {
			return true, nil
		}
	}
	return false, nil
}
