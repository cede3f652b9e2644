package host

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Recover reads the journal, takes the running tables into memory with their
// clocks held since the former life of the node, and begins to serve. It must
// be called once. Until it returns, everybody gets ErrStarting. A host that
// shares its journal begins with no table.
func (h *Host) Recover(ctx context.Context) error {
	if h.cfg.Shared {
		return h.serve(nil)
	}
	alive, err := h.cfg.Pulse.Last()
	if err != nil {
		return fmt.Errorf("recover: pulse: %w", err)
	}
	tables, err := h.scan(ctx)
	if err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	since := func(t *table.Table, now time.Time) ([]table.Record, error) { return t.Claim(alive, now) }
	if tables, err = h.claim(ctx, tables, since); err != nil {
		return fmt.Errorf("recover: %w", err)
	}
	// The first beat comes after the claims: a crash before it finds the
	// former life's last beat again.
	if err := h.cfg.Pulse.Beat(h.now()); err != nil {
		return fmt.Errorf("recover: pulse: %w", err)
	}
	return h.serve(tables)
}

// serve hands out the tables, starts what runs as long as the host, and opens
// the gate.
func (h *Host) serve(tables []*table.Table) error {
	h.gate.Lock()
	defer h.gate.Unlock()
	if h.phase != starting {
		return ErrStopping
	}
	for _, t := range tables {
		_ = h.keeper(t.ID()).push(recovered{t}, unbounded) // it is new, and takes it
	}
	h.loops.Go(func() { h.alarms.run(h.life) })
	h.loops.Go(func() { h.beat(h.life) })
	h.loops.Go(func() { h.watchStalls(h.life) })
	if h.cfg.Shared {
		h.loops.Go(func() { h.note(h.life) })
		h.loops.Go(func() { h.carry(h.life) })
	}
	h.phase = serving
	return nil
}

// recovered brings a keeper its table after a restart.
type recovered struct{ t *table.Table }

func (r recovered) handle(k *keeper) {
	k.adopt(r.t)
	k.outage.begin(k)
}

func (recovered) refuse(*keeper, error) {}

// beat notes that the node is alive, while it can do something for a player.
func (h *Host) beat(ctx context.Context) {
	ticker := time.NewTicker(h.cfg.BeatEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		if h.Healthy() != nil {
			continue
		}
		if err := h.cfg.Pulse.Beat(h.now()); err != nil {
			h.cfg.Log.Error("the pulse stumbles", "err", err)
		}
	}
}

// claimers is how many tables are claimed at a time, so that the journal can
// write them in groups.
const claimers = 1024

// claim is how a table is taken over: by records that it makes, perhaps none.
type claim func(t *table.Table, now time.Time) ([]table.Record, error)

// claim takes tables over, and returns those that are ours.
func (h *Host) claim(ctx context.Context, tables []*table.Table, by claim) ([]*table.Table, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	todo := make(chan int)
	var done sync.WaitGroup
	for range min(claimers, len(tables)) {
		done.Go(func() {
			for i := range todo {
				var err error
				if tables[i], err = h.claimOne(ctx, tables[i], by); err != nil {
					cancel(err)
				}
			}
		})
	}
	for i := range tables {
		todo <- i
	}
	close(todo)
	done.Wait()
	ours := slices.DeleteFunc(tables, func(t *table.Table) bool { return t == nil })
	return ours, context.Cause(ctx)
}

// claimTries is how often a table is claimed that the former owner still writes
// to.
const claimTries = 8

// claimOne claims a table, and reads it again when somebody has written to it
// since it was read. It returns nil for one that another host has.
func (h *Host) claimOne(ctx context.Context, t *table.Table, by claim) (*table.Table, error) {
	id := t.ID()
	for range claimTries {
		if ctx.Err() != nil {
			return nil, nil
		}
		records, err := by(t, h.now())
		if errors.Is(err, table.ErrConflict) {
			return nil, nil
		}
		if err == nil {
			err = h.append(ctx, t, records)
		}
		if err == nil {
			return t, nil
		}
		if !errors.Is(err, table.ErrConflict) {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		h.cfg.Log.Warn("somebody else writes to a table", "table", id)
		if t, err = h.reread(ctx, id); err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
	}
	return nil, nil
}

func (h *Host) reread(ctx context.Context, id table.ID) (*table.Table, error) {
	records, err := h.cfg.Journal.Read(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	return table.Load(h.cfg.Catalog, records)
}

// append stores records of a table that nobody looks at yet.
func (h *Host) append(ctx context.Context, t *table.Table, records []table.Record) error {
	if len(records) == 0 {
		return nil
	}
	if err := h.cfg.Journal.Append(ctx, t.ID(), t.Seq(), records); err != nil {
		return err
	}
	_, err := t.Apply(records, nil)
	return err
}
