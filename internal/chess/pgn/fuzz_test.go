package pgn

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Any input ends, gives games within the limits, and games that survive being written in every format.
func FuzzPGN(f *testing.F) {
	sample, err := os.ReadFile(filepath.Join(moduleRoot(f), "testdata", "games", "annotated.pgn"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	for _, text := range []string{
		good, "1. e4 ; a } b\n(1. d4 {%x [%clk 1:2:3.4] [% y} 1... d5) *", "[A \"\\\"\\\\\"]\n*", "\ufeff[A \"\xff\"]\r\n*",
		"%\n*{\n\n[Event \"", "1. e4!!?? $3 {[[%a [%b]]} (1. c4 (1. d4) {x} {y}) {z} 1-0 {w}",
	} {
		f.Add([]byte(text))
	}
	limits := Limits{Bytes: 4_000, Moves: 200, Depth: 5, Tags: 20}
	f.Fuzz(func(t *testing.T, input []byte) {
		for game, err := range NewReader(bytes.NewReader(input), limits).All() {
			var bad *Error
			if errors.As(err, &bad) {
				if bad.Line < 1 || bad.Game < 1 {
					t.Fatalf("no place in %v", err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if len(game.Nodes) > 201 || len(game.Tags) > 20 {
				t.Fatalf("%d nodes and %d tags", len(game.Nodes), len(game.Tags))
			}
			for _, row := range formats {
				text := row.format.Append(nil, game)
				sameGames(t, mustRead(t, string(text)), []*Game{game})
			}
			_ = game.Walk(func(Step) error { return nil }) // legal or not, it must end
		}
	})
}
