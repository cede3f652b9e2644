package httpapi

import (
	"net/http"

	"kibitz/internal/wire"
)

// level is one strength of the house.
type level struct {
	Level int    `json:"level"`
	Name  string `json:"name"`
}

// getHouse lists the house players.
func (s *Server) getHouse(w http.ResponseWriter, _ *http.Request) {
	levels := make([]level, 0, len(s.cfg.House))
	for _, p := range s.cfg.House {
		levels = append(levels, level{Level: p.House, Name: p.Name})
	}
	answer(w, http.StatusOK, map[string]any{"levels": levels})
}

// getHealth answers while the server can keep its promises.
func (s *Server) getHealth(w http.ResponseWriter, _ *http.Request) {
	s.condition(w, s.cfg.Host.Healthy())
}

// getReady answers whether the server takes players.
func (s *Server) getReady(w http.ResponseWriter, _ *http.Request) {
	err := s.cfg.Host.Healthy()
	if err == nil {
		err = s.cfg.Ready()
	}
	s.condition(w, err)
}

// condition says no more than that all is well, or that it is not.
func (s *Server) condition(w http.ResponseWriter, err error) {
	if err == nil {
		answer(w, http.StatusOK, map[string]bool{"ok": true})
		return
	}
	s.cfg.Log.Warn("not ready", "err", err)
	writeProblem(w, wire.Explain(wire.ErrBusy))
}
