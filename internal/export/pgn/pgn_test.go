package pgn_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kibitz/internal/archive"
	"kibitz/internal/chess"
	chesspgn "kibitz/internal/chess/pgn"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

var update = flag.Bool("update", false, "write the golden files")

var rules = chess.NewRules(chess.DrawLichess)

var catalog = game.Catalog{chess.Kind: rules}

// begun is when the games of the tests begin.
var begun = time.Date(2026, 3, 14, 15, 9, 26, 0, time.UTC)

// played is a game at a table: every action, by the seat in front of it, takes
// a second and a half more than the one before.
type played struct {
	tb      testingTB
	table   *table.Table
	records []table.Record
	now     time.Time
}

type testingTB interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newGame(tb testingTB, setup string, control clock.Control, rated bool) *played {
	tb.Helper()
	s := table.Setup{
		Kind: chess.Kind, Game: json.RawMessage(setup), Control: control, Rated: rated, Origin: table.OriginLobby,
		Seats: []table.Player{{ID: "white0000000", Name: `Wanda "W" \o/`}, {ID: "black0000000", Name: "Bruno"}},
	}
	records, err := table.Create("aB3dE6gH", s, begun, catalog, still{})
	if err != nil {
		tb.Fatalf("%v", err)
	}
	loaded, err := table.Load(catalog, records)
	if err != nil {
		tb.Fatalf("%v", err)
	}
	return &played{tb: tb, table: loaded, records: records, now: begun}
}

// still is chance that changes nothing.
type still struct{}

func (still) Perm(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

func (p *played) do(seat game.Seat, typ, data string) {
	p.tb.Helper()
	p.now = p.now.Add(1500 * time.Millisecond)
	player := p.table.Setup().Seats[seat]
	records, err := p.table.Judge(table.Command{
		Table: p.table.ID(), Actor: player, ID: table.ActionID(fmt.Sprint("a", p.table.Seq())), At: p.now,
		Report: clock.Report{Spent: -1, Lag: -1, FrameLag: -1}, Type: typ, Data: []byte(data),
	}, table.Presence{Chance: still{}})
	if err == nil {
		_, err = p.table.Apply(records, nil)
	}
	if err != nil {
		p.tb.Fatalf("%s %s: %v", typ, data, err)
	}
	p.records = append(p.records, records...)
}

func (p *played) moves(list string) *played {
	p.tb.Helper()
	for uci := range strings.FieldsSeq(list) {
		p.do(p.table.ToAct().First(), "move", `{"type":"move","uci":"`+uci+`"}`)
	}
	return p
}

func (p *played) game(row *archive.Game) *export.Game {
	p.tb.Helper()
	g, err := export.FromRecords(catalog, p.records, row)
	if err != nil {
		p.tb.Fatalf("%v", err)
	}
	return g
}

var blitz = clock.Control{Initial: 3 * time.Minute, Increment: 2 * time.Second}

func ratedRow() *archive.Game {
	return &archive.Game{
		Rated: true,
		Players: []archive.Player{
			{ID: "white0000000", Name: "Wanda", Before: 1500, After: 1508}, {ID: "black0000000", Name: "Bruno", Before: 1612, After: 1604},
		},
		Opening: archive.Opening{ECO: "C23", Name: "Bishop's Opening"},
	}
}

func TestGolden(t *testing.T) {
	scholar := "e2e4 e7e5 f1c4 b8c6 d1h5 g8f6 h5f7"
	rows := []struct {
		name string
		game func(tb testing.TB) *export.Game
		opts export.Options
	}{
		{"mate", func(tb testing.TB) *export.Game {
			return newGame(tb, `{}`, blitz, true).moves(scholar).game(ratedRow())
		}, export.Options{Site: "https://example.org"}},
		{"judged", func(tb testing.TB) *export.Game {
			return newGame(tb, `{}`, blitz, false).moves(scholar).game(nil)
		}, export.Options{Judge: func(*export.Game) []export.Judgement {
			return []export.Judgement{
				{Known: true, Centipawns: 20}, {Known: true, Centipawns: 31}, {Known: true, Centipawns: -5}, {Known: true},
				{Known: true, Centipawns: -50, Class: "inaccuracy"}, {Known: true, Mate: 1, Class: "blunder"}, {},
			}
		}}},
		{"unlimited", func(tb testing.TB) *export.Game {
			g := newGame(tb, `{}`, clock.Control{}, false).moves("d2d4 d7d5")
			g.do(1, "resign", `{"type":"resign"}`)
			return g.game(nil)
		}, export.Options{}},
		{"chess960", func(tb testing.TB) *export.Game {
			g := newGame(tb, `{"variant":"chess960","number":0}`, blitz, false).moves("e1f3 e8f6 f1e1 f8e8 g1h1")
			g.do(0, "draw", `{"type":"draw"}`)
			g.do(1, "draw", `{"type":"draw"}`)
			return g.game(nil)
		}, export.Options{NoClocks: true}},
		{"from-position", func(tb testing.TB) *export.Game {
			return newGame(tb, `{"fen":"4k3/8/8/8/8/8/8/R3K2R b KQ - 3 40"}`, blitz, false).moves("e8e7 e1c1").game(nil)
		}, export.Options{}},
		{"running", func(tb testing.TB) *export.Game { return newGame(tb, `{}`, blitz, false).game(nil) }, export.Options{}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := pgn.Append(nil, row.game(t), row.opts)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", row.name+".pgn")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			accepted(t, got)
		})
	}
}

