package search_test

import (
	"math/rand/v2"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/chess/search"
)

func mustFEN(tb testing.TB, fen string) chess.Position {
	tb.Helper()
	p, err := chess.ParseFEN(fen)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestBestFindsTactics(t *testing.T) {
	rows := []struct {
		name, fen string
		depth     int
		want      string
	}{
		{"mate in one", "6k1/5ppp/8/8/8/8/8/R3K3 w - - 0 1", 1, "a1a8"},
		{"mate in two, by two rooks", "7k/8/8/8/8/8/R7/1R2K3 w - - 0 1", 4, "b1b7"},
		{"smothered mate", "6rk/6pp/8/6N1/8/8/8/6K1 w - - 0 1", 1, "g5f7"},
		{"wins the queen by a fork", "q3k3/8/8/1N6/8/8/8/4K3 w - - 0 1", 3, "b5c7"},
		{"takes what hangs", "4k3/8/8/3q4/4P3/8/8/4K3 w - - 0 1", 1, "e4d5"},
		{"promotes", "8/P6k/8/8/8/8/8/K7 w - - 0 1", 2, "a7a8q"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p := mustFEN(t, row.fen)
			line := search.Best(p, nil, search.Limits{Depth: row.depth})
			got := p.UCI(line.Best)
			if got != row.want {
				t.Errorf("%s: got %s (score %d), want %s", row.fen, got, line.Score, row.want)
			}
		})
	}
}

func TestBestKeepsAwayFromAGuardedPawn(t *testing.T) {
	p := mustFEN(t, "4k3/2p5/3p4/8/8/8/3Q4/4K3 w - - 0 1")
	if got := p.UCI(search.Best(p, nil, search.Limits{Depth: 2}).Best); got == "d2d6" {
		t.Errorf("got %s, which loses the queen for a pawn", got)
	}
}

func TestBestSeesARepetition(t *testing.T) {
	// White, far behind, repeats by checks: e8 and h5 for ever.
	p := mustFEN(t, "5rk1/5pp1/8/8/8/8/qr6/4Q2K w - - 8 40")
	plain := search.Best(p, nil, search.Limits{Depth: 3})
	next := p.Play(plain.Best)
	again := search.Best(p, []uint64{1, next.Hash()}, search.Limits{Depth: 3})
	if plain.Score >= 0 || again.Score < plain.Score {
		t.Errorf("got %d, and %d where the first move repeats; want a loss, and no worse", plain.Score, again.Score)
	}
	if again.Score != 0 || again.Best != plain.Best {
		t.Errorf("got %s with %d, want the repetition %s with 0", p.UCI(again.Best), again.Score, p.UCI(plain.Best))
	}
}

func TestBestIsBoundedAndRepeats(t *testing.T) {
	p := chess.StartPosition()
	limits := search.Limits{Depth: 20, Nodes: 20_000}
	a, b := search.Best(p, nil, limits), search.Best(p, nil, limits)
	if a != b {
		t.Errorf("the same search gave %+v and %+v", a, b)
	}
	if a.Nodes > limits.Nodes+64 {
		t.Errorf("looked at %d nodes, limit %d", a.Nodes, limits.Nodes)
	}
}

func TestBestStops(t *testing.T) {
	p := chess.StartPosition()
	line := search.Best(p, nil, search.Limits{Depth: 60, Stop: func() bool { return true }})
	if !p.IsLegal(line.Best) || line.Nodes > 4096 {
		t.Errorf("got %+v", line)
	}
}

func TestBestWhenTheGameIsOver(t *testing.T) {
	for _, fen := range []string{"7k/5Q2/6K1/8/8/8/8/8 b - - 0 1", "R5k1/5ppp/8/8/8/8/8/4K3 b - - 0 1"} {
		p := mustFEN(t, fen)
		if line := search.Best(p, nil, search.Limits{Depth: 3}); line.Best != chess.NoMove {
			t.Errorf("%s: got %s", fen, p.UCI(line.Best))
		}
	}
}

// duel plays a game of two levels and returns the points of White in halves.
func duel(start chess.Position, white, black int, rng *rand.Rand) int {
	h := chess.NewHistory(start)
	var hashes []uint64
	for range 300 {
		p := h.Position()
		if h.Ending(chess.DrawLichess) != chess.Ongoing {
			break
		}
		level := white
		if p.Turn() == chess.Black {
			level = black
		}
		m := search.Play(*p, hashes, level, rng.IntN, nil)
		hashes = append(hashes, p.Hash())
		h.Play(m)
	}
	switch p := h.Position(); {
	case !p.IsCheckmate():
		return 1
	case p.Turn() == chess.Black:
		return 2
	}
	return 0
}

func TestLevelsAreInOrder(t *testing.T) {
	for level := 1; level < search.Levels-1; level++ {
		rng := rand.New(rand.NewPCG(uint64(level), 7))
		points, games := 0, 6
		for n := range games {
			start, err := chess.Start960(rng.IntN(960))
			if err != nil {
				t.Fatal(err)
			}
			if n%2 == 0 {
				points += duel(start, level+1, level, rng)
			} else {
				points += 2 - duel(start, level, level+1, rng)
			}
		}
		if points <= games {
			t.Errorf("level %d scored %d of %d half points against level %d", level+1, points, 2*games, level)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	p := mustFEN(b, "r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/5N2/PPPP1PPP/RNBQK2R w KQkq - 2 3")
	nodes := 0
	for b.Loop() {
		nodes += search.Best(p, nil, search.Limits{Depth: 30, Nodes: 100_000}).Nodes
	}
	b.ReportMetric(float64(nodes)/b.Elapsed().Seconds(), "nodes/s")
}
