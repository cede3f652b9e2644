package pgn

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The sample holds every kind of syntax; the golden files show what is kept of it.
func TestGolden(t *testing.T) {
	games := mustRead(t, mustReadFile(t, filepath.Join(moduleRoot(t), "testdata", "games", "annotated.pgn")))
	for _, row := range []struct {
		file   string
		format Format
	}{
		{"annotated.line.golden", Format{}},
		{"annotated.wrapped.golden", Format{Columns: 60, NumericNAGs: true, FullRoster: true}},
	} {
		t.Run(row.file, func(t *testing.T) {
			var got []byte
			for _, game := range games {
				got = row.format.Append(got, game)
			}
			path := filepath.Join("testdata", row.file)
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := mustReadFile(t, path); string(got) != want {
				t.Errorf("%s (run with -update if the change is meant)\ngot:\n%s\nwant:\n%s", path, got, want)
			}
			if !row.format.FullRoster {
				sameGames(t, mustRead(t, string(got)), games)
			}
		})
	}
}

func TestSampleIsLegal(t *testing.T) {
	for _, game := range mustRead(t, mustReadFile(t, filepath.Join(moduleRoot(t), "testdata", "games", "annotated.pgn"))) {
		if err := game.Walk(func(Step) error { return nil }); err != nil {
			t.Errorf("game %d: %v", game.Number, err)
		}
	}
}

func TestFullRoster(t *testing.T) {
	game := NewGame()
	game.SetTag("Event", "x")
	game.SetTag("ECO", "A00")
	game.SetTag("Event", "y")
	game.Result = Draw
	got := string(Format{FullRoster: true}.Append(nil, game))
	want := strings.Join([]string{
		`[Event "y"]`, `[Site "?"]`, `[Date "????.??.??"]`, `[Round "?"]`, `[White "?"]`, `[Black "?"]`, `[Result "1/2-1/2"]`,
		`[ECO "A00"]`, ``, `1/2-1/2`, ``, ``,
	}, "\n")
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// What a program puts into a game cannot break the text: a line break in a tag, a brace or a percent sign in a comment.
func TestWritingIsSafe(t *testing.T) {
	game := NewGame()
	game.SetTag("White", "a\"]\n[Result \"1-0")
	e4 := game.AddMove(Root, "e4")
	game.Nodes[e4].After = []Comment{{Text: "a } 1-0\n[Event \"x\"]"}, {Text: "%b\n%c"}}
	d4 := game.AddVariation(e4, "d4")
	game.AddMove(d4, "d5")
	game.AddMove(e4, "e5")
	for columns := range 30 {
		text := string(Format{Columns: columns}.Append(nil, game))
		read := mustReadOne(t, text)
		if got, want := read.Tag("White"), `a"] [Result "1-0`; got != want || len(read.Tags) != 1 {
			t.Errorf("%d tags, White = %s, want %s", len(read.Tags), got, want)
		}
		comments := read.Nodes[e4].After
		if len(comments) != 2 || comments[0].Text != `a } 1-0 [Event "x"]` || comments[1].Text != "%b %c" {
			t.Errorf("comments %q in:\n%s", comments, text)
		}
		if read.Result != Unfinished || len(read.Nodes) != 5 {
			t.Errorf("result %v and %d nodes, want * and 5, in:\n%s", read.Result, len(read.Nodes), text)
		}
	}
}