// progress is what pgn-extract says all the same, once in a thousand games.
var progress = regexp.MustCompile(`\s*Games: \d+\s*`)

// accepted gives a file to pgn-extract, which knows the rules, too.
func accepted(t *testing.T, text []byte) {
	t.Helper()
	path, err := exec.LookPath("pgn-extract")
	if err != nil {
		path = "/usr/games/pgn-extract"
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("pgn-extract is not installed: scripts/need.sh pgn-extract")
	}
	file := filepath.Join(t.TempDir(), "games.pgn")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	games := bytes.Count(text, []byte("[Event "))
	cmd := exec.Command(path, "-s", "-r", file)
	out, err := cmd.CombinedOutput()
	out = progress.ReplaceAll(out, nil)
	if err != nil || len(bytes.TrimSpace(out)) > 0 {
		t.Errorf("pgn-extract -s -r says of %d games: %v\n%s", games, err, out)
	}
}

// TestComesBackTheSame: whatever is played at a table, what is exported reads
// back as the same game, and exports to the same text.
func TestComesBackTheSame(t *testing.T) {
	var all []byte
	rapid.Check(t, func(t *rapid.T) {
		g := randomGame(t).game(ratedRow())
		text, err := pgn.Append(nil, g, export.Options{})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
		read, err := chesspgn.NewReader(bytes.NewReader(text), chesspgn.Limits{}).Read()
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		back, err := pgn.Read(read, rules)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		compare(t, back, g)
		again, err := pgn.Append(nil, back, export.Options{})
		if want := strings.Replace(string(text), "[GameId \"aB3dE6gH\"]\n", "", 1); err != nil || moveText(again) != moveText([]byte(want)) {
			t.Fatalf("got\n%swant\n%s", again, want)
		}
	})
	accepted(t, all)
}

// moveText is what stands behind the tags.
func moveText(text []byte) string {
	_, moves, _ := strings.Cut(string(text), "\n\n")
	return moves
}

