package chess_test

import (
	"slices"
	"testing"

	"kibitz/internal/chess"
)

// TestCastling has the traps of Chess960: king or rook that stay where they
// are, rooks that shield or are pinned, paths across the other rook.
func TestCastling(t *testing.T) {
	tests := []struct {
		name string
		fen  string
		want []string // castling moves in UCI
	}{
		{"classical", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", []string{"e1c1", "e1g1"}},
		{"king in check", "4k3/8/8/8/8/8/4r3/R3K2R w KQ - 0 1", nil},
		{"king passes an attacked square", "4k3/8/8/8/8/8/5r2/R3K2R w KQ - 0 1", []string{"e1c1"}},
		{"king reaches an attacked square", "4k3/8/8/8/8/8/6r1/R3K2R w KQ - 0 1", []string{"e1c1"}},
		{"only the rook passes an attacked square", "4k3/8/8/8/8/8/1r6/R3K3 w Q - 0 1", []string{"e1c1"}},
		{"rook attacked", "4k3/8/8/8/8/8/r6r/R3K2R w KQ - 0 1", []string{"e1c1", "e1g1"}},
		{"own piece between", "4k3/8/8/8/8/8/8/RN2K1NR w KQ - 0 1", nil},
		{"king stays", "4k3/8/8/8/8/8/8/6KR w H - 0 1", []string{"g1h1"}},
		{"rook stays", "4k3/8/8/8/8/8/8/4KR2 w F - 0 1", []string{"e1f1"}},
		{"king moves one step across the rook's way", "4k3/8/8/8/8/8/8/1K1R4 w D - 0 1", []string{"b1d1"}},
		{"king moves one step into the rook's place", "4k3/8/8/8/8/8/8/5KR1 w G - 0 1", []string{"f1g1"}},
		{"king moves towards the rook and past it", "4k3/8/8/8/8/8/8/R1K5 w A - 0 1", []string{"c1a1"}},
		{"king crosses the board", "4k3/8/8/8/8/8/8/1K5R w H - 0 1", []string{"b1h1"}},
		{"king crosses an attacked square far away", "4k3/8/8/8/5r2/8/8/1K5R w H - 0 1", nil},
		{"rook shields the king's target", "4k3/8/8/8/8/8/8/rR1K4 w B - 0 1", nil},
		{"rook is pinned and remains a shield", "4k3/8/8/8/8/8/8/1RK4r w B - 0 1", nil},
		{"rook leaves the line of an attack on the back rank", "4k3/8/8/8/8/8/8/qR2K3 w B - 0 1", nil},
		{"shield against an attack beyond the target", "k7/8/8/8/8/8/8/3KR2r w E - 0 1", nil},
		{"other rook on the king's way", "k7/8/8/8/8/8/8/1K2R2R w H - 0 1", nil},
		{"other rook on the rook's way", "4k3/8/8/8/8/8/8/RR1K4 w A - 0 1", nil},
		{"other rook out of the way", "4k3/8/8/8/8/8/8/RR2K3 w B - 0 1", []string{"e1b1"}},
		{"target occupied by a piece", "4k3/8/8/8/8/8/8/RN1K4 w A - 0 1", nil},
		{"black, other rook on the short way", "rk2r2r/8/8/8/8/8/8/6K1 b ha - 0 1", []string{"b8a8"}},
		{"black, both sides", "rk2r3/8/8/8/8/8/8/6K1 b ea - 0 1", []string{"b8a8", "b8e8"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			var got []string
			for _, m := range p.LegalMoves(nil) {
				if m.IsCastling() {
					got = append(got, p.UCI(m))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s: got %v, want %v", tt.fen, got, tt.want)
			}
		})
	}
}

func TestCastlingResult(t *testing.T) {
	tests := []struct{ name, fen, move, want string }{
		{"classical", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 3 7", "e1g1", "r3k2r/8/8/8/8/8/8/R4RK1 b kq - 4 7"},
		{"black, long", "r3k2r/8/8/8/8/8/8/R3K2R b KQkq - 3 7", "e8c8", "2kr3r/8/8/8/8/8/8/R3K2R w KQ - 4 8"},
		{"king and rook swap", "4k3/8/8/8/8/8/8/5KR1 w G - 0 1", "f1g1", "4k3/8/8/8/8/8/8/5RK1 b - - 1 1"},
		{"king stays", "4k3/8/8/8/8/8/8/6KR w H - 0 1", "g1h1", "4k3/8/8/8/8/8/8/5RK1 b - - 1 1"},
		{"rook stays", "4k3/8/8/8/8/8/8/4KR2 w F - 0 1", "e1f1", "4k3/8/8/8/8/8/8/5RK1 b - - 1 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			next := p.Play(mustUCI(t, &p, tt.move))
			if got := next.FEN(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestCastlingRightsEnd(t *testing.T) {
	tests := []struct{ name, fen, move, want string }{
		{"king moves", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", "e1e2", "kq"},
		{"rook moves", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", "h1g1", "Qkq"},
		{"rook takes rook", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", "a1a8", "Kk"},
		{"a rook without right moves", "4k3/8/8/8/8/8/8/RR2K3 w B - 0 1", "a1a8", "Q"},
		{"the rook with the right moves", "4k3/8/8/8/8/8/8/RR2K3 w B - 0 1", "b1b8", "-"},
		{"promotion takes the rook", "r3k3/1P6/8/8/8/8/8/4K3 w q - 0 1", "b7a8q", "-"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			next := p.Play(mustUCI(t, &p, tt.move))
			if got := string(fenField(next.FEN(), 2)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			fresh, err := chess.ParseFEN(next.FEN())
			if err != nil || fresh.Hash() != next.Hash() {
				t.Errorf("hash differs from that of %s (%v)", next.FEN(), err)
			}
		})
	}
}
