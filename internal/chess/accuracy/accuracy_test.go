package accuracy_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"kibitz/internal/chess"
	"kibitz/internal/chess/accuracy"
	"kibitz/internal/chess/pgn"
)

func cp(n int) accuracy.Eval   { return accuracy.Eval{Centipawns: n} }
func mate(n int) accuracy.Eval { return accuracy.Eval{Mate: n} }

func evals(centipawns ...int) []accuracy.Eval {
	list := make([]accuracy.Eval, len(centipawns))
	for i, n := range centipawns {
		list[i] = cp(n)
	}
	return list
}

func near(got, want float64) bool { return math.Abs(got-want) < 0.005 }

// The values were worked out by hand from the formulas of spec/ux.md 4.
func TestWinPercent(t *testing.T) {
	for _, row := range []struct {
		name string
		eval accuracy.Eval
		want float64
	}{
		{"even", cp(0), 50}, {"start", accuracy.Start, 51.38}, {"a pawn up", cp(100), 59.10}, {"a pawn down", cp(-100), 40.90},
		{"three pawns", cp(300), 75.11}, {"ten pawns", cp(1000), 97.54}, {"more makes no difference", cp(5000), 97.54},
		{"mates in 9", mate(9), 97.54}, {"is mated in 1", mate(-1), 2.46},
		{"has mated", mate(accuracy.OverWhite), 97.54}, {"was mated", mate(accuracy.OverBlack), 2.46},
	} {
		if got := accuracy.WinPercent(row.eval); !near(got, row.want) {
			t.Errorf("%s: got %.3f, want %.2f", row.name, got, row.want)
		}
	}
}

func TestOfMove(t *testing.T) {
	for _, row := range []struct {
		name                string
		before, after, want float64
	}{
		{"nothing lost", 60, 60, 100}, {"better than thought", 40, 60, 100}, {"ten points", 60, 50, 63.58}, {"all", 100, 0, 0},
	} {
		if got := accuracy.OfMove(row.before, row.after); !near(got, row.want) {
			t.Errorf("%s: got %.3f, want %.2f", row.name, got, row.want)
		}
	}
}

func TestOfGame(t *testing.T) {
	for _, row := range []struct {
		name         string
		game         accuracy.Game
		white, black accuracy.Side
	}{
		{"no moves", accuracy.Game{Evals: evals(15)}, accuracy.Side{}, accuracy.Side{}},
		{"nothing at all", accuracy.Game{}, accuracy.Side{}, accuracy.Side{}},
		{"one move", accuracy.Game{Evals: evals(15, 15)}, accuracy.Side{Percent: 100, Moved: true}, accuracy.Side{}},
		{"Black begins", accuracy.Game{Evals: evals(0, -50), BlackFirst: true}, accuracy.Side{}, accuracy.Side{Percent: 100, Moved: true}},
		{"a blunder of White", accuracy.Game{Evals: evals(15, 20, 10, -200, -180)},
			accuracy.Side{Percent: 52.885, Moved: true}, accuracy.Side{Percent: 95.970, Moved: true}},
	} {
		white, black := row.game.Of()
		if !near(white.Percent, row.white.Percent) || !near(black.Percent, row.black.Percent) ||
			white.Moved != row.white.Moved || black.Moved != row.black.Moved {
			t.Errorf("%s: got %+v and %+v, want %+v and %+v", row.name, white, black, row.white, row.black)
		}
	}
}

