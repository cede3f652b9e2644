package opening_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kibitz/internal/chess"
	"kibitz/internal/chess/opening"
	"kibitz/internal/chess/pgn"
)

func play(tb testing.TB, moves string) (chess.Position, []chess.Move) {
	tb.Helper()
	start := chess.StartPosition()
	p := start
	var list []chess.Move
	for san := range strings.FieldsSeq(moves) {
		m, err := p.ParseSAN(san)
		if err != nil {
			tb.Fatalf("%s: %v", moves, err)
		}
		list = append(list, m)
		p = p.Play(m)
	}
	return start, list
}

func TestOf(t *testing.T) {
	rows := []struct {
		name, moves string
		want        opening.Opening
	}{
		{"no move", "", opening.Opening{}},
		{"first move", "e4", opening.Opening{ECO: "B00", Name: "King's Pawn", Ply: 1}},
		{"Italian", "e4 e5 Nf3 Nc6 Bc4", opening.Opening{ECO: "C50", Name: "Italian Game", Ply: 5}},
		{"by other moves", "Nf3 Nc6 e4 e5 Bc4", opening.Opening{ECO: "C50", Name: "Italian Game", Ply: 5}},
		{"what follows has no name", "e4 e5 Nf3 Nc6 Bc4 a6 a3 h6 h3", opening.Opening{ECO: "C50", Name: "Italian Game", Ply: 5}},
		{"deep", "e4 c5 Nf3 d6 d4 cxd4 Nxd4 Nf6 Nc3 a6 Be3 e5 Nb3 Be6", opening.Opening{ECO: "B90", Name: "Sicilian Defense: Najdorf Variation, English Attack", Ply: 11}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, ok := opening.Of(play(t, row.moves))
			if got != row.want || ok != (row.want.Ply > 0) {
				t.Errorf("%s: got %+v, %v, want %+v", row.moves, got, ok, row.want)
			}
		})
	}
}

// Games from other starts have no opening, even where they come to a position
// that has a name.
func TestOtherStartsHaveNone(t *testing.T) {
	p960, err := chess.Start960(chess.ClassicalStart)
	if err != nil {
		t.Fatal(err)
	}
	_, moves := play(t, "e4 e5 Nf3")
	if got, ok := opening.Of(p960, moves); ok {
		t.Errorf("got %+v for a game of Chess960", got)
	}
}

// Nothing but what is in the table has a name, and a table that was not sorted
// would be found out here.
func TestEncode(t *testing.T) {
	for _, row := range []struct {
		name string
		line opening.Line
	}{
		{"illegal move", opening.Line{ECO: "A00", Name: "x", Moves: []string{"e2e5"}}},
		{"no name", opening.Line{ECO: "A00", Moves: []string{"e2e4"}}},
		{"no moves", opening.Line{ECO: "A00", Name: "x"}},
		{"short code", opening.Line{ECO: "A0", Name: "x", Moves: []string{"e2e4"}}},
	} {
		if _, err := opening.Encode([]opening.Line{row.line}); !errors.Is(err, opening.ErrLine) {
			t.Errorf("%s: got %v, want %v", row.name, err, opening.ErrLine)
		}
	}
	twice := []opening.Line{
		{ECO: "A00", Name: "first", Moves: []string{"e2e4"}}, {ECO: "A01", Name: "second", Moves: []string{"e2e4"}},
	}
	once, err := opening.Encode(twice[:1])
	if err != nil {
		t.Fatal(err)
	}
	got, err := opening.Encode(twice)
	if err != nil || string(got) != string(once) {
		t.Errorf("got %q, %v for the same position twice, want %q", got, err, once)
	}
}

func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Dir(dir)
	}
	path := filepath.Join(dir, "..", "shared", "data", "chess", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("shared test data is not there: %s beside the checkout", name)
	}
	return path
}

// TestAgainstRealGames compares with the names that lichess gave games. All that
// differ are lines that were named, or named anew, after our table was made: the
// Russian Game is now Petrov's Defense.
func TestAgainstRealGames(t *testing.T) {
	f, err := os.Open(sharedFile(t, "lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var games, eco, name int
	for g, err := range pgn.NewReader(f, pgn.Limits{}).All() {
		if err != nil {
			t.Fatal(err)
		}
		start, moves, err := g.Replay()
		if err != nil {
			t.Fatal(err)
		}
		if g.Tag("ECO") == "?" || g.Tag("ECO") == "" || len(moves) == 0 {
			continue
		}
		games++
		got, _ := opening.Of(start, moves)
		if got.ECO == g.Tag("ECO") {
			eco++
		}
		if got.Name == g.Tag("Opening") {
			name++
		} else if testing.Verbose() {
			t.Logf("%s: got %s %s at %d, want %s %s", g.Tag("Site"), got.ECO, got.Name, got.Ply, g.Tag("ECO"), g.Tag("Opening"))
		}
	}
	t.Logf("%d games: the same code %d, the same name %d", games, eco, name)
	if games < 400 || eco*100 < games*98 || name*100 < games*93 {
		t.Errorf("of %d games %d have the same code and %d the same name", games, eco, name)
	}
}
