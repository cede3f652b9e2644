package httpapi

import (
	"encoding/json"
	"fmt"
	"net/http"

	"kibitz/internal/account"
	"kibitz/internal/analysis"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// maxReport is the largest report of a client.
const maxReport = 1 << 20

// reviewAnswer is how things stand with the review of a game.
type reviewAnswer struct {
	Status string `json:"status"`
	// Engine says that a review by the server can be asked for.
	Engine bool `json:"engine"`
	// Ahead is for queued ones.
	Ahead *int `json:"ahead,omitempty"`
	// Done and Plies are for running ones.
	Done  *int `json:"done,omitempty"`
	Plies *int `json:"plies,omitempty"`
	// Mine is true for who asked for it.
	Mine   bool            `json:"mine,omitempty"`
	Why    string          `json:"why,omitempty"`
	Report json.RawMessage `json:"report,omitempty"`
}

func (s *Server) reviewAnswer(state analysis.State, me account.ID) reviewAnswer {
	a := reviewAnswer{
		Status: state.Status, Engine: s.lib.Reviews.HasEngine(), Why: state.Why,
		Mine: me != "" && state.User == me, Report: state.Report,
	}
	switch state.Status {
	case "queued":
		a.Ahead = &state.Ahead
	case "running":
		a.Done, a.Plies = &state.Done, &state.Plies
	}
	return a
}

// reviewed returns the id of a finished game, about which more may be said.
func (s *Server) reviewed(r *http.Request) (table.ID, error) {
	id, err := pathTable(r)
	if err != nil {
		return "", err
	}
	if s.lib.Reviews == nil {
		return "", analysis.ErrNoEngine
	}
	g, err := s.lib.game(r.Context(), id)
	if err == nil && !g.Over() {
		err = analysis.ErrRunning
	}
	return id, err
}

// getAnalysis tells how things stand with the review of a game.
func (s *Server) getAnalysis(w http.ResponseWriter, r *http.Request) {
	id, err := s.reviewed(r)
	var state analysis.State
	if err == nil {
		state, err = s.lib.Reviews.State(r.Context(), id)
	}
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	me := account.ID("")
	if login, err := s.login(r); err == nil {
		me = login.User.ID
	}
	answer(w, http.StatusOK, s.reviewAnswer(state, me))
}

// postAnalysis asks for a review.
func (s *Server) postAnalysis(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := s.reviewed(r)
	if err == nil {
		err = s.lib.reviews.take(me.User.ID, s.cfg.Now())
	}
	if err != nil {
		return nil, err
	}
	state, err := s.lib.Reviews.Request(r.Context(), id, me.User.ID)
	if err != nil {
		return nil, err
	}
	return s.reviewAnswer(state, me.User.ID), nil
}

// deleteAnalysis takes an own request back.
func (s *Server) deleteAnalysis(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := s.reviewed(r)
	if err == nil {
		err = s.lib.Reviews.Cancel(r.Context(), id, me.User.ID)
	}
	return nil, err
}

// putAnalysis takes the finished review of a browser.
func (s *Server) putAnalysis(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := s.reviewed(r)
	if err == nil {
		err = s.lib.reviews.take(me.User.ID, s.cfg.Now())
	}
	if err != nil {
		return nil, err
	}
	report := new(analysis.Report)
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxReport))
	if err := d.Decode(report); err != nil {
		return nil, fmt.Errorf("%w: the body is one report: %w", game.ErrMalformed, err)
	}
	return nil, s.lib.Reviews.Offer(r.Context(), id, me.User.ID, report)
}