// randomGame plays random moves, and sometimes resigns or agrees to a draw.
func randomGame(t *rapid.T) *played {
	setup := `{}`
	if rapid.Bool().Draw(t, "chess960") {
		setup = fmt.Sprintf(`{"variant":"chess960","number":%d}`, rapid.IntRange(0, 959).Draw(t, "number"))
	}
	p := newGame(t, setup, blitz, false)
	for range rapid.IntRange(2, 120).Draw(t, "plies") {
		view := p.table.Snapshot(game.Spectator, p.now).State.(chess.StateView)
		if view.Result != nil {
			return p
		}
		now, err := chess.ParseFEN(view.FEN)
		if err != nil {
			t.Fatal(err)
		}
		now = now.WithChess960(view.Variant == "chess960")
		legal := now.LegalMoves(nil)
		p.moves(now.UCI(rapid.SampledFrom(legal).Draw(t, "move")))
	}
	if p.table.Result().Over() {
		return p
	}
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 0:
		p.do(0, "resign", `{"type":"resign"}`)
	case 1:
		p.do(0, "draw", `{"type":"draw"}`)
		p.do(1, "draw", `{"type":"draw"}`)
	}
	return p
}

// compare checks what a text says of a game.
func compare(t *rapid.T, got, want *export.Game) {
	t.Helper()
	before, after := want.State.(chess.StateView), got.State.(chess.StateView)
	if after.FEN != before.FEN || after.InitialFEN != before.InitialFEN || after.Variant != before.Variant {
		t.Fatalf("got %s after %s, want %s after %s", after.FEN, after.InitialFEN, before.FEN, before.InitialFEN)
	}
	if fmt.Sprint(after.Moves.UCI()) != fmt.Sprint(before.Moves.UCI()) {
		t.Fatalf("got %v, want %v", after.Moves.UCI(), before.Moves.UCI())
	}
	if got.Result.Winners != want.Result.Winners || got.Over() != want.Over() {
		t.Fatalf("got %+v, want %+v", got.Result, want.Result)
	}
	for i, turn := range got.Turns {
		if cut := want.Turns[i].Left.Truncate(10 * time.Millisecond); turn.Left != cut || turn.Seat != want.Turns[i].Seat {
			t.Fatalf("ply %d: got %v left to seat %d, want %v to %d", i+1, turn.Left, turn.Seat, cut, want.Turns[i].Seat)
		}
	}
	if got.Control != want.Control || !got.Started.Equal(want.Started.Truncate(time.Second)) {
		t.Fatalf("got %v at %v, want %v at %v", got.Control, got.Started, want.Control, want.Started)
	}
}

func TestOtherGamesAreRefused(t *testing.T) {
	if _, err := pgn.Append(nil, &export.Game{Kind: "poker"}, export.Options{}); !errors.Is(err, export.ErrFormat) {
		t.Errorf("got %v, want %v", err, export.ErrFormat)
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

// TestRealGames reads the games of lichess and of python-chess, and writes them
// again: the moves, ends and clocks are the same.
func TestRealGames(t *testing.T) {
	for _, name := range []string{"lichess-titled-1000-eval-clk.pgn", "random-standard.pgn", "random-chess960.pgn"} {
		t.Run(name, func(t *testing.T) {
			f, err := os.Open(sharedFile(t, name))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			var all []byte
			n := 0
			for text, err := range chesspgn.NewReader(f, chesspgn.Limits{}).All() {
				if err != nil {
					t.Fatal(err)
				}
				g, err := pgn.Read(text, rules)
				if err != nil {
					t.Fatalf("game %d: %v", text.Number, err)
				}
				if all, err = pgn.Append(all, g, export.Options{}); err != nil {
					t.Fatal(err)
				}
				sameClocks(t, text, g)
				n++
			}
			back := chesspgn.NewReader(bytes.NewReader(all), chesspgn.Limits{})
			for i := range n {
				if _, err := back.Read(); err != nil {
					t.Fatalf("game %d: %v", i+1, err)
				}
			}
			accepted(t, all)
		})
	}
}

func sameClocks(t *testing.T, text *chesspgn.Game, g *export.Game) {
	t.Helper()
	i := 0
	for id := text.Nodes[chesspgn.Root].Next; id != chesspgn.Root; id = text.Nodes[id].Next {
		if clk, ok := text.Nodes[id].Clock(); ok && clk != g.Turns[i].Left {
			t.Fatalf("game %d, ply %d: got %v, want %v", text.Number, i+1, g.Turns[i].Left, clk)
		}
		i++
	}
}
