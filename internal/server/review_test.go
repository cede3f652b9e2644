package server

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"kibitz/internal/analysis"
	"kibitz/internal/table"
	"kibitz/internal/uci"
)

// TestReviewOfAGame asks a server with a real engine for the review of a game:
// while it runs there is none, and afterwards the engine finds the blunder.
func TestReviewOfAGame(t *testing.T) {
	path, err := uci.Find()
	if err != nil {
		t.Skip("stockfish is not installed: scripts/need.sh stockfish")
	}
	s, err := Open(Config{Data: t.TempDir(), Engine: path, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	until(t, "the server is ready", s.ready.Load)
	running := begin(t, s)
	do(t, s.host, table.Command{Table: running.id, Actor: people[0], ID: "m", Type: "move", Data: []byte(`{"uci":"e2e4"}`)})
	if _, err := s.reviews.Request(t.Context(), running.id, people[0].ID); !errors.Is(err, analysis.ErrRunning) {
		t.Errorf("got %v, want %v", err, analysis.ErrRunning)
	}
	id := playScholarsMate(t, s.host)
	if _, err := s.reviews.Request(t.Context(), id, people[0].ID); err != nil {
		t.Fatal(err)
	}
	until(t, "the review is done", func() bool {
		state, err := s.reviews.State(t.Context(), id)
		return err == nil && state.Status == "done"
	})
	r, err := s.reviews.Report(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if r.By != analysis.ByServer || !strings.Contains(r.Engine, "Stockfish") || r.Plies[5].Class != "blunder" || r.Sides[1].Blunder != 1 {
		t.Errorf("got %+v", r)
	}
}
