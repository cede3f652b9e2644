package chess_test

import (
	"encoding/binary"
	"hash/crc32"
	"math/rand/v2"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/game"
)

var rules = chess.NewRules(chess.DrawLichess)

// state returns a game that has just begun from a position.
func state(t *testing.T, setup string) game.State {
	t.Helper()
	s, err := rules.New([]byte(setup), 2)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rankAll returns the events of a state in order, and checks that each has the
// place where it stands.
func rankAll(t *testing.T, s game.State) []game.Event {
	t.Helper()
	first, err := rules.Ranked(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, of, ok := rules.Rank(s, first)
	if !ok {
		t.Fatal("the first move has no rank")
	}
	if n := rules.Turns(s); n != of {
		t.Fatalf("there are %d turns, and the first is one of %d", n, of)
	}
	all := make([]game.Event, of)
	for i := range all {
		if all[i], err = rules.Ranked(s, i); err != nil {
			t.Fatal(err)
		}
		if rank, n, ok := rules.Rank(s, all[i]); rank != i || n != of || !ok {
			t.Fatalf("move %d has the rank %d of %d, %t", i, rank, n, ok)
		}
	}
	if e, err := rules.Ranked(s, of); err == nil {
		t.Fatalf("there is a move %d of %d: %v", of, of, e)
	}
	return all
}

// TestRankIsForEver holds the order of moves in random games, on which every
// stored game depends. When it fails, the change must be undone.
func TestRankIsForEver(t *testing.T) {
	sum := crc32.NewIEEE()
	rng := rand.New(rand.NewPCG(8, 9))
	for n, setup := range []string{``, `{"variant":"chess960","number":100}`, `{"variant":"chess960","number":959}`,
		`{"fen":"r3k2r/Pp1p2pP/8/2pP4/4pP2/8/pP1P2p1/R3K2R w KQkq c6 0 1"}`} {
		for range 8 {
			s := state(t, setup)
			for ply := 0; ply < 120 && !s.Result().Over(); ply++ {
				first, err := rules.Ranked(s, 0)
				if err != nil {
					break // mate or stalemate: only Decide ends a game
				}
				_, of, _ := rules.Rank(s, first)
				e, err := rules.Ranked(s, rng.IntN(of))
				if err != nil {
					t.Fatal(err)
				}
				data, err := rules.EncodeEvent(e)
				if err != nil {
					t.Fatal(err)
				}
				sum.Write(binary.LittleEndian.AppendUint16(data, uint16(of+n)))
				s = s.Evolve(e)
			}
		}
	}
	if got, want := sum.Sum32(), uint32(0x34872627); got != want {
		t.Errorf("the checksum of the order is %#x, want %#x: stored games cannot be read any more", got, want)
	}
}

func TestRank(t *testing.T) {
	for _, tt := range []struct {
		name, setup string
		moves       int
		first       string
	}{
		{"the usual start", ``, 20, "b1c3"},
		{"take the queen", `{"fen":"4k3/8/8/3q4/4P3/8/8/4K3 w - - 0 1"}`, 0, "e4d5"},
		{"promote to a queen", `{"fen":"8/4P1k1/8/8/8/8/8/4K3 w - - 0 1"}`, 0, "e7e8q"},
		{"more than 256 moves", `{"fen":"QQQQQQBk/Q6B/Q6Q/Q6Q/Q6Q/Q6Q/Q6Q/KQQQQQQQ w - - 0 1"}`, 265, ""},
	} {
		all := rankAll(t, state(t, tt.setup))
		mark, err := rules.Mark(0, "move", mustEncode(t, all[0]))
		if err != nil || mark.Ply != 1 || mark.Over {
			t.Errorf("%s: Mark() = %+v, %v", tt.name, mark, err)
		}
		if tt.moves > 0 && len(all) != tt.moves {
			t.Errorf("%s: %d moves, want %d", tt.name, len(all), tt.moves)
		}
		if tt.first != "" && mark.Note != tt.first {
			t.Errorf("%s: the first move is %s, want %s", tt.name, mark.Note, tt.first)
		}
	}
}

func mustEncode(t *testing.T, e game.Event) []byte {
	t.Helper()
	data, err := rules.EncodeEvent(e)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestMark(t *testing.T) {
	for _, tt := range []struct {
		name, typ string
		data      []byte
		want      game.Mark
	}{
		{"a takeback", "takeback", []byte{5, 0}, game.Mark{Ply: 5}},
		{"a takeback to where it stands", "takeback", []byte{20, 0}, game.Mark{Ply: 7}},
		{"an offer", "draw-offered", []byte{1}, game.Mark{Ply: 7}},
		{"the end", "ended", []byte{31, 0, 1}, game.Mark{Ply: 7, Over: true}},
		{"castling", "move", []byte{0xc4, 0x81}, game.Mark{Ply: 8, Note: "e1h1"}},
	} {
		if got, err := rules.Mark(7, tt.typ, tt.data); err != nil || got != tt.want {
			t.Errorf("%s: got %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
	if _, err := rules.Mark(7, "nonsense", nil); err == nil {
		t.Error("nonsense was marked")
	}
}

func TestVariant(t *testing.T) {
	for setup, want := range map[string]string{
		``: game.Standard, `{"variant":"chess960","number":3}`: "chess960", `{"fen":"4k3/8/8/8/8/8/8/4K2R w K - 0 1"}`: game.FromPosition,
	} {
		if got, err := rules.Variant([]byte(setup)); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", setup, got, err, want)
		}
	}
}