func TestClassOf(t *testing.T) {
	for _, row := range []struct {
		name          string
		before, after accuracy.Eval
		black         bool
		want          accuracy.Class
	}{
		{"nothing lost", cp(20), cp(20), false, accuracy.Fine},
		// 5, 10 and 15 points of the winning percentage, from 50 down: half of
		// the scale on which the limits are 0.1, 0.2 and 0.3.
		{"under 5 points", cp(0), cp(-54), false, accuracy.Fine},
		{"over 5 points", cp(0), cp(-55), false, accuracy.Inaccuracy},
		{"under 10 points", cp(0), cp(-110), false, accuracy.Inaccuracy},
		{"over 10 points", cp(0), cp(-111), false, accuracy.Mistake},
		{"under 15 points", cp(0), cp(-168), false, accuracy.Mistake},
		{"over 15 points", cp(0), cp(-169), false, accuracy.Blunder},
		{"Black's loss", cp(0), cp(169), true, accuracy.Blunder},
		{"Black's gain", cp(0), cp(-169), true, accuracy.Fine},
		{"much of much", cp(3000), cp(1200), false, accuracy.Fine},
		{"runs into mate", cp(50), mate(-3), false, accuracy.Blunder},
		{"runs into mate, badly off", cp(-800), mate(-3), false, accuracy.Mistake},
		{"runs into mate, lost", cp(-1200), mate(-3), false, accuracy.Inaccuracy},
		{"Black runs into mate", cp(-50), mate(3), true, accuracy.Blunder},
		{"misses mate", mate(3), cp(100), false, accuracy.Blunder},
		{"misses mate, much better", mate(3), cp(800), false, accuracy.Mistake},
		{"misses mate, won", mate(3), cp(1200), false, accuracy.Inaccuracy},
		{"misses mate, is mated", mate(3), mate(-2), false, accuracy.Blunder},
		{"Black misses mate", mate(-1), cp(0), true, accuracy.Blunder},
		{"a longer mate", mate(2), mate(7), false, accuracy.Fine},
		{"mates", mate(1), mate(accuracy.OverWhite), false, accuracy.Fine},
		{"a sooner end", mate(-5), mate(-1), false, accuracy.Fine},
		{"escapes", mate(-5), cp(0), false, accuracy.Fine},
	} {
		if got := accuracy.ClassOf(row.before, row.after, row.black); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

// What holds for any game: percentages, and White's game mirrored is Black's.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Custom(func(t *rapid.T) accuracy.Eval {
			return accuracy.Eval{Centipawns: rapid.IntRange(-2000, 2000).Draw(t, "cp"), Mate: rapid.IntRange(-1, 1).Draw(t, "mate")}
		})).Draw(t, "evals")
		turned := make([]accuracy.Eval, len(list))
		for i, e := range list {
			turned[i] = accuracy.Eval{Centipawns: -e.Centipawns, Mate: -e.Mate}
		}
		game, mirror := accuracy.Game{Evals: list}, accuracy.Game{Evals: turned, BlackFirst: true}
		white, black := game.Of()
		other, same := mirror.Of()
		if !near(white.Percent, same.Percent) || !near(black.Percent, other.Percent) {
			t.Fatalf("got %v and %v, mirrored %v and %v", white, black, other, same)
		}
		for _, p := range append(game.Moves(), white.Percent, black.Percent) {
			if !(p >= 0 && p <= 100) {
				t.Fatalf("got an accuracy of %v", p)
			}
		}
		classes, mirrored := game.Classes(), mirror.Classes()
		for i := range classes {
			if classes[i] != mirrored[i] {
				t.Fatalf("move %d: got %q, mirrored %q", i+1, classes[i], mirrored[i])
			}
		}
	})
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

// TestAgainstRealGames compares with the glyphs that lichess put behind moves.
// It gives none to a move that its engine would have played too, which the
// files do not tell, so that we find a few more; and it judged before it
// rounded, so that some moves at a limit differ.
func TestAgainstRealGames(t *testing.T) {
	f, err := os.Open(sharedFile(t, "lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var moves, marked, agreed, more, fewer, other int
	for g, err := range pgn.NewReader(f, pgn.Limits{}).All() {
		if err != nil {
			t.Fatal(err)
		}
		list, marks := judged(t, g)
		for i, got := range (accuracy.Game{Evals: list}).Classes() {
			moves++
			if marks[i] != accuracy.Fine {
				marked++
			}
			switch {
			case got == marks[i] && got != accuracy.Fine:
				agreed++
			case marks[i] == accuracy.Fine && got != accuracy.Fine:
				more++
			case got == accuracy.Fine && marks[i] != accuracy.Fine:
				fewer++
			case got != marks[i]:
				other++
			}
		}
	}
	t.Logf("%d moves, %d with a glyph: agreed on %d, another class for %d, no class for %d; a class without a glyph for %d",
		moves, marked, agreed, other, fewer, more)
	if marked < 4000 || agreed*1000 < marked*998 || more*1000 > moves*3 {
		t.Error("that is not what lichess says")
	}
}

// judged returns the evaluations of a game and the glyphs of its moves, as far
// as there are evaluations.
func judged(t *testing.T, g *pgn.Game) ([]accuracy.Eval, []accuracy.Class) {
	t.Helper()
	list, marks := []accuracy.Eval{accuracy.Start}, []accuracy.Class{}
	_, moves, err := g.Replay()
	if err != nil {
		t.Fatal(err)
	}
	p, i := chess.StartPosition(), 0
	for id := g.Nodes[pgn.Root].Next; id != pgn.Root; id = g.Nodes[id].Next {
		node := &g.Nodes[id]
		p = p.Play(moves[i])
		i++
		eval, ok := node.Eval()
		if !ok {
			return list, marks
		}
		list = append(list, accuracy.Eval{Centipawns: eval.Centipawns, Mate: eval.Mate})
		mark := accuracy.Fine
		for _, nag := range node.NAGs {
			switch nag {
			case pgn.Dubious:
				mark = accuracy.Inaccuracy
			case pgn.Mistake:
				mark = accuracy.Mistake
			case pgn.Blunder:
				mark = accuracy.Blunder
			}
		}
		marks = append(marks, mark)
	}
	return list, marks
}
