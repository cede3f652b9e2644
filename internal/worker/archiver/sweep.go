package archiver

import (
	"context"
	"errors"
	"sync"

	"kibitz/internal/archive"
	"kibitz/internal/table"
	"kibitz/internal/worker"
)

// sweepSize is how many tables one step of a sweep looks at, and sweepers how
// many are forgotten at a time, so that the journal can write them in groups.
const (
	sweepSize = 1024
	sweepers  = 64
)

// Sweep returns the step that lets the journal forget finished games, once
// they are archived and nobody uses them.
func (a *Archiver) Sweep() worker.Step { return sweep{a} }

type sweep struct{ *Archiver }

// Name implements worker.Step.
func (sweep) Name() string { return "forget" }

// Step implements worker.Step.
func (s sweep) Step(ctx context.Context) (more bool, err error) {
	s.work.Lock()
	defer s.work.Unlock()
	ripe, err := s.cfg.Store.Ripe(ctx, s.cfg.Now().Add(-s.cfg.Settle), sweepSize)
	if err != nil || len(ripe) == 0 {
		return false, err
	}
	gone, err := s.forget(ctx, ripe)
	if len(gone) > 0 {
		err = errors.Join(err, s.cfg.Store.Release(ctx, gone))
	}
	return err == nil && len(ripe) == sweepSize && len(gone) > 0, err
}

// forget lets the journal forget tables, and returns which.
func (s sweep) forget(ctx context.Context, ripe []archive.Live) ([]table.ID, error) {
	var mu sync.Mutex
	var gone []table.ID
	var failures error
	var running sync.WaitGroup
	turns := make(chan struct{}, sweepers)
	for _, l := range ripe {
		turns <- struct{}{}
		running.Go(func() {
			defer func() { <-turns }()
			forgotten, err := s.forgetOne(ctx, l)
			mu.Lock()
			defer mu.Unlock()
			failures = errors.Join(failures, err)
			if forgotten {
				gone = append(gone, l.Table)
			}
		})
	}
	running.Wait()
	return gone, failures
}

// forgetOne lets the journal forget one table, unless somebody uses it or it
// has records that the archive has not seen.
func (s sweep) forgetOne(ctx context.Context, l archive.Live) (bool, error) {
	if s.cfg.Busy(l) {
		return false, nil
	}
	unseen, err := s.cfg.Journal.Read(ctx, l.Table, l.Seq)
	switch {
	case errors.Is(err, table.ErrUnknownTable):
		return true, nil
	case err != nil || len(unseen) > 0:
		return false, err
	}
	if err := s.cfg.Journal.Forget(ctx, l.Table); err != nil {
		return false, err
	}
	return true, nil
}
