package server

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"kibitz/internal/uci"
)

// engine is a UCI engine that starts in the background, so that the server
// answers before it is there.
type engine struct {
	open func() (*uci.Pool, error)
}

// startEngine begins to start the engine at a path. That it cannot be started
// is logged; whoever uses it then gets the error.
func startEngine(path string, log *slog.Logger) *engine {
	e := &engine{sync.OnceValues(func() (*uci.Pool, error) {
		pool, err := uci.OpenPool(context.Background(), path, 1, uci.Options{})
		if err != nil {
			log.Error("the strong house players have no engine", "path", path, "err", err)
			return nil, fmt.Errorf("engine %s: %w", path, err)
		}
		return pool, nil
	})}
	go func() { _, _ = e.open() }() // Close waits for it
	return e
}

// Go implements games.Engine.
func (e *engine) Go(ctx context.Context, p uci.Position, l uci.Limits) (uci.Reply, error) {
	pool, err := e.open()
	if err != nil {
		return uci.Reply{}, err
	}
	return pool.Go(ctx, p, l)
}

// Announces implements games.Engine.
func (e *engine) Announces(option string) bool {
	pool, err := e.open()
	return err == nil && pool.Announces(option)
}

// Close ends the engine, if it was started.
func (e *engine) Close() {
	if pool, err := e.open(); err == nil {
		pool.Close()
	}
}
