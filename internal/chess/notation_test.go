package chess_test

import (
	"errors"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

func fenField(fen string, n int) string { return strings.Fields(fen)[n] }

func TestParseUCI(t *testing.T) {
	const castles = "r3k2r/P7/8/8/8/8/8/R3K2R w KQkq - 0 1"
	const inner = "4k3/8/8/8/8/8/8/R1K4R w HA - 0 1"
	tests := []struct {
		name, fen, text, want string // want as Move.String, king takes rook
		err                   error
	}{
		{"plain", castles, "a1b1", "a1b1", nil},
		{"classical castling", castles, "e1g1", "e1h1", nil},
		{"king takes rook in standard chess", castles, "e1h1", "e1h1", nil},
		{"long castling", castles, "e1c1", "e1a1", nil},
		{"two-step notation in Chess960", inner, "c1g1", "c1h1", nil},
		{"king takes rook in Chess960", inner, "c1a1", "c1a1", nil},
		{"a king's step is never castling", inner, "c1d1", "c1d1", nil},
		{"promotion with capture needs the letter", castles, "a7a8", "", chess.ErrIllegalMove},
		{"promotion to a king", castles, "a7a8k", "", chess.ErrSyntax},
		{"capital promotion letter", "4k3/P7/8/8/8/8/8/4K3 w - - 0 1", "a7a8Q", "a7a8q", nil},
		{"promotion letter on a plain move", castles, "a1b1q", "", chess.ErrIllegalMove},
		{"promotion letter on castling", castles, "e1g1q", "", chess.ErrIllegalMove},
		{"opponent's piece", castles, "e8d8", "", chess.ErrIllegalMove},
		{"empty square", castles, "e4e5", "", chess.ErrIllegalMove},
		{"null move", castles, "0000", "", chess.ErrSyntax},
		{"same square", castles, "e1e1", "", chess.ErrSyntax},
		{"SAN", castles, "O-O", "", chess.ErrSyntax},
		{"off the board", castles, "e1e9", "", chess.ErrSyntax},
		{"empty", castles, "", "", chess.ErrSyntax},
		{"not ASCII", castles, "é1g", "", chess.ErrSyntax},
		{"very long", castles, strings.Repeat("e2e4", 1000), "", chess.ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			got, err := p.ParseUCI(tt.text)
			checkMoveText(t, got, err, tt.want, tt.err)
		})
	}
}

