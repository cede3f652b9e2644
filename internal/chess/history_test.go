package chess_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

const shuffle = "g1f3 g8f6 f3g1 f6g8 "

func TestRepetitions(t *testing.T) {
	tests := []struct {
		name, fen, moves string
		want             int
	}{
		{"start", "", "", 1},
		{"second", "", shuffle, 2},
		{"third", "", shuffle + shuffle, 3},
		{"fifth", "", strings.Repeat(shuffle, 4), 5},
		{"a pawn move starts afresh", "", shuffle + "e2e4 e7e5 " + shuffle, 2},
		{"other side to move", "", "b1c3 b8c6 c3b1 c6b8 e2e3", 1},
		{
			"a lost castling right makes another position", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1",
			"e1e2 e8e7 e2e1 e7e8", 1,
		},
		{
			"without the rights it counts from the first without", "r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1",
			"e1e2 e8e7 e2e1 e7e8 e1e2 e8e7 e2e1 e7e8", 2,
		},
		{
			// After e2e4 Black can take en passant; when the pieces are back he
			// cannot, so the position is new.
			"a legal en passant capture makes another position", "4k3/8/8/8/3p4/8/4P3/4K3 w - - 0 1",
			"e2e4 e8e7 e1e2 e7e8 e2e1", 1,
		},
		{
			"an impossible en passant capture does not", "4k3/8/8/8/8/8/4P3/4K3 w - - 0 1",
			"e2e4 e8e7 e1e2 e7e8 e2e1", 2,
		},
		{
			// The pawn on e4 is pinned on the fourth rank.
			"nor does one that a pin forbids", "8/8/8/8/k3p2Q/8/3P4/3K4 w - - 0 1",
			"d2d4 a4a5 d1d2 a5a4 d2d1", 2,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := chess.StartPosition()
			if tt.fen != "" {
				start = mustFEN(t, tt.fen)
			}
			h := chess.NewHistory(start)
			playAll(t, &h, tt.moves)
			if got := h.Repetitions(); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			if got, want := h.Plies(), len(strings.Fields(tt.moves)); got != want {
				t.Errorf("Plies: got %d, want %d", got, want)
			}
		})
	}
}

func TestEnding(t *testing.T) {
	const rooks = "r3k3/8/8/8/8/8/8/4K2R w - - "
	type endings [3]chess.Ending // lichess, FIDE, no fifty
	all := func(e chess.Ending) endings { return endings{e, e, e} }
	tests := []struct {
		name, fen, moves string
		want             endings
		claim            [3]bool
	}{
		{"start", "", "", all(chess.Ongoing), [3]bool{}},
		{"fool's mate", "", "f2f3 e7e5 g2g4 d8h4", all(chess.Checkmate), [3]bool{}},
		{"stalemate", "7k/5Q2/8/8/8/8/8/K7 b - - 0 1", "", all(chess.Stalemate), [3]bool{}},
		{"mate at 100 is mate", "7k/8/6K1/8/8/8/8/R7 w - - 99 90", "a1a8", all(chess.Checkmate), [3]bool{false, true, false}},
		{"capture to bare kings", "8/8/8/4k3/3R4/8/8/K7 b - - 0 1", "e5d4", all(chess.DeadPosition), [3]bool{}},
		{"threefold", "", shuffle + shuffle, all(chess.Ongoing), [3]bool{true, true, true}},
		{"fivefold", "", strings.Repeat(shuffle, 4), all(chess.FivefoldRepetition), [3]bool{true, true, true}},
		{"99 plies", rooks + "98 90", "h1h2", all(chess.Ongoing), [3]bool{}},
		{
			"50 moves", rooks + "99 90", "h1h2",
			endings{chess.FiftyMoves, chess.Ongoing, chess.Ongoing}, [3]bool{false, true, false},
		},
		{
			"75 moves", rooks + "149 90", "h1h2",
			endings{chess.FiftyMoves, chess.SeventyFiveMoves, chess.SeventyFiveMoves}, [3]bool{false, true, false},
		},
	}
	policies := [3]chess.DrawPolicy{chess.DrawLichess, chess.DrawFIDE, chess.DrawNoFifty}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := chess.StartPosition()
			if tt.fen != "" {
				start = mustFEN(t, tt.fen)
			}
			h := chess.NewHistory(start)
			playAll(t, &h, tt.moves)
			for i, policy := range policies {
				if got := h.Ending(policy); got != tt.want[i] {
					t.Errorf("%s: got %s, want %s", policy, got, tt.want[i])
				}
				if got := h.CanClaimDraw(policy); got != tt.claim[i] {
					t.Errorf("%s: CanClaimDraw: got %t, want %t", policy, got, tt.claim[i])
				}
			}
		})
	}
}

// TestPlyLimit plays at random but without captures, and with a pawn move
// before the 50-move rule ends the game.
func TestPlyLimit(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	h := chess.NewHistory(chess.StartPosition())
	for h.Plies() < chess.MaxPlies {
		if got := h.Ending(chess.DrawLichess); got != chess.Ongoing {
			t.Fatalf("after %d plies: %s", h.Plies(), got)
		}
		h.Play(longGameMove(t, &h, random))
	}
	want := [3]chess.Ending{chess.PlyLimit, chess.PlyLimit, chess.Ongoing}
	for i, policy := range []chess.DrawPolicy{chess.DrawLichess, chess.DrawFIDE, chess.DrawNoFifty} {
		if got := h.Ending(policy); got != want[i] {
			t.Errorf("%s: got %s, want %s", policy, got, want[i])
		}
	}
}

// longGameMove takes any move that goes on when none is of the wanted kind.
func longGameMove(t *testing.T, h *chess.History, random *rand.Rand) chess.Move {
	t.Helper()
	p := h.Position()
	pawns := p.ByRole(chess.Pawn)
	wantPawn := p.HalfmoveClock() > 80
	moves := p.LegalMoves(nil)
	chosen := chess.NoMove
	for _, i := range random.Perm(len(moves)) {
		m := moves[i]
		next := p.Play(m)
		if !next.HasLegalMove() {
			continue
		}
		chosen = m
		if p.PieceAt(m.To()) == chess.NoPiece && pawns.Has(m.From()) == wantPawn {
			break
		}
	}
	if chosen == chess.NoMove {
		t.Fatalf("no suitable move in %s", p.FEN())
	}
	return chosen
}

func TestCloneIsIndependent(t *testing.T) {
	h := chess.NewHistory(chess.StartPosition())
	playAll(t, &h, shuffle)
	c := h.Clone()
	playAll(t, &c, shuffle)
	playAll(t, &h, "e2e4 e7e5")
	if got := c.Repetitions(); got != 3 {
		t.Errorf("clone: got %d repetitions, want 3", got)
	}
	if h.Plies() != 6 || c.Plies() != 8 {
		t.Errorf("plies: got %d and %d, want 6 and 8", h.Plies(), c.Plies())
	}
}

func TestPlayUCIRefusalChangesNothing(t *testing.T) {
	h := chess.NewHistory(chess.StartPosition())
	before := *h.Position()
	for _, s := range []string{"e2e5", "what", ""} {
		if _, err := h.PlayUCI(s); err == nil {
			t.Errorf("%q was accepted", s)
		}
	}
	if *h.Position() != before || h.Plies() != 0 {
		t.Error("a refused move changed the history")
	}
}
