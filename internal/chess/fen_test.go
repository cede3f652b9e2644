package chess_test

import (
	"errors"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

func TestParseFENAccepts(t *testing.T) {
	tests := []struct {
		name     string
		fen      string
		want     string // as FEN writes it
		chess960 bool
	}{
		{"six fields", "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1", "", false},
		{"four fields", "8/8/8/4k3/8/4K3/8/8 b - -", "8/8/8/4k3/8/4K3/8/8 b - - 0 1", false},
		{"move number 0 is 1", "8/8/8/4k3/8/4K3/8/8 w - - 7 0", "8/8/8/4k3/8/4K3/8/8 w - - 7 1", false},
		{"spaces around", "  8/8/8/4k3/8/4K3/8/8  w - - 0 9 ", "8/8/8/4k3/8/4K3/8/8 w - - 0 9", false},
		{"X-FEN of a moved king", "8/8/8/4B2b/6nN/8/5P2/2R1K2k w Q -", "8/8/8/4B2b/6nN/8/5P2/2R1K2k w Q - 0 1", true},
		{"X-FEN inner rook", "4k3/8/8/8/8/8/8/RR2K2R w KB - 0 1", "", true},
		{"X-FEN outer rook of two", "4k3/8/8/8/8/8/8/RR2K2R w KQ - 0 1", "", false},
		{"Shredder in classical places", "r3k2r/8/8/8/8/8/8/R3K2R w HAha - 0 1", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", true},
		{"Shredder inner rooks of both sides", "rr2k1rr/8/8/8/8/8/8/RR2K1RR w GBgb - 0 1", "", true},
		{"rights in any order", "r3k2r/8/8/8/8/8/8/R3K2R w qkQK - 0 1", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1", false},
		{"en passant without a capturer", "rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 1", "rnbqkbnr/pppppppp/8/8/4P3/8/PPPP1PPP/RNBQKBNR b KQkq - 0 1", false},
		{"en passant with a capturer", "rnbqkbnr/ppp1pppp/8/8/3pP3/8/PPPP1PPP/RNBQKBNR b KQkq e3 0 3", "", false},
		{"en passant by a pinned pawn", "8/8/8/8/k2Pp2Q/8/8/3K4 b - d3 0 1", "8/8/8/8/k2Pp2Q/8/8/3K4 b - - 0 1", false},
		{"en passant as the only evasion", "8/8/8/1k6/3Pp3/8/8/4KQ2 b - d3 0 1", "", false},
		{"more pieces than a game has", "QQQQQQQQ/QQQQQQQQ/QQQ5/8/8/7p/6pp/K6k w - - 0 1", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			want := tt.want
			if want == "" {
				want = tt.fen
			}
			if got := p.FEN(); got != want {
				t.Errorf("FEN: got %s, want %s", got, want)
			}
			if got := p.Chess960(); got != tt.chess960 {
				t.Errorf("Chess960: got %t, want %t", got, tt.chess960)
			}
		})
	}
}

func TestParseFENRefuses(t *testing.T) {
	tests := []struct {
		name   string
		fen    string
		reason string
	}{
		{"empty", "", "0 fields"},
		{"five fields", "8/8/8/4k3/8/4K3/8/8 w - - 0", "5 fields"},
		{"seven ranks", "8/8/4k3/8/4K3/8/8 w - -", "7 ranks"},
		{"short rank", "8/8/8/4k3/8/4K3/8/7 w - -", "does not have 8 squares"},
		{"long rank", "8/8/8/4k3/8/4K3/8/8p w - -", "does not have 8 squares"},
		{"very long rank", strings.Repeat("8", 99) + "/8/8/8/8/8/8/8 w - -", "does not have 8 squares"},
		{"strange letter", "8/8/8/4k3/8/4K3/8/7x w - -", "no piece"},
		{"digit 9", "9/8/8/4k3/8/4K3/8/8 w - -", "no piece"},
		{"no white king", "8/8/8/4k3/8/8/8/8 w - -", "white has 0 kings"},
		{"two black kings", "8/8/8/k3k3/8/4K3/8/8 w - -", "black has 2 kings"},
		{"side", "8/8/8/4k3/8/4K3/8/8 x - -", "want w or b"},
		{"pawn on rank 8", "P7/8/8/4k3/8/4K3/8/8 w - -", "rank 1 or 8"},
		{"kings side by side", "8/8/8/4k3/4K3/8/8/8 w - -", "capture the king"},
		{"side not to move in check", "4k3/8/8/8/8/8/8/K3R3 w - -", "capture the king"},
		{"three checkers", "4k3/8/3N4/1B6/8/8/8/K3R3 b - -", "3 pieces give check"},
		{"castling letter", "4k3/8/8/8/8/8/8/R3K2R w KX - 0 1", "castling right 'X'"},
		{"castling without rook", "4k3/8/8/8/8/8/8/R3K3 w K - 0 1", "castling right 'K'"},
		{"castling without any rook", "4k3/8/8/8/8/8/8/4K3 b k - 0 1", "castling right 'k'"},
		{"long castling without any rook", "4k3/8/8/8/8/8/8/4K3 b Q - 0 1", "castling right 'Q'"},
		{"castling with a moved king", "4k3/8/8/8/8/8/4K3/R6R w KQ - 0 1", "castling right 'K'"},
		{"castling twice on a side", "4k3/8/8/8/8/8/8/4K1RR w HG - 0 1", "second on its side"},
		{"castling with the king's file", "4k3/8/8/8/8/8/8/R3K2R w E - 0 1", "castling right 'E'"},
		{"en passant square", "4k3/8/8/8/8/8/8/4K3 w - e9 0 1", "en passant"},
		{"en passant on the wrong rank", "4k3/8/8/4p3/8/8/8/4K3 w - e3 0 1", "two squares"},
		{"en passant without a pawn", "4k3/8/8/8/8/8/8/4K3 w - d6 0 1", "two squares"},
		{"en passant square occupied", "4k3/8/3n4/3p4/8/8/8/4K3 w - d6 0 1", "two squares"},
		{"en passant origin occupied", "4k3/3n4/8/3p4/8/8/8/4K3 w - d6 0 1", "two squares"},
		{"negative counter", "8/8/8/4k3/8/4K3/8/8 w - - -1 1", "move counter"},
		{"huge counter", "8/8/8/4k3/8/4K3/8/8 w - - 0 10000", "move counter"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := chess.ParseFEN(tt.fen)
			if !errors.Is(err, chess.ErrFEN) || !strings.Contains(err.Error(), tt.reason) {
				t.Errorf("%q: got %v, want ErrFEN with %q", tt.fen, err, tt.reason)
			}
		})
	}
}

func TestStart960(t *testing.T) {
	tests := []struct {
		n    int
		want string
	}{
		{0, "bbqnnrkr"}, {1, "bqnbnrkr"}, {518, "rnbqkbnr"}, {959, "rkrnnqbb"},
	}
	for _, tt := range tests {
		p, err := chess.Start960(tt.n)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, _ := strings.Cut(p.FEN(), "/"); got != tt.want {
			t.Errorf("%d: got %s, want %s", tt.n, got, tt.want)
		}
		if !p.Chess960() {
			t.Errorf("%d: not marked as Chess960", tt.n)
		}
	}
	for _, n := range []int{-1, 960} {
		if _, err := chess.Start960(n); !errors.Is(err, chess.ErrStartNumber) {
			t.Errorf("%d: got %v, want ErrStartNumber", n, err)
		}
	}
}

// TestStart960AllDiffer checks the three rules of the array and that no two
// numbers share one.
func TestStart960AllDiffer(t *testing.T) {
	seen := make(map[string]int)
	for n := range chess.StartCount {
		p, err := chess.Start960(n)
		if err != nil {
			t.Fatal(err)
		}
		rank, _, _ := strings.Cut(p.FEN(), "/")
		if other, twice := seen[rank]; twice {
			t.Errorf("%d and %d are both %s", other, n, rank)
		}
		seen[rank] = n
		king := strings.IndexByte(rank, 'k')
		if strings.IndexByte(rank, 'r') > king || strings.LastIndexByte(rank, 'r') < king {
			t.Errorf("%d: %s has the king outside the rooks", n, rank)
		}
		if (strings.IndexByte(rank, 'b')+strings.LastIndexByte(rank, 'b'))%2 == 0 {
			t.Errorf("%d: %s has both bishops on one colour", n, rank)
		}
	}
}

func TestClassicalStart(t *testing.T) {
	p := chess.StartPosition()
	if got, want := p, mustFEN(t, "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"); got != want {
		t.Errorf("got %s, want %s", got.FEN(), want.FEN())
	}
	same, _ := chess.Start960(chess.ClassicalStart)
	if same.Hash() != p.Hash() {
		t.Errorf("start %d has another hash than the classical start", chess.ClassicalStart)
	}
}
