package chess_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	second "github.com/corentings/chess/v2"

	"kibitz/internal/chess"
)

// TestAgainstSecondOpinion plays random games in step with an independent
// library: same legal moves, same FEN, same mates and stalemates. It knows
// standard chess only.
func TestAgainstSecondOpinion(t *testing.T) {
	const games, maxPlies = 24, 80
	starts := []string{
		"rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1",
		kiwipete,
		"8/2p5/3p4/KP5r/1R3p1k/8/4P1P1/8 w - - 0 1",
		"r3k2r/Pppp1ppp/1b3nbN/nP6/BBP1P3/q4N2/Pp1P2PP/R2Q1RK1 w kq - 0 1",
	}
	for seed := range games {
		random := rand.New(rand.NewPCG(uint64(seed), 64))
		compareGame(t, starts[seed%len(starts)], maxPlies, random)
	}
}

func compareGame(t *testing.T, fen string, maxPlies int, random *rand.Rand) {
	option, err := second.FEN(fen)
	if err != nil {
		t.Fatal(err)
	}
	other := second.NewGame(option).Position()
	p := mustFEN(t, fen)
	for range maxPlies {
		if got, want := p.FullEPFEN(), other.String(); got != want {
			t.Fatalf("FullEPFEN: got %s, want %s", got, want)
		}
		moves := p.LegalMoves(nil)
		compareMoves(t, &p, moves, other)
		if got, want := p.IsCheckmate(), other.Status() == second.Checkmate; got != want {
			t.Fatalf("%s: IsCheckmate: got %t, want %t", p.FEN(), got, want)
		}
		if got, want := p.IsStalemate(), other.Status() == second.Stalemate; got != want {
			t.Fatalf("%s: IsStalemate: got %t, want %t", p.FEN(), got, want)
		}
		if len(moves) == 0 {
			return
		}
		m := moves[random.IntN(len(moves))]
		otherMove, err := second.UCINotation{}.Decode(other, p.UCI(m))
		if err != nil {
			t.Fatal(err)
		}
		other = other.Update(otherMove)
		p = p.Play(m)
	}
}

func compareMoves(t *testing.T, p *chess.Position, moves []chess.Move, other *second.Position) {
	t.Helper()
	var got, want []string
	for _, m := range moves {
		got = append(got, p.UCI(m))
	}
	for _, m := range other.ValidMoves() {
		want = append(want, m.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got moves %v, want %v", p.FEN(), got, want)
	}
}

// manyMoves has more legal moves than fit the usual buffer of 256 (and than the
// second opinion can hold).
const manyMoves = "QQQQQQQQ/Q6Q/Q6Q/Q6Q/Q6Q/Q5Qp/Q4Qpp/KQQQQQbk w - - 0 1"

func TestMoreThan256Moves(t *testing.T) {
	p := mustFEN(t, manyMoves)
	want := queenMovesByHand(&p) + 1 // and the king can go to b2
	if got := len(p.LegalMoves(make([]chess.Move, 0, 256))); got != want {
		t.Errorf("LegalMoves: got %d, want %d", got, want)
	}
	if got := chess.Perft(&p, 1); got != uint64(want) {
		t.Errorf("Perft: got %d, want %d", got, want)
	}
}

// queenMovesByHand walks from each white queen in eight directions. In
// manyMoves nothing is pinned.
func queenMovesByHand(p *chess.Position) (count int) {
	for sq := range chess.NoSquare {
		if p.PieceAt(sq).Letter() != 'Q' {
			continue
		}
		for direction := range 9 {
			file, rank := sq.File(), sq.Rank()
			for direction != 4 { // 4 is no direction
				file, rank = file+direction%3-1, rank+direction/3-1
				if file < 0 || file > 7 || rank < 0 || rank > 7 {
					break
				}
				target := p.PieceAt(chess.NewSquare(file, rank))
				if target == chess.NoPiece || target.Color() == chess.Black {
					count++
				}
				if target != chess.NoPiece {
					break
				}
			}
		}
	}
	return count
}
