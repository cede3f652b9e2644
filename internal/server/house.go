package server

import (
	"errors"
	"fmt"
	"os"

	"kibitz/internal/games"
	"kibitz/internal/uci"
)

// house is the house players, with the engine behind the strong ones.
type house struct {
	*games.House
	engine *engine // nil without one
	path   string  // of the engine, empty without one
}

// openHouse starts the engine that the configuration asks for. One that is
// named must be there; one that is only looked for may be missing.
func openHouse(cfg Config) (*house, error) {
	h := &house{}
	played := games.HouseConfig{Log: cfg.Log}
	path, err := enginePath(cfg)
	if err != nil {
		return nil, fmt.Errorf("%w: engine: %w", ErrConfig, err)
	}
	if h.path = path; path != "" {
		h.engine = startEngine(path, cfg.Log)
		played.Engine = h.engine
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
	_, err := os.Stat(cfg.Engine)
	return cfg.Engine, err
}

// Close ends the engine.
func (h *house) Close() {
	if h.engine != nil {
		h.engine.Close()
	}
}
