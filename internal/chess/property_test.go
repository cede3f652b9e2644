package chess_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/chess"
)

// drawPosition plays a random game from a classical or Chess960 start and
// stops anywhere in it. The moves come from one drawn seed: drawn one by one
// they would keep to short games.
func drawPosition(t *rapid.T) chess.Position {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	p := chess.StartPosition()
	if n := random.IntN(chess.StartCount + 200); n < chess.StartCount {
		p, _ = chess.Start960(n)
	}
	for range random.IntN(160) {
		moves := p.LegalMoves(nil)
		if len(moves) == 0 {
			break
		}
		p = p.Play(moves[random.IntN(len(moves))])
	}
	return p
}

func TestFENRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		q, err := chess.ParseFEN(p.FullEPFEN())
		if err != nil {
			t.Fatal(err)
		}
		if q = q.WithChess960(p.Chess960()); q != p {
			t.Errorf("FullEPFEN: got %s, want %s", q.FullEPFEN(), p.FullEPFEN())
		}
		for _, fen := range []string{p.FEN(), p.ShredderFEN()} {
			q, err := chess.ParseFEN(fen)
			if err != nil {
				t.Fatal(err)
			}
			if q.FEN() != p.FEN() || q.Hash() != p.Hash() {
				t.Errorf("%s: got %s, want %s", fen, q.FEN(), p.FEN())
			}
		}
	})
}

// TestHashIsIncremental relies on ParseFEN computing the hash from scratch.
func TestHashIsIncremental(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		for _, m := range p.LegalMoves(nil) {
			next := p.Play(m)
			fresh, err := chess.ParseFEN(next.FEN())
			if err != nil {
				t.Fatal(err)
			}
			if got, want := next.Hash(), fresh.Hash(); got != want {
				t.Errorf("%s after %s: got hash %x, want %x", p.FEN(), m, got, want)
			}
		}
	})
}

func TestNotationRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		texts := make(map[string]bool)
		for _, m := range p.LegalMoves(nil) {
			san := p.SAN(m)
			if texts[san] {
				t.Errorf("%s: two moves are %s", p.FEN(), san)
			}
			texts[san] = true
			if got, err := p.ParseSAN(san); err != nil || got != m {
				t.Errorf("%s: ParseSAN(%s): got %v, %v, want %v", p.FEN(), san, got, err, m)
			}
			for _, uci := range []string{p.UCI(m), m.String()} {
				if got, err := p.ParseUCI(uci); err != nil || got != m {
					t.Errorf("%s: ParseUCI(%s): got %v, %v, want %v", p.FEN(), uci, got, err, m)
				}
			}
		}
	})
}

// TestPlayChangesNothingElse: a position is a value.
func TestPlayChangesNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		before := p
		for _, m := range p.LegalMoves(nil) {
			next := p.Play(m)
			if next.Turn() == p.Turn() {
				t.Errorf("%s: the turn did not pass", m)
			}
		}
		if p != before {
			t.Errorf("playing changed the position")
		}
	})
}

// TestIsLegalAgreesWithLegalMoves tries all 65,536 moves.
func TestIsLegalAgreesWithLegalMoves(t *testing.T) {
	for _, fen := range []string{kiwipete, "rk2r3/8/8/8/8/8/P6p/RK2R3 b Aa - 0 1"} {
		p := mustFEN(t, fen)
		legal := make(map[chess.Move]bool)
		for _, m := range p.LegalMoves(nil) {
			legal[m] = true
		}
		for n := range 1 << 16 {
			m := chess.Move(n)
			if got := p.IsLegal(m); got != legal[m] {
				t.Errorf("%s: IsLegal(%s, %#x): got %t", fen, m, n, got)
			}
		}
	}
}

// TestMovesOfSelects compares a selection with the same selection made
// afterwards.
func TestMovesOfSelects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		movers := chess.Bitboard(rapid.Uint64().Draw(t, "movers"))
		targets := chess.Bitboard(rapid.Uint64().Draw(t, "targets"))
		var want []chess.Move
		for _, m := range p.LegalMoves(nil) {
			if movers.Has(m.From()) && targets.Has(m.To()) {
				want = append(want, m)
			}
		}
		if got := p.MovesOf(nil, movers, targets); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", p.FEN(), got, want)
		}
	})
}

// TestIsCaptureCountsPieces: a capture is what leaves fewer pieces.
func TestIsCaptureCountsPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		for _, m := range p.LegalMoves(nil) {
			next := p.Play(m)
			fewer := next.Occupied().Count() < p.Occupied().Count()
			if got := p.IsCapture(m); got != fewer {
				t.Errorf("%s: IsCapture(%s): got %t", p.FEN(), m, got)
			}
		}
	})
}

// TestCheckersAttackTheKing relates the two ways to look at a check.
func TestCheckersAttackTheKing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPosition(t)
		checkers := p.Checkers()
		if got := p.Attackers(p.King(p.Turn()), p.Turn().Other()); got != checkers {
			t.Errorf("%s: got %x, want %x", p.FEN(), got, checkers)
		}
		if got := p.InCheck(); got != (checkers != 0) {
			t.Errorf("%s: InCheck: got %t", p.FEN(), got)
		}
	})
}
