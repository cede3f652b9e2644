package server

import (
	"kibitz/internal/games"
)

// house is the house players, with the engine behind the strong ones.
type house struct {
	*games.House
}

// openHouse finds the engine that the configuration asks for.
func openHouse(cfg Config) (*house, error) {
	return &house{games.NewHouse(games.HouseConfig{Log: cfg.Log})}, nil
}

// Close ends the engine.
func (h *house) Close() error { return nil }
