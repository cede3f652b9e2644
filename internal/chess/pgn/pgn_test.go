package pgn

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mustRead reads all games and fails at the first bad one.
func mustRead(tb testing.TB, text string) []*Game {
	tb.Helper()
	var games []*Game
	for game, err := range NewReader(strings.NewReader(text), Limits{}).All() {
		if err != nil {
			tb.Fatalf("%v in:\n%s", err, text)
		}
		games = append(games, game)
	}
	return games
}

func mustReadOne(tb testing.TB, text string) *Game {
	tb.Helper()
	games := mustRead(tb, text)
	if len(games) != 1 {
		tb.Fatalf("%d games, want 1, in:\n%s", len(games), text)
	}
	return games[0]
}

// sharedFile returns the path of a file of the shared test data and skips the test where there is none.
func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	path := filepath.Join(moduleRoot(tb), "..", "shared", "data", "chess", name)
	if _, err := os.Stat(path); err != nil {
		tb.Skipf("the shared test data is not beside the checkout: %v", err)
	}
	return path
}

func moduleRoot(tb testing.TB) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			tb.Fatal("no go.mod above the test")
		}
		dir = parent
	}
}

func mustReadFile(tb testing.TB, path string) string {
	tb.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// sameGames compares what games say, not where they stood.
func sameGames(tb testing.TB, got, want []*Game) {
	tb.Helper()
	if len(got) != len(want) {
		tb.Fatalf("%d games, want %d", len(got), len(want))
	}
	for i := range got {
		if diff := differ(got[i], want[i]); diff != "" {
			tb.Fatalf("game %d: %s\ngot:\n%s\nwant:\n%s", i+1, diff, got[i], want[i])
		}
	}
}

func differ(got, want *Game) string {
	switch {
	case !slices.Equal(sortedTags(got), sortedTags(want)):
		return "tags differ"
	case got.Result != want.Result:
		return "results differ"
	case !slices.EqualFunc(got.Nodes, want.Nodes, sameNode):
		return "moves differ"
	}
	return ""
}

func sameNode(a, b Node) bool {
	return a.SAN == b.SAN && a.Parent == b.Parent && a.Next == b.Next && a.Var == b.Var && a.Sib == b.Sib &&
		slices.Equal(a.NAGs, b.NAGs) &&
		slices.EqualFunc(a.Before, b.Before, sameComment) && slices.EqualFunc(a.After, b.After, sameComment)
}

func sameComment(a, b Comment) bool {
	return a.Text == b.Text && slices.Equal(a.Commands, b.Commands)
}

// sortedTags puts the roster first, as writing does, and keeps the order of everything else.
func sortedTags(g *Game) []Tag {
	rank := func(t Tag) int {
		if i := slices.IndexFunc(roster[:], func(r Tag) bool { return r.Name == t.Name }); i >= 0 {
			return i
		}
		return len(roster)
	}
	tags := slices.Clone(g.Tags)
	slices.SortStableFunc(tags, func(a, b Tag) int { return rank(a) - rank(b) })
	return tags
}
