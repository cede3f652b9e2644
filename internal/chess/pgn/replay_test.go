package pgn

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

func TestWalkVisitsVariations(t *testing.T) {
	game := mustReadOne(t, "1. e4 (1. d4 d5 (1... Nf6 2. c4) 2. c4) e5 2. Nf3 *")
	var got []string
	err := game.Walk(func(s Step) error {
		got = append(got, fmt.Sprintf("%d/%d %s", s.Depth, s.Ply, s.Before.SAN(s.Move)))
		if s.After.Turn() == s.Before.Turn() {
			t.Errorf("%s: the move was not played", game.Nodes[s.Node].SAN)
		}
		return nil
	})
	want := []string{"0/0 e4", "1/0 d4", "1/1 d5", "2/1 Nf6", "2/2 c4", "1/2 c4", "0/1 e5", "0/2 Nf3"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v (error %v), want %v", got, err, want)
	}
}

func TestReplay(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"standard", "1. e4 e5 2. Nf3 *", "rnbqkbnr/pppp1ppp/8/4p3/4P3/5N2/PPPP1PPP/RNBQKB1R b KQkq - 1 2"},
		{"variations do not matter", "1. e4 (1. Qh5) e5 *", "rnbqkbnr/pppp1ppp/8/4p3/4P3/8/PPPP1PPP/RNBQKBNR w KQkq - 0 2"},
		{"from a position", "[FEN \"4k3/8/8/8/8/8/4p3/K7 b - - 3 41\"]\n\n41... e1=Q+ *", "4k3/8/8/8/8/8/8/K3q3 w - - 0 42"},
		{"castling with zeros", "[FEN \"r3k2r/8/8/8/8/8/8/R3K2R w KQkq - 0 1\"]\n\n1. 0-0 0-0-0 *", "2kr3r/8/8/8/8/8/8/R4RK1 w - - 2 2"},
		{"Chess960", "[Variant \"Chess960\"]\n[FEN \"k7/8/8/8/8/8/8/1R1K3R w HB - 0 1\"]\n\n1. O-O-O *", "k7/8/8/8/8/8/8/2KR3R b - - 1 1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			start, moves, err := mustReadOne(t, row.text).Replay()
			if err != nil {
				t.Fatal(err)
			}
			for _, move := range moves {
				start = start.Play(move)
			}
			if got := start.FEN(); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func TestStartKnowsChess960(t *testing.T) {
	for _, row := range []struct {
		variant string
		want    bool
	}{{"Chess960", true}, {"Fischerandom", true}, {"Standard", false}, {"From Position", false}, {"", false}} {
		game := NewGame()
		game.SetTag("Variant", row.variant)
		start, err := game.Start()
		if err != nil || start.Chess960() != row.want {
			t.Errorf("%q: Chess960 %t (error %v), want %t", row.variant, start.Chess960(), err, row.want)
		}
	}
}

func TestIllegalGames(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       error
		message    string
	}{
		{"illegal move", "1. e4 e5 2. Ke3 *", chess.ErrIllegalMove, "move 2. Ke3: "},
		{"illegal move of Black", "1. e4 e4 *", chess.ErrIllegalMove, "move 1... e4: "},
		{"illegal variation", "1. e4 (1. d4 d4) *", chess.ErrIllegalMove, "move 1... d4 of a variation: "},
		{"ambiguous", "1. Nf3 d6 2. d3 d5 3. Nd2 *", chess.ErrAmbiguous, "move 3. Nd2: "},
		{"not a move", "1. x4 *", chess.ErrSyntax, "move 1. x4: "},
		{"bad FEN", "[FEN \"8/8\"]\n\n*", chess.ErrFEN, "tag FEN: "},
		{"variant", "[Variant \"Atomic\"]\n\n1. e4 *", ErrVariant, "Atomic"},
	} {
		t.Run(row.name, func(t *testing.T) {
			err := mustReadOne(t, row.text).Walk(func(Step) error { return nil })
			if !errors.Is(err, row.want) || !strings.Contains(err.Error(), row.message) {
				t.Errorf("error %v, want %v with %q", err, row.want, row.message)
			}
		})
	}
}

func TestSharedGamesAreLegal(t *testing.T) {
	for _, shared := range sharedGames {
		for _, game := range mustRead(t, mustReadFile(t, sharedFile(t, shared.file))) {
			var final *chess.Position
			err := game.Walk(func(s Step) error {
				if s.Depth == 0 {
					after := *s.After
					final = &after
				}
				if got, want := s.Before.SAN(s.Move), game.Nodes[s.Node].SAN; got != want {
					return fmt.Errorf("SAN %s, want %s", got, want)
				}
				return nil
			})
			if err != nil {
				t.Fatalf("%s game %d: %v", shared.file, game.Number, err)
			}
			if want, ok := game.LookupTag("FinalFEN"); ok && final.FEN() != want {
				t.Errorf("%s game %d: final %s, want %s", shared.file, game.Number, final.FEN(), want)
			}
		}
	}
}
