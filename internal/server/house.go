package server

import (
	"context"
	"errors"
	"fmt"

	"kibitz/internal/games"
	"kibitz/internal/uci"
)

// house is the house players, with the engine behind the strong ones.
type house struct {
	*games.House
	engines *uci.Pool // nil without an engine
}

// openHouse starts the engine that the configuration asks for. One that was
// named must work; one that was only looked for may be missing.
func openHouse(ctx context.Context, cfg Config) (*house, error) {
	h := &house{}
	played := games.HouseConfig{Log: cfg.Log}
	path, err := enginePath(cfg)
	if err != nil {
		return nil, err
	}
	if path != "" {
		h.engines, err = uci.OpenPool(ctx, path, 1, uci.Options{})
		if err != nil {
			return nil, fmt.Errorf("%w: engine %s: %w", ErrConfig, path, err)
		}
		played.Engine = h.engines
	}
	h.House = games.NewHouse(played)
	return h, nil
}

// enginePath returns the engine to use, and nothing for none.
func enginePath(cfg Config) (string, error) {
	switch cfg.Engine {
	case "", "none":
		return "", nil
	case "auto":
		path, err := uci.Find()
		if errors.Is(err, uci.ErrNotFound) {
			cfg.Log.Info("no strong house players", "why", err)
			return "", nil
		}
		return path, err
	}
	return cfg.Engine, nil
}

// Close ends the engine.
func (h *house) Close() {
	if h.engines != nil {
		h.engines.Close()
	}
}
