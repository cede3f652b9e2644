package server

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

var people = []table.Player{{ID: "AnnAnnAnnAnn", Name: "Ann"}, {ID: "BobBobBobBob", Name: "Bob"}}

// serve starts a server on a folder, and returns how to stop it.
func serve(t *testing.T, dir string) (*Server, func()) {
	t.Helper()
	return serveAt(t, Config{Data: dir})
}

// serveAt starts a server that says nothing.
func serveAt(t *testing.T, cfg Config) (*Server, func()) {
	t.Helper()
	cfg.Log = slog.New(slog.DiscardHandler)
	s, err := Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	stopped := false
	stop := func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	until(t, "the server is ready", s.ready.Load)
	return s, stop
}

// until waits for what comes in its own time.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 12_000 { // a slow machine, and the race detector
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("waited in vain: %s", what)
}

// playScholarsMate plays a rated game that White wins in 7 plies.
func playScholarsMate(t *testing.T, h *host.Host) table.ID {
	t.Helper()
	id, err := h.Create(t.Context(), table.Setup{
		Kind: "chess", Control: clock.Control{Initial: 3 * time.Minute}, Origin: table.OriginPool, Rated: true, Seats: people,
	})
	if err != nil {
		t.Fatal(err)
	}
	for ply, uci := range []string{"e2e4", "e7e5", "d1h5", "b8c6", "f1c4", "g8f6", "h5f7"} {
		do(t, h, table.Command{
			Table: id, Actor: people[ply%2], ID: table.ActionID(fmt.Sprintf("m%d", ply)), Type: "move",
			Data: fmt.Appendf(nil, `{"uci":%q}`, uci),
		})
	}
	return id
}

func do(t *testing.T, h *host.Host, cmd table.Command) {
	t.Helper()
	cmd.Report = clock.NoReport()
	if _, err := h.Do(t.Context(), cmd); err != nil {
		t.Fatalf("%s %s: %v", cmd.Type, cmd.Data, err)
	}
}

// TestArchiveOfAGame follows one game from the board into history, ratings and
// statistics, out of the journal, and back.
func TestArchiveOfAGame(t *testing.T) {
	dir := t.TempDir()
	s, stop := serve(t, dir)
	id := playScholarsMate(t, s.host)
	do(t, s.host, table.Command{Table: id, Actor: people[0], ID: "c", Type: "chat", Data: []byte(`{"preset":"gg"}`)})
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		t.Fatal(err)
	}
	library := s.library(catalog)
	until(t, "the game is counted, and its chat archived", func() bool {
		all, err := s.stores.archive.Stats(t.Context(), people[0].ID)
		if err != nil || len(all) == 0 {
			return false
		}
		records, err := library.Records(t.Context(), id)
		return err == nil && records[len(records)-1].Type == "table.chat"
	})
	wantArchived(t, s, id)
	events, err := s.host.Events(t.Context(), id, game.Spectator)
	if err != nil {
		t.Fatal(err)
	}
	stop()

	s, _ = serve(t, dir)
	if err := s.stores.journal.Forget(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	wantForgotten(t, s, id, len(events))
}

func wantArchived(t *testing.T, s *Server, id table.ID) {
	t.Helper()
	db := s.stores.archive
	g, err := db.Game(t.Context(), id)
	if err != nil || g.Status != "mate" || g.Plies != 7 || g.Winners != game.SeatSet(0) || g.Speed != clock.Blitz || g.Variant != game.Standard {
		t.Errorf("game: %+v, %v", g, err)
	}
	if g.Players[0].After <= g.Players[0].Before || g.Players[1].After >= g.Players[1].Before || !g.Players[0].Provisional {
		t.Errorf("ratings of the game: %+v", g.Players)
	}
	if g.Opening.Name == "" {
		t.Error("the opening has no name")
	}
	for i, want := range []archive.Result{archive.Win, archive.Loss} {
		entries, _, err := db.History(t.Context(), people[i].ID, archive.Filter{}, archive.Page{Size: 10})
		if err != nil || len(entries) != 1 || entries[0].Result != want || entries[0].Game.ID != id {
			t.Errorf("history of %s: %+v, %v", people[i].Name, entries, err)
		}
		ratings, err := db.Ratings(t.Context(), people[i].ID)
		if err != nil || len(ratings) != 1 || ratings[0].Games != 1 || ratings[0].Rounded() != g.Players[i].After {
			t.Errorf("ratings of %s: %+v, %v", people[i].Name, ratings, err)
		}
	}
	moves, err := db.Moves(t.Context(), id)
	if err != nil || len(moves) != 0 {
		t.Errorf("a finished game has %d live moves, %v", len(moves), err)
	}
}

// wantForgotten looks at a game that only the archive has.
func wantForgotten(t *testing.T, s *Server, id table.ID, records int) {
	t.Helper()
	events, err := s.host.Events(t.Context(), id, game.Spectator)
	if err != nil || len(events) != records {
		t.Errorf("it has %d events, %v; want %d", len(events), err, records)
	}
	snapshot, err := s.host.Snapshot(t.Context(), id, game.Spectator)
	if err != nil || snapshot.Seq != table.Seq(records) {
		t.Errorf("it has a snapshot of record %d, %v; want %d", snapshot.Seq, err, records)
	}
	cmd := table.Command{Table: id, Actor: people[0], ID: "d", Type: "chat", Data: []byte(`{"preset":"gg"}`)}
	if _, err := s.host.Do(t.Context(), cmd); err == nil {
		t.Error("it took a line of chat")
	}
}
