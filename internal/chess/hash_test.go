package chess_test

import "testing"

// TestHashesAreStable guards numbers that may be stored: they are the same in
// every version.
func TestHashesAreStable(t *testing.T) {
	tests := []struct {
		name, fen string
		want      uint64
	}{
		{"start", "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", 0xb081efcbe1fa4be0},
		{"counters do not matter", "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 33 77", 0xb081efcbe1fa4be0},
		{"Black to move, en passant", "rnbqkbnr/ppp1pppp/8/8/3pP3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 3", 0x3640a3e68f738055},
	}
	for _, tt := range tests {
		p := mustFEN(t, tt.fen)
		if got := p.Hash(); got != tt.want {
			t.Errorf("%s: got hash %#x, want %#x", tt.name, got, tt.want)
		}
	}
}
