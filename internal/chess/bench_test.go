package chess_test

import (
	"strings"
	"testing"

	"kibitz/internal/chess"
)

// immortal is Anderssen - Kieseritzky, London 1851: a game full of captures and
// checks, ended by mate.
const immortal = "e2e4 e7e5 f2f4 e5f4 f1c4 d8h4 e1f1 b7b5 c4b5 g8f6 g1f3 h4h6 d2d3 f6h5 f3h4 h6g5 h4f5 c7c6 " +
	"g2g4 h5f6 h1g1 c6b5 h2h4 g5g6 h4h5 g6g5 d1f3 f6g8 c1f4 g5f6 b1c3 f8c5 c3d5 f6b2 f4d6 c5g1 e4e5 b2a1 f1e2 " +
	"b8a6 f5g7 e8d8 f3f6 g8f6 d6e7"

// quiet is a long manoeuvre without captures, so that the history grows and
// repetitions are counted.
const quiet = "g1f3 g8f6 b1c3 b8c6 f3d4 f6d5 d4f3 d5f6 f3g5 f6g4 g5f3 g4f6 h1g1 h8g8 g1h1 g8h8 f3d4 f6d5 d4f3 d5f6"

// judge plays a game as the server does: parse, validate, make, judge.
func judge(tb testing.TB, h *chess.History, moves []string) {
	for _, s := range moves {
		if _, err := h.PlayUCI(s); err != nil {
			tb.Fatal(err)
		}
		if h.Ending(chess.DrawLichess) != chess.Ongoing && s != "d6e7" {
			tb.Fatalf("%s ends the game: %s", s, h.Ending(chess.DrawLichess))
		}
	}
}

// BenchmarkJudgeMove measures one move of a running game per operation.
func BenchmarkJudgeMove(b *testing.B) {
	for name, game := range map[string]string{"game": immortal, "quiet": quiet} {
		b.Run(name, func(b *testing.B) {
			moves := strings.Fields(game)
			start := chess.NewHistory(chess.StartPosition())
			h := start.Clone()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%len(moves) == 0 {
					h.Reset(chess.StartPosition())
				}
				judge(b, &h, moves[i%len(moves):i%len(moves)+1])
			}
		})
	}
}

func TestJudgeMoveAllocatesNothing(t *testing.T) {
	h := chess.NewHistory(chess.StartPosition())
	moves := strings.Fields(quiet)
	judge(t, &h, moves) // the history takes its room once
	got := testing.AllocsPerRun(200, func() {
		h.Reset(chess.StartPosition())
		judge(t, &h, moves)
	})
	if got != 0 {
		t.Errorf("judging %d moves: got %v allocations, want 0", len(moves), got)
	}
}

func TestLegalMovesAllocateNothing(t *testing.T) {
	p := chess.StartPosition()
	buffer := make([]chess.Move, 0, 256)
	got := testing.AllocsPerRun(200, func() {
		buffer = p.LegalMoves(buffer[:0])
		next := p.Play(buffer[0])
		next.IsCheckmate()
	})
	if got != 0 {
		t.Errorf("got %v allocations, want 0", got)
	}
}

func TestAppendSANAllocatesNothing(t *testing.T) {
	p := mustFEN(t, kiwipete)
	moves := p.LegalMoves(nil)
	dst := make([]byte, 0, 16)
	got := testing.AllocsPerRun(200, func() {
		for _, m := range moves {
			dst = p.AppendSAN(dst[:0], m)
		}
	})
	if got != 0 {
		t.Errorf("got %v allocations, want 0", got)
	}
}

// kiwipete has castling, pins, en passant and promotion close at hand.
const kiwipete = "r3k2r/p1ppqpb1/bn2pnp1/3PN3/1p2P3/2N2Q1p/PPPBBPPP/R3K2R w KQkq - 0 1"

func BenchmarkPerft(b *testing.B) {
	for name, fen := range map[string]string{
		"start":    "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1",
		"kiwipete": kiwipete,
	} {
		b.Run(name, func(b *testing.B) {
			p := mustFEN(b, fen)
			nodes := uint64(0)
			for b.Loop() {
				nodes += chess.Perft(&p, 4)
			}
			b.ReportMetric(float64(nodes)/b.Elapsed().Seconds()/1e6, "Mnodes/s")
		})
	}
}

func BenchmarkSAN(b *testing.B) {
	p := mustFEN(b, kiwipete)
	moves := p.LegalMoves(nil)
	dst := make([]byte, 0, 16)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		dst = p.AppendSAN(dst[:0], moves[i%len(moves)])
	}
}

func BenchmarkParseSAN(b *testing.B) {
	p := mustFEN(b, kiwipete)
	var texts []string
	for _, m := range p.LegalMoves(nil) {
		texts = append(texts, p.SAN(m))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := p.ParseSAN(texts[i%len(texts)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseFEN(b *testing.B) {
	for b.Loop() {
		if _, err := chess.ParseFEN(kiwipete); err != nil {
			b.Fatal(err)
		}
	}
}