func checkMoveText(t *testing.T, got chess.Move, err error, want string, wantErr error) {
	t.Helper()
	if !errors.Is(err, wantErr) || (err == nil) != (wantErr == nil) {
		t.Fatalf("got error %v, want %v", err, wantErr)
	}
	if err != nil && len(err.Error()) > 250 {
		t.Errorf("error of %d bytes", len(err.Error()))
	}
	if err == nil && got.String() != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestUCINotationFollowsTheVariant(t *testing.T) {
	p := mustFEN(t, "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1")
	m := mustUCI(t, &p, "e1g1")
	if got := p.UCI(m); got != "e1g1" {
		t.Errorf("standard: got %s, want e1g1", got)
	}
	p = p.WithChess960(true)
	if got := p.UCI(m); got != "e1h1" {
		t.Errorf("Chess960: got %s, want e1h1", got)
	}
	p = p.WithChess960(false)
	if got := p.UCI(m); got != "e1g1" {
		t.Errorf("standard again: got %s, want e1g1", got)
	}
	inner := mustFEN(t, "4k3/8/8/8/8/8/8/5K1R w K - 0 1")
	inner = inner.WithChess960(false)
	if !inner.Chess960() {
		t.Error("a king on f1 with castling rights cannot do without Chess960 notation")
	}
}

func TestParseSANIsLenient(t *testing.T) {
	const (
		knights  = "4k3/8/8/8/1N3N2/8/8/1N2K2R w K - 0 1"
		enPass   = "4k3/8/8/3pP3/8/8/8/4K3 w - d6 0 1"
		promoted = "1r2k3/P7/8/8/8/8/8/4K3 w - - 0 1"
		pawnB    = "4k3/8/2n5/1P6/8/8/8/4KB2 w - - 0 1"
	)
	tests := []struct {
		name, fen, text, want string
		err                   error
	}{
		{"castling", knights, "O-O", "e1h1", nil},
		{"castling with zeros", knights, "0-0", "e1h1", nil},
		{"castling with check sign", knights, "O-O+", "e1h1", nil},
		{"castling without right", knights, "O-O-O", "", chess.ErrIllegalMove},
		{"disambiguated by file", knights, "Nfd5", "f4d5", nil},
		{"by rank", knights, "N1a3", "b1a3", nil},
		{"more than needed", knights, "Nf4-h5", "f4h5", nil},
		{"full", knights, "Nf4d3", "f4d3", nil},
		{"too little", knights, "Nd5", "", chess.ErrAmbiguous},
		{"ambiguous is illegal too", knights, "Nd3", "", chess.ErrIllegalMove},
		{"glyphs", knights, "Nh5!?", "f4h5", nil},
		{"wrong mate sign", knights, "Nh5#", "f4h5", nil},
		{"spaces", knights, " Nh5 ", "f4h5", nil},
		{"king's two steps are not castling", knights, "Kg1", "", chess.ErrIllegalMove},
		{"en passant", enPass, "exd6", "e5d6", nil},
		{"en passant suffix", enPass, "exd6 e.p.", "e5d6", nil},
		{"en passant short suffix", enPass, "exd6ep", "e5d6", nil},
		{"colon", enPass, "e:d6", "e5d6", nil},
		{"pawn capture without its file", enPass, "d6", "", chess.ErrIllegalMove},
		{"pawn letter", enPass, "Pe6", "e5e6", nil},
		{"long algebraic", enPass, "e5-e6", "e5e6", nil},
		{"promotion", promoted, "a8=Q", "a7a8q", nil},
		{"promotion without sign", promoted, "a8N", "a7a8n", nil},
		{"promotion in brackets", promoted, "axb8(R)", "a7b8r", nil},
		{"promotion in lower case", promoted, "axb8=b", "a7b8b", nil},
		{"promotion with mate sign", promoted, "axb8=Q+", "a7b8q", nil},
		{"promotion not named", promoted, "a8", "", chess.ErrIllegalMove},
		{"promotion of a piece", knights, "Nh5=Q", "", chess.ErrIllegalMove},
		{"b is a pawn", pawnB, "bxc6", "b5c6", nil},
		{"B is a bishop", pawnB, "Bd3", "f1d3", nil},
		{"empty", knights, "", "", chess.ErrSyntax},
		{"result", knights, "1-0", "", chess.ErrSyntax},
		{"word", knights, "hello", "", chess.ErrSyntax},
		{"null move", knights, "--", "", chess.ErrSyntax},
		{"only signs", knights, "+#!?", "", chess.ErrSyntax},
		{"only a promotion", knights, "=Q", "", chess.ErrSyntax},
		{"very long", knights, strings.Repeat("N", 5000), "", chess.ErrSyntax},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			got, err := p.ParseSAN(tt.text)
			checkMoveText(t, got, err, tt.want, tt.err)
		})
	}
}

func TestSANDisambiguation(t *testing.T) {
	tests := []struct{ name, fen, uci, want string }{
		{"by file", "4k3/8/8/8/1N3N2/8/8/4K3 w - - 0 1", "f4d5", "Nfd5"},
		{"by rank", "4k3/8/8/8/3N4/8/8/3NK3 w - - 0 1", "d1f2", "Nf2"},
		{"by rank on one file", "4k3/8/8/3R4/8/8/8/3RK3 w - - 0 1", "d1d3", "R1d3"},
		{"file wins over rank", "8/7k/8/8/Q2Q4/8/8/Q3K3 w - - 0 1", "a4b4", "Qab4"},
		{"by file and rank", "8/k7/8/8/4Q2Q/8/8/K6Q w - - 0 1", "h4e1", "Qh4e1"},
		{"a pinned rival does not count", "4k3/8/8/8/1b6/2N5/8/4K1N1 w - - 0 1", "g1e2", "Ne2"},
		{"mate", "6k1/5ppp/8/8/8/8/8/4R1K1 w - - 0 1", "e1e8", "Re8#"},
		{"check by castling", "5k2/8/8/8/8/8/8/4K2R w K - 0 1", "e1g1", "O-O+"},
		{"double check and capture", "4k3/8/8/8/8/8/4N2p/4R1K1 w - - 0 1", "g1h2", "Kxh2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mustFEN(t, tt.fen)
			if got := p.SAN(mustUCI(t, &p, tt.uci)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestParseSquare(t *testing.T) {
	for sq := chess.Square(0); sq < 64; sq++ {
		if got, err := chess.ParseSquare(sq.String()); err != nil || got != sq {
			t.Errorf("%s: got %v, %v", sq, got, err)
		}
	}
	for _, s := range []string{"", "a", "a0", "i1", "a9", "A1", "e44", "-"} {
		if got, err := chess.ParseSquare(s); !errors.Is(err, chess.ErrSyntax) {
			t.Errorf("%q: got %v, %v, want ErrSyntax", s, got, err)
		}
	}
}
