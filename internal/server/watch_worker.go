package server

import (
	"context"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/metrics"
)

// watchTime bounds what is asked of the database for one look at the metrics.
const watchTime = 2 * time.Second

// gaugeWorker shows how far the slow path is, and what it writes to.
func (w *watch) gaugeWorker(s *Server) {
	w.gaugeDatabase(s.stores.archive.Pool)
	w.metrics.Counter("worker_records_total", "Records of the journal that the worker has archived.",
		func() int64 { return s.worker.State().Records })
	w.metrics.Counter("worker_failures_total", "What the worker had to try again.",
		func() int64 { return s.worker.State().Failures })
	w.metrics.Projections(func() ([]metrics.Projection, error) {
		ctx, cancel := context.WithTimeout(context.Background(), watchTime)
		defer cancel()
		all, err := s.projections(ctx, time.Now())
		if err != nil {
			s.cfg.Log.Warn("no metrics of the worker", "err", err)
		}
		return all, err
	})
}

// projections returns how far each is.
func (s *Server) projections(ctx context.Context, now time.Time) ([]metrics.Projection, error) {
	db := s.stores.archive
	aside, err := db.SetAside(ctx)
	if err != nil {
		return nil, err
	}
	all := []metrics.Projection{}
	add := func(p metrics.Projection) {
		p.SetAside = aside[p.Name]
		all = append(all, p)
	}
	places, err := db.Positions(ctx, archive.ProjectArchive)
	if err != nil {
		return nil, err
	}
	state := s.worker.State()
	first := metrics.Projection{Name: archive.ProjectArchive, Behind: state.Held, Lag: state.Behind(now)}
	for _, at := range places {
		first.Position += int64(at)
	}
	add(first)
	for _, name := range []string{archive.ProjectRatings, archive.ProjectStats, archive.ProjectFacets} {
		p, err := db.Progress(ctx, name)
		if err != nil {
			return nil, err
		}
		one := metrics.Projection{Name: name, Position: p.Through, Behind: p.Last - p.Through}
		if !p.Oldest.IsZero() {
			one.Lag = max(0, now.Sub(p.Oldest))
		}
		add(one)
	}
	dealt, err := s.dealtSo(ctx, now)
	if err != nil {
		return nil, err
	}
	add(dealt)
	closing, err := db.Closing(ctx)
	add(metrics.Projection{Name: archive.ProjectErase, Behind: closing})
	return all, err
}
