package chess_test

import (
	"errors"
	"testing"

	"kibitz/internal/chess"
)

// fuzzFENs seeds the targets with positions of many kinds.
var fuzzFENs = []string{
	"rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1",
	kiwipete,
	"rnbqkbnr/ppp1p1pp/8/3pPp2/8/8/PPPP1PPP/RNBQKBNR w KQkq f6 0 3",
	"8/8/8/4B2b/6nN/8/5P2/2R1K2k w Q -",
	"r1k1r2q/p1ppp1pp/8/8/8/8/P1PPP1PP/R1K1R2Q w EAea - 0 1",
	"QQQQQQQQ/QQQQQQQQ/QQQQQQ1k/8/8/8/8/K7 w - - 0 1",
	"4k3/P6P/8/8/8/8/p6p/4K3 w - - 99 80",
}

func FuzzParseFEN(f *testing.F) {
	for _, fen := range fuzzFENs {
		f.Add(fen)
	}
	f.Fuzz(func(t *testing.T, fen string) {
		p, err := chess.ParseFEN(fen)
		if err != nil {
			if !errors.Is(err, chess.ErrFEN) {
				t.Fatalf("%q: %v does not wrap ErrFEN", fen, err)
			}
			return
		}
		q, err := chess.ParseFEN(p.FullEPFEN())
		if err != nil {
			t.Fatalf("%q: written as %s: %v", fen, p.FullEPFEN(), err)
		}
		if q = q.WithChess960(p.Chess960()); q != p {
			t.Fatalf("%q: got %s, want %s", fen, q.FullEPFEN(), p.FullEPFEN())
		}
		for _, m := range p.LegalMoves(nil) {
			next := p.Play(m)
			if _, err := chess.ParseFEN(next.FullEPFEN()); err != nil {
				t.Fatalf("%q after %s: %v", fen, m, err)
			}
			if got, err := p.ParseSAN(p.SAN(m)); err != nil || got != m {
				t.Fatalf("%q: %s: got %v, %v, want %v", fen, p.SAN(m), got, err, m)
			}
		}
	})
}

func FuzzParseSAN(f *testing.F) {
	for i, san := range []string{"e4", "Nbd7", "exf6 e.p.", "0-0-0", "Qa1xb2#", "h8=Q+", "axb1(N)"} {
		f.Add(fuzzFENs[i], san)
	}
	f.Fuzz(func(t *testing.T, fen, san string) {
		p, err := chess.ParseFEN(fen)
		if err != nil {
			return
		}
		m, err := p.ParseSAN(san)
		checkParsed(t, &p, m, err)
	})
}

func FuzzParseUCI(f *testing.F) {
	for i, uci := range []string{"e2e4", "e1g1", "e5f6", "e1c1", "c1a1", "a8h1", "h7h8q"} {
		f.Add(fuzzFENs[i], uci)
	}
	f.Fuzz(func(t *testing.T, fen, uci string) {
		p, err := chess.ParseFEN(fen)
		if err != nil {
			return
		}
		m, err := p.ParseUCI(uci)
		checkParsed(t, &p, m, err)
	})
}

func checkParsed(t *testing.T, p *chess.Position, m chess.Move, err error) {
	t.Helper()
	switch {
	case err == nil && !p.IsLegal(m):
		t.Errorf("%s: accepted %v, which is not legal", p.FEN(), m)
	case err != nil && !errors.Is(err, chess.ErrSyntax) && !errors.Is(err, chess.ErrIllegalMove):
		t.Errorf("%v wraps no error of this package", err)
	}
}
