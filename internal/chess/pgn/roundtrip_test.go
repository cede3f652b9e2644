package pgn

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

var sharedGames = []struct {
	file  string
	games int
}{
	{"lichess-titled-1000-eval-clk.pgn", 500},
	{"random-standard.pgn", 125},
	{"random-chess960.pgn", 125},
}

var formats = []struct {
	name   string
	format Format
}{
	{"one line", Format{}},
	{"80 columns", Format{Columns: 80}},
	{"numeric annotations", Format{Columns: 20, NumericNAGs: true}},
}

func TestRealGamesSurviveWriting(t *testing.T) {
	for _, shared := range sharedGames {
		for _, row := range formats {
			t.Run(shared.file+"/"+row.name, func(t *testing.T) {
				want := mustRead(t, mustReadFile(t, sharedFile(t, shared.file)))
				if len(want) != shared.games {
					t.Fatalf("%d games, want %d", len(want), shared.games)
				}
				var text []byte
				for _, game := range want {
					text = row.format.Append(text, game)
				}
				checkColumns(t, text, row.format.Columns)
				sameGames(t, mustRead(t, string(text)), want)
			})
		}
	}
}

// checkColumns looks at lines of moves; only a single word may be longer than a line.
func checkColumns(t *testing.T, text []byte, columns int) {
	t.Helper()
	for line := range bytes.Lines(text) {
		line = bytes.TrimSuffix(line, []byte{'\n'})
		if columns > 0 && line != nil && !bytes.HasPrefix(line, []byte("[")) && len(line) > columns && bytes.Contains(line, []byte(" ")) &&
			!bytes.HasPrefix(line, []byte("[%")) {
			t.Fatalf("line of %d bytes, want at most %d: %s", len(line), columns, line)
		}
	}
}

// The files of lichess are in the very form that the zero Format writes, but for the number of blank lines.
func TestLichessGamesAreWrittenByteForByte(t *testing.T) {
	blankLines := regexp.MustCompile(`\n\n+`)
	for _, shared := range sharedGames {
		want := blankLines.ReplaceAllString(mustReadFile(t, sharedFile(t, shared.file)), "\n\n")
		var got []byte
		for _, game := range mustRead(t, want) {
			got = Format{}.Append(got, game)
		}
		gotLines, wantLines := strings.Split(strings.TrimSpace(string(got)), "\n"), strings.Split(strings.TrimSpace(want), "\n")
		if len(gotLines) != len(wantLines) {
			t.Fatalf("%s: %d lines, want %d", shared.file, len(gotLines), len(wantLines))
		}
		for i := range gotLines {
			if gotLines[i] != wantLines[i] {
				t.Fatalf("%s line %d:\n got %s\nwant %s", shared.file, i+1, gotLines[i], wantLines[i])
			}
		}
	}
}

func TestRealGamesKeepWhatTheyHold(t *testing.T) {
	var plies, clocks, evaluated, variations, glyphs int
	for _, game := range mustRead(t, mustReadFile(t, sharedFile(t, "lichess-titled-1000-eval-clk.pgn"))) {
		hasEval := false
		for id := game.Nodes[Root].Next; id != Root; id = game.Nodes[id].Next {
			node := &game.Nodes[id]
			plies++
			if _, ok := node.Clock(); ok {
				clocks++
			}
			if _, ok := node.Eval(); ok {
				hasEval = true
			}
			if node.Var != Root {
				variations++
			}
			glyphs += len(node.NAGs)
		}
		if hasEval {
			evaluated++
		}
	}
	for _, row := range []struct {
		name      string
		got, want int
	}{
		{"plies", plies, 37_423},
		{"moves with a clock", clocks, 37_423},
		{"games with evaluations", evaluated, 482},
		{"glyphs", glyphs, 2_562 + 942 + 1_227},
	} {
		if row.got != row.want {
			t.Errorf("%s: %d, want %d", row.name, row.got, row.want)
		}
	}
	if variations < 4_000 {
		t.Errorf("variations: %d, want thousands", variations)
	}
}

func BenchmarkRead(b *testing.B) {
	text, err := os.ReadFile(sharedFile(b, "lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		b.Fatal(err)
	}
	benchmarkGames(b, text, func(game *Game) error { return nil })
}

func BenchmarkReadAndReplay(b *testing.B) {
	text, err := os.ReadFile(sharedFile(b, "lichess-titled-1000-eval-clk.pgn"))
	if err != nil {
		b.Fatal(err)
	}
	benchmarkGames(b, text, func(game *Game) error { return game.Walk(func(Step) error { return nil }) })
}

func benchmarkGames(b *testing.B, text []byte, use func(*Game) error) {
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	games := 0
	for b.Loop() {
		for game, err := range NewReader(bytes.NewReader(text), Limits{}).All() {
			if err != nil {
				b.Fatal(err)
			}
			if err := use(game); err != nil {
				b.Fatal(err)
			}
			games++
		}
	}
	b.ReportMetric(float64(games)/b.Elapsed().Seconds(), "games/s")
}

func BenchmarkWrite(b *testing.B) {
	games := mustRead(b, mustReadFile(b, sharedFile(b, "lichess-titled-1000-eval-clk.pgn")))
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		for _, game := range games {
			dst = Format{Columns: 80}.Append(dst[:0], game)
		}
	}
	b.ReportMetric(float64(b.N*len(games))/b.Elapsed().Seconds(), "games/s")
}
