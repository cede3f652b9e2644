package uci_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"kibitz/internal/uci"
)

// needEngine returns the path of Stockfish.
func needEngine(tb testing.TB) string {
	tb.Helper()
	path, err := uci.Find()
	if err != nil {
		tb.Skip(err)
	}
	return path
}

func openReal(tb testing.TB) *uci.Engine {
	tb.Helper()
	e, err := uci.Open(tb.Context(), needEngine(tb), uci.Options{Handshake: time.Minute})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(e.Close)
	return e
}

const startFEN = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"

func TestStockfishSearches(t *testing.T) {
	e := openReal(t)
	rows := []struct {
		name     string
		position uci.Position
		limits   uci.Limits
		best     string
		mate     int
	}{
		{"mate in one", uci.Position{FEN: "6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1"}, uci.Limits{Depth: 5}, "a1a8", 1},
		{"mate in one, after moves", uci.Position{FEN: "6k1/5ppp/8/8/8/8/8/R2K4 w - - 0 1", Moves: []string{"d1e1", "g8h8"}}, uci.Limits{Nodes: 5000}, "a1a8", 1},
		{"the mated side", uci.Position{FEN: "6k1/8/6K1/8/8/8/8/R7 b - - 0 1"}, uci.Limits{Depth: 8}, "", -2},
		{"mate on the board", uci.Position{FEN: "R5k1/5ppp/8/8/8/8/8/4K3 b - - 0 1"}, uci.Limits{Depth: 5}, "none", -1},
		{"castling in Chess960 takes the rook", uci.Position{FEN: "k7/pp6/8/8/8/8/8/4KR2 w F - 0 1", Chess960: true}, uci.Limits{Depth: 1}, "", 0},
		{"by time", uci.Position{FEN: startFEN}, uci.Limits{MoveTime: time.Millisecond}, "", 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, err := e.Go(t.Context(), row.position, row.limits)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case row.best == "none" && r.Best != "", row.best == "" && r.Best == "":
				t.Errorf("got the move %q", r.Best)
			case row.best != "" && row.best != "none" && r.Best != row.best:
				t.Errorf("got %q, want %q", r.Best, row.best)
			}
			if row.mate != 0 && r.Info.Score.Mate != row.mate {
				t.Errorf("got %+v, want mate in %d", r.Info, row.mate)
			}
			if r.Best != "" && row.limits.MoveTime == 0 && (r.Info.Depth == 0 || len(r.Info.PV) == 0) {
				t.Errorf("got no report: %+v", r.Info)
			}
		})
	}
}

// TestStockfishCastles forces castling, in the notation that was asked for.
func TestStockfishCastles(t *testing.T) {
	e := openReal(t)
	for chess960, castling := range map[bool]string{false: "e1g1", true: "e1h1"} {
		p := uci.Position{FEN: "4k3/8/8/8/8/8/8/4K2R w K - 0 1", Moves: []string{castling}, Chess960: chess960}
		r, err := e.Go(t.Context(), p, uci.Limits{Depth: 4})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains([]string{"e8d7", "e8e7", "e8d8"}, r.Best) {
			t.Errorf("Chess960 %v: got %q; the engine did not see the castling", chess960, r.Best)
		}
	}
}

func TestStockfishOptions(t *testing.T) {
	e := openReal(t)
	rows := []struct {
		name, option, value string
		want                error
	}{
		{"a level", "Skill Level", "3", nil},
		{"in other letters", "skill level", "3", nil},
		{"held down", "UCI_LimitStrength", "true", nil},
		{"too much", "Skill Level", "21", uci.ErrOption},
		{"no number", "Skill Level", "high", uci.ErrOption},
		{"neither true nor false", "UCI_LimitStrength", "yes", uci.ErrOption},
		{"unknown", "Style", "bold", uci.ErrOption},
		{"another command", "Debug Log File", "x\nquit", uci.ErrOption},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r, err := e.Go(t.Context(), uci.Position{FEN: startFEN}, uci.Limits{Nodes: 500, Options: map[string]string{row.option: row.value}})
			if !errors.Is(err, row.want) || row.want == nil && r.Best == "" {
				t.Errorf("got %q and %v, want %v", r.Best, err, row.want)
			}
		})
	}
	if !e.Announces("Skill Level") || e.Announces("Style") {
		t.Error("the announced options are wrong")
	}
}

func TestStockfishStopsWithItsContext(t *testing.T) {
	e := openReal(t)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := e.Go(ctx, uci.Position{FEN: startFEN}, uci.Limits{MoveTime: time.Hour})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	r, err := e.Go(t.Context(), uci.Position{FEN: startFEN}, uci.Limits{Depth: 1})
	if err != nil || r.Best == "" {
		t.Errorf("afterwards: got %q, %v", r.Best, err)
	}
}

func TestPoolServesManyWithFew(t *testing.T) {
	pool, err := uci.OpenPool(t.Context(), needEngine(t), 2, uci.Options{Handshake: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	errs := make(chan error)
	for i := range 8 {
		go func() {
			options := map[string]string{"Skill Level": []string{"0", "20"}[i%2]}
			_, err := pool.Go(t.Context(), uci.Position{FEN: startFEN, Chess960: i%3 == 0}, uci.Limits{Nodes: 1000, Options: options})
			errs <- err
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
