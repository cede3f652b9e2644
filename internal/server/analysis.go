package server

import (
	"context"
	"sync"

	"kibitz/internal/analysis"
	"kibitz/internal/games"
	"kibitz/internal/uci"
)

// reviewHashMB is the memory of the engine that reviews.
const reviewHashMB = 64

// reviews is the queue of reviews with the engine behind it.
type reviews struct {
	*analysis.Queue
	engine *reviewEngine // nil without one
}

// openReviews makes the queue. With an engine for the house there is one more
// process of it for reviews, so that neither waits for the other.
func (s *Server) openReviews(source analysis.Games) *reviews {
	r, reviewer := &reviews{}, &games.Reviewer{}
	if path := s.house.path; path != "" {
		r.engine = &reviewEngine{path: path}
		reviewer.Engine = r.engine
	}
	r.Queue = analysis.New(analysis.Config{
		Store: s.stores.archive, Games: source, Reviewer: reviewer, Engine: r.engine != nil, Log: s.cfg.Log,
	})
	return r
}

// review works the queue off until ctx is done: in a cluster one node with an
// engine does, and another when it has ended. The queue is in the database, so
// that it does not matter which node was asked.
func (s *Server) review(ctx context.Context) {
	if s.reviews.HasEngine() {
		s.alone(ctx, "reviews", s.reviews.Run)
	}
}

// Close ends the engine.
func (r *reviews) Close() {
	if r != nil && r.engine != nil {
		r.engine.Close()
	}
}

// reviewEngine is an engine that is started for the first review.
type reviewEngine struct {
	path string

	mu     sync.Mutex
	engine *uci.Engine
	closed bool
}

// Go implements games.ReviewEngine.
func (e *reviewEngine) Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error) {
	engine, err := e.open(ctx)
	if err != nil {
		return uci.Reply{}, err
	}
	return engine.Go(ctx, p, l)
}

func (e *reviewEngine) open(ctx context.Context) (*uci.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, uci.ErrClosed
	}
	if e.engine == nil {
		engine, err := uci.Open(ctx, e.path, uci.Options{HashMB: reviewHashMB})
		if err != nil {
			return nil, err
		}
		e.engine = engine
	}
	return e.engine, nil
}

// Name implements games.ReviewEngine.
func (e *reviewEngine) Name() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.engine == nil {
		return ""
	}
	return e.engine.Name()
}

// Close ends the engine, if it was started.
func (e *reviewEngine) Close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.closed = true
	if e.engine != nil {
		e.engine.Close()
	}
}
