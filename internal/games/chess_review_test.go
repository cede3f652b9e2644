package games

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kibitz/internal/analysis"
	"kibitz/internal/chess"
	"kibitz/internal/chess/pgn"
	"kibitz/internal/export"
	exportpgn "kibitz/internal/export/pgn"
	"kibitz/internal/uci"
)

func gameOf(tb testing.TB, moves string) *export.Game {
	tb.Helper()
	text, err := pgn.NewReader(strings.NewReader(moves), pgn.Limits{ResultOptional: true}).Read()
	if err != nil {
		tb.Fatal(err)
	}
	g, err := exportpgn.Read(text, chess.NewRules(chess.DrawLichess))
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

// named is an engine of the tests with a name.
type named struct{ Engine }

func (named) Name() string { return "tester" }

// A real engine finds the two mistakes of the scholar's mate, and that Black
// was mated.
func TestReviewByARealEngine(t *testing.T) {
	g := gameOf(t, "1. e4 e5 2. Bc4 Nc6 3. Qh5 Nf6 4. Qxf7# 1-0")
	r := &Reviewer{Engine: named{stockfish(t)}, Nodes: 50_000}
	last := 0
	report, err := r.Review(t.Context(), g, func(done int) { last = done })
	if err != nil {
		t.Fatal(err)
	}
	if last != 7 || len(report.Plies) != 7 || report.Engine != "tester" || report.Nodes != 50_000 {
		t.Errorf("got %+v after %d plies", report, last)
	}
	blunder := report.Plies[5]
	if blunder.Class != "blunder" || blunder.Mate == nil || *blunder.Mate != 1 || blunder.Best == "" || blunder.Best != blunder.PV[0] {
		t.Errorf("Nf6: got %+v", blunder)
	}
	if end := report.Plies[6]; end.Class != "" || end.Mate != nil || end.Centipawns != nil || end.Best != "" {
		t.Errorf("mate: got %+v", end)
	}
	white, black := report.Sides[0], report.Sides[1]
	if black.Blunder != 1 || white.Blunder != 0 || *white.Accuracy <= *black.Accuracy {
		t.Errorf("got %+v and %+v", white, black)
	}
	again, err := r.Check(g, report)
	if err != nil || *again.Sides[1].Accuracy != *black.Accuracy || again.Sides[1].Blunder != 1 || again.Plies[5].Class != "blunder" {
		t.Errorf("sent back: got %+v and %v", again, err)
	}
}

// scores is an engine that is never asked after the end of a game.
type scores struct{ asked []uci.Position }

func (s *scores) Go(_ context.Context, p uci.Position, _ uci.Limits) (uci.Reply, error) {
	s.asked = append(s.asked, p)
	return uci.Reply{Best: "a2a3", Info: uci.Info{Score: uci.Score{Centipawns: 30}, PV: []string{"a2a3"}}}, nil
}

func (s *scores) Name() string { return "scores" }

// The engine speaks for the side to move, and a report for White.
func TestReviewSpeaksForWhite(t *testing.T) {
	report, err := (&Reviewer{Engine: &scores{}}).Review(t.Context(), gameOf(t, "1. e4 e5 *"), func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	got := []int{*report.Start.Centipawns, *report.Plies[0].Centipawns, *report.Plies[1].Centipawns}
	if got[0] != 30 || got[1] != -30 || got[2] != 30 {
		t.Errorf("got %v, want 30, -30, 30", got)
	}
}

func TestReviewDoesNotAskAfterTheEnd(t *testing.T) {
	e := &scores{}
	if _, err := (&Reviewer{Engine: e}).Review(t.Context(), gameOf(t, "1. f3 e5 2. g4 Qh4# 0-1"), func(int) {}); err != nil {
		t.Fatal(err)
	}
	if len(e.asked) != 4 {
		t.Errorf("asked %d times, want 4", len(e.asked))
	}
}

func TestCheckRefuses(t *testing.T) {
	g := gameOf(t, "1. e4 e5 *")
	cp := func(n int) analysis.Eval { return analysis.Eval{Centipawns: &n} }
	mate := func(n int) analysis.Eval { return analysis.Eval{Mate: &n} }
	whole := func(change func(*analysis.Report)) *analysis.Report {
		r := &analysis.Report{Engine: "wasm", Nodes: 1000, Start: cp(15), Plies: []analysis.Ply{{Eval: cp(20)}, {Eval: cp(25)}}}
		change(r)
		return r
	}
	for _, row := range []struct {
		name   string
		change func(*analysis.Report)
		want   error
	}{
		{"nothing wrong", func(*analysis.Report) {}, nil},
		{"a ply too few", func(r *analysis.Report) { r.Plies = r.Plies[:1] }, analysis.ErrReport},
		{"no engine", func(r *analysis.Report) { r.Engine = "" }, analysis.ErrReport},
		{"a long name", func(r *analysis.Report) { r.Engine = strings.Repeat("x", 81) }, analysis.ErrReport},
		{"no nodes", func(r *analysis.Report) { r.Nodes = 0 }, analysis.ErrReport},
		{"no evaluation", func(r *analysis.Report) { r.Plies[0].Eval = analysis.Eval{} }, analysis.ErrReport},
		{"mate in none", func(r *analysis.Report) { r.Plies[0].Eval = mate(0) }, analysis.ErrReport},
		{"too much", func(r *analysis.Report) { r.Start = cp(1 << 30) }, analysis.ErrReport},
		{"an illegal best move", func(r *analysis.Report) { r.Plies[0].Best = "e2e5" }, analysis.ErrReport},
		{"an illegal line", func(r *analysis.Report) { r.Plies[1].PV = []string{"e7e6", "e7e6"} }, analysis.ErrReport},
		{"a class that is not true", func(r *analysis.Report) { r.Plies[0].Class = "blunder" }, nil},
	} {
		got, err := (&Reviewer{}).Check(g, whole(row.change))
		if !errors.Is(err, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, err, row.want)
		}
		if err == nil && got.Plies[0].Class != "" {
			t.Errorf("%s: the client's class was believed", row.name)
		}
	}
}
