package chess_test

import (
	"fmt"
	"testing"

	"kibitz/internal/chess"
)

// TestStoredNumbers guards numbers that games in storage depend on.
func TestStoredNumbers(t *testing.T) {
	castles := mustFEN(t, "r3k2r/P7/8/3pP3/8/8/8/R3K2R w KQkq d6 0 1")
	move := func(uci string) uint16 { return uint16(mustUCI(t, &castles, uci)) }
	tests := []struct {
		name string
		got  any
		want string
	}{
		{"colours", []chess.Color{chess.White, chess.Black}, "[white black]"},
		{"colour numbers", []int{int(chess.White), int(chess.Black)}, "[0 1]"},
		{"roles", []chess.Role{0, 1, 2, 3, 4, 5, 6, 7}, "[none pawn knight bishop rook queen king none]"},
		{"pieces", []chess.Piece{chess.NoPiece, chess.NewPiece(chess.White, chess.Pawn), chess.NewPiece(chess.Black, chess.King)}, "[. P k]"},
		{"piece numbers", []int{int(chess.NewPiece(chess.White, chess.King)), int(chess.NewPiece(chess.Black, chess.Pawn))}, "[6 9]"},
		{"no piece has no colour", chess.NewPiece(chess.Black, chess.NoRole), "."},
		{"squares", []chess.Square{0, 7, 56, 63, chess.NoSquare}, "[a1 h1 a8 h8 -]"},
		{"plain move e1d1", move("e1d1"), "196"},
		{"castling e1h1", move("e1g1"), "33220"},
		{"en passant e5d6", move("e5d6"), "39652"},
		{"no move", chess.NoMove, "0000"},
		{"endings", []chess.Ending{0, 1, 2, 3, 4, 5, 6, 7, 8}, "[ongoing checkmate stalemate dead position fivefold repetition fifty moves seventy-five moves ply limit unknown ending]"},
		{"policies", []chess.DrawPolicy{0, 1, 2}, "[lichess fide no-fifty]"},
	}
	for _, tt := range tests {
		if got := fmt.Sprint(tt.got); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestIsDraw(t *testing.T) {
	for e := chess.Ongoing; e <= chess.PlyLimit; e++ {
		if got, want := e.IsDraw(), e != chess.Ongoing && e != chess.Checkmate; got != want {
			t.Errorf("%s: got %t, want %t", e, got, want)
		}
	}
}

func TestAccessors(t *testing.T) {
	p := mustFEN(t, "r3k2r/8/8/8/8/8/8/R3K2R b KQ - 12 34")
	board := p.Board()
	var white chess.Bitboard
	for sq, pc := range board {
		if pc != p.PieceAt(chess.Square(sq)) {
			t.Errorf("%s: Board and PieceAt differ", chess.Square(sq))
		}
		if pc != chess.NoPiece && pc.Color() == chess.White {
			white |= chess.Square(sq).Bit()
		}
	}
	if got := p.ByColor(chess.White); got != white {
		t.Errorf("ByColor: got %x, want %x", got, white)
	}
	if got, want := p.CastlingRooks(), p.Pieces(chess.White, chess.Rook); got != want {
		t.Errorf("CastlingRooks: got %x, want %x", got, want)
	}
	if p.Turn() != chess.Black || p.HalfmoveClock() != 12 || p.FullmoveNumber() != 34 {
		t.Errorf("got %s, %d, %d", p.Turn(), p.HalfmoveClock(), p.FullmoveNumber())
	}
	if got := chess.Perft(&p, 0); got != 1 {
		t.Errorf("Perft of depth 0: got %d, want 1", got)
	}
}
