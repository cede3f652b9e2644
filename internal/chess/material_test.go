package chess_test

import (
	"testing"

	"kibitz/internal/chess"
)

func TestMaterial(t *testing.T) {
	tests := []struct {
		name         string
		fen          string
		white, black bool // can mate
		dead         bool
	}{
		{"bare kings", "4k3/8/8/8/8/8/8/4K3 w - - 0 1", false, false, true},
		{"bishop", "4k3/8/8/8/8/8/8/4KB2 w - - 0 1", false, false, true},
		{"knight", "4k3/8/8/8/8/8/8/4KN2 w - - 0 1", false, false, true},
		{"two knights", "4k3/8/8/8/8/8/8/3NKN2 w - - 0 1", true, false, false},
		{"knight against knight", "4kn2/8/8/8/8/8/8/4KN2 w - - 0 1", true, true, false},
		{"knight against queen", "3qk3/8/8/8/8/8/8/4KN2 w - - 0 1", false, true, false},
		{"knight against pawn", "4k3/p7/8/8/8/8/8/4KN2 w - - 0 1", true, true, false},
		{"knight against rook", "3rk3/8/8/8/8/8/8/4KN2 w - - 0 1", true, true, false},
		{"bishops on one colour", "4kb2/8/8/8/8/8/8/2B1K3 w - - 0 1", false, false, true},
		{"bishops on both colours", "2b1k3/8/8/8/8/8/8/2B1K3 w - - 0 1", true, true, false},
		{"three bishops on one colour", "4kb2/8/8/8/8/4B3/8/2B1K3 w - - 0 1", false, false, true},
		{"bishop against knight", "4kn2/8/8/8/8/8/8/2B1K3 w - - 0 1", true, true, false},
		{"bishop against rook", "3rk3/8/8/8/8/8/8/2B1K3 w - - 0 1", false, true, false},
		{"bishop against pawn", "4k3/p7/8/8/8/8/8/2B1K3 w - - 0 1", true, true, false},
		{"bishop and knight", "4k3/8/8/8/8/8/8/2B1KN2 w - - 0 1", true, false, false},
		{"pawn", "4k3/p7/8/8/8/8/8/4K3 w - - 0 1", false, true, false},
		{"rook", "4k3/8/8/8/8/8/8/4KR2 w - - 0 1", true, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			if got := p.CanMate(chess.White); got != tt.white {
				t.Errorf("CanMate(White): got %t, want %t", got, tt.white)
			}
			if got := p.CanMate(chess.Black); got != tt.black {
				t.Errorf("CanMate(Black): got %t, want %t", got, tt.black)
			}
			if got := p.DeadPosition(); got != tt.dead {
				t.Errorf("DeadPosition: got %t, want %t", got, tt.dead)
			}
		})
	}
}
