package verify

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const start = "rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1"

// row is an input and what must be found in it: a part of a failure line, or nothing when the input is right.
type row struct {
	name, text, want string
}

// checkRows runs one kind of verification over rows; each is one unit.
func checkRows(t *testing.T, verify func(*Report, io.Reader) error, rows []row) {
	t.Helper()
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var out strings.Builder
			report := NewReport(&out)
			report.Begin("file")
			if err := verify(report, strings.NewReader(row.text)); err != nil {
				t.Fatal(err)
			}
			got, wantFailed := out.String(), min(1, len(row.want))
			if report.Failed != wantFailed || report.OK != 1-wantFailed || report.Skipped != 0 {
				t.Errorf("%s, want %d failed; output:\n%s", report.Summary(), wantFailed, got)
			}
			if !strings.Contains(got, row.want) || row.want == "" && got != "" {
				t.Errorf("output:\n%s\nwant %q", got, row.want)
			}
		})
	}
}

func TestPerft(t *testing.T) {
	perft := func(report *Report, in io.Reader) error { return Perft(report, in, 10_000) }
	checkRows(t, perft, []row{
		{"right", "standard|start|" + start + "|1:20 2:400 3:8902\n", ""},
		{"right in Chess960", "chess960|x|bqnb1rkr/pp3ppp/3ppn2/2p5/5P2/P2P4/NPP1P1PP/BQ1BNRKR w HFhf - 2 9|1:21 2:528\n", ""},
		{"comment", "# a comment\nstandard|start|" + start + "|1:20\n", ""},
		{"deeper than the limit", "standard|start|" + start + "|1:20 9:999999999\n", ""},
		{"wrong count", "standard|start|" + start + "|1:20 2:401 3:7\n", "file:1: start: depth 2 has 400 nodes, want 401"},
		{"line number", "\n\nstandard|start|" + start + "|1:21\n", "file:3: start: depth 1 has 20 nodes, want 21"},
		{"bad FEN", "standard|start|8/8 w - -|1:20\n", "file:1: start: chess: bad FEN"},
		{"too few fields", "standard|start|1:20\n", "file:1: 3 fields"},
		{"bad depth", "standard|start|" + start + "|x:20\n", `"x:20" is not depth:nodes`},
		{"bad count", "standard|start|" + start + "|1\n", `"1" is not depth:nodes`},
		{"no counts", "standard|start|" + start + "|\n", "no depth:nodes"},
	})
}

func TestPerftSaysWhatItSkips(t *testing.T) {
	var out strings.Builder
	report := NewReport(&out)
	report.Begin("file")
	text := "atomic|a|" + start + "|1:20\natomic|b|" + start + "|1:20\nstandard|c|" + start + "|5:4865609\nstandard|d|" + start + "|1:20\n"
	if err := Perft(report, strings.NewReader(text), 1_000); err != nil {
		t.Fatal(err)
	}
	if got, want := report.Summary(), "1 ok, 0 failed, 3 skipped"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, want := range []string{"file: skipped 2: the variant atomic is not implemented\n", "file: skipped 1: every depth has more than 1000 nodes\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output:\n%s\nwant %q", out.String(), want)
		}
	}
}

// The oracle lines are kept short by positions with few moves.
const (
	standardLine = `{"variant":"standard","fen":"8/8/8/2k5/3Pp3/8/8/K7 b - d3 0 1","xfen":"8/8/8/2k5/3Pp3/8/8/K7 b - d3 0 1","shredder":null,` +
		`"moves":[["c5b4","Kb4"],["c5b5","Kb5"],["c5b6","Kb6"],["c5c4","Kc4"],["c5c6","Kc6"],["c5d4","Kxd4"],["c5d5","Kd5"],["c5d6","Kd6"],["e4d3","exd3"]],` +
		`"check":true,"insuffW":false,"insuffB":false}`
	chess960Line = `{"variant":"chess960","fen":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w H - 0 1","xfen":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w K - 0 1","shredder":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w H - 0 1",` +
		`"moves":[["g1h1","O-O"]],"check":false,"insuffW":false,"insuffB":true}`
)

func TestPositions(t *testing.T) {
	change := func(old, new string) string {
		if strings.Count(standardLine, old) == 0 {
			t.Fatalf("%q is not in the line", old)
		}
		return strings.Replace(standardLine, old, new, 1)
	}
	checkRows(t, Positions, []row{
		{"right", standardLine, ""},
		{"fen", change(`"fen":"8/8/8/2k5/3Pp3/8/8/K7 b - d3 0 1`, `"fen":"8/8/8/2k5/3Pp3/8/8/K7 b - d3 0 01`), "file:1: fen: got 8/8/8/2k5/3Pp3/8/8/K7 b - d3 0 1, want"},
		{"xfen", change(`"xfen":"8/8/8/2k5/3Pp3/8/8/K7 b - d3`, `"xfen":"8/8/8/2k5/3Pp3/8/8/K7 b - -`), "file:1: xfen: got"},
		{"xfen of another position", change(`"xfen":"8/8/8/2k5/3Pp3/8/8/K7`, `"xfen":"8/8/8/2k5/3Pp3/8/8/1K6`), "reads as 8/8/8/2k5/3Pp3/8/8/1K6"},
		{"unreadable xfen", change(`"xfen":"8/8/8/2k5/3Pp3/8/8/K7`, `"xfen":"8/8`), "xfen: chess: bad FEN"},
		{"unreadable fen", change(`"fen":"8/8/8/2k5/3Pp3/8/8/K7`, `"fen":"8/8`), "fen: chess: bad FEN"},
		{"move missing in the file", change(`["c5b4","Kb4"],`, ``), "got c5b4 Kb4, which is not in the file"},
		{"move too many in the file", change(`["c5b4","Kb4"],`, `["c5b4","Kb4"],["c5a3","Ka3"],`), "want c5a3 Ka3, which was not generated"},
		{"move twice in the file", change(`["c5b4","Kb4"],`, `["c5b4","Kb4"],["c5b4","Kb4"],`), "moves: got 9, want 10"},
		{"other SAN", change(`"exd3"`, `"exd3+"`), "want e4d3 exd3+, which was not generated"},
		{"check", change(`"check":true`, `"check":false`), "check: got true, want false"},
		{"insuffW", change(`"insuffW":false`, `"insuffW":true`), "insuffW: got false, want true"},
		{"insuffB", change(`"insuffB":false`, `"insuffB":true`), "insuffB: got false, want true"},
		{"field missing", change(`"check":true,`, ``), "a field is missing"},
		{"field unknown", change(`"check":true,`, `"check":true,"mate":false,`), `unknown field "mate"`},
		{"no JSON", "{", "file:1: unexpected EOF"},
		{"shredder missing", strings.Replace(chess960Line, `"shredder":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w H - 0 1"`, `"shredder":null`, 1), "shredder: want a FEN"},
		{"shredder", strings.Replace(chess960Line, `"shredder":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w H`, `"shredder":"7k/8/8/8/8/8/PPPPP1PP/4N1KR w K`, 1), "shredder: got 7k/8/8/8/8/8/PPPPP1PP/4N1KR w H"},
	})
}

const scholarsMate = "1. e4 e5 2. Bc4 Nc6 3. Qh5 Nf6 4. Qxf7# "

func tags(pairs ...string) string {
	var b strings.Builder
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString("[" + pairs[i] + ` "` + pairs[i+1] + "\"]\n")
	}
	return b.String() + "\n"
}

func TestPGN(t *testing.T) {
	const mated = "r1bqkb1r/pppp1Qpp/2n2n2/4p3/2B1P3/8/PPPP1PPP/RNB1K1NR b KQkq - 0 4"
	checkRows(t, PGN, []row{
		{"right", tags("Result", "1-0", "Termination", "CHECKMATE", "PlyCount", "7", "FinalFEN", mated) + scholarsMate + "1-0", ""},
		{"unfinished", "1. e4 *", ""},
		{"resigned", "1. e4 0-1", ""},
		{"syntax", "1. e4 {", "file:game 1: line 1: not PGN: a comment has no closing }"},
		{"illegal move", "1. e4 e5 2. Ke3 *", "file:game 1: move 2. Ke3: chess: illegal move"},
		{"illegal variation", "1. e4 (1. e5) *", "file:game 1: move 1. e5 of a variation"},
		{"bad start", tags("FEN", "8/8 w - - 0 1") + "*", "file:game 1: tag FEN"},
		{"result against the tag", tags("Result", "0-1") + "1. e4 1-0", "the tag Result says 0-1, the moves end with 1-0"},
		{"result against checkmate", scholarsMate + "1/2-1/2", "result 1/2-1/2, want 1-0: the final position is CHECKMATE"},
		{"no result of checkmate", scholarsMate + "*", "result *, want 1-0"},
		{"result against stalemate", tags("FEN", "7k/8/5K2/6Q1/8/8/8/8 w - - 0 1") + "1. Qg6 1-0", "want 1/2-1/2: the final position is STALEMATE"},
		{"result of dead position", tags("FEN", "8/8/8/8/8/8/1p6/1K5k w - - 0 1") + "1. Kxb2 1-0", "want 1/2-1/2: the final position is INSUFFICIENT_MATERIAL"},
		{"result of 75 moves", tags("FEN", "7k/8/8/8/8/8/8/KQ6 w - - 149 90") + "1. Qb2+ 1-0", "want 1/2-1/2: the final position is SEVENTYFIVE_MOVES"},
		{"mate comes before 75 moves", tags("FEN", "7k/8/6K1/8/8/8/8/1Q6 w - - 149 90") + "1. Qb8# 1-0", ""},
		{"final position", tags("FinalFEN", start) + "1. e4 *", "FinalFEN " + start + ", but the game ends in"},
		{"bad final position", tags("FinalFEN", "?") + "1. e4 *", "tag FinalFEN: chess: bad FEN"},
		{"number of plies", tags("PlyCount", "2") + "1. e4 *", "PlyCount 2, but 1 plies were played"},
		{"checkmate that is none", tags("Termination", "CHECKMATE") + "1. e4 1-0", "Termination CHECKMATE, but the final position is not an end"},
		{"wrong end", tags("Termination", "STALEMATE") + scholarsMate + "1-0", "Termination STALEMATE, but the final position is CHECKMATE"},
		{"dead position earlier", tags("Termination", "PLY_LIMIT", "FEN", "8/8/8/8/8/8/1p6/1K5k w - - 0 1") + "1. Kxb2 Kg2 2. Kb3 *",
			"the game was over after ply 1 by INSUFFICIENT_MATERIAL and goes on to ply 3"},
		{"75 moves earlier", tags("Termination", "STALEMATE", "FEN", "7k/8/5K2/8/8/8/8/6Q1 w - - 150 90") + "1. Qg6 1/2-1/2",
			"the game was over after ply 0 by SEVENTYFIVE_MOVES"},
		{"limit of plies", tags("Termination", "PLY_LIMIT") + "1. e4 *", ""},
		{"limit of plies with a result", tags("Termination", "PLY_LIMIT") + "1. e4 1-0", "want * for Termination PLY_LIMIT"},
		{"limit of plies on a mate", tags("Termination", "PLY_LIMIT") + scholarsMate + "1-0", "Termination PLY_LIMIT, but the final position is CHECKMATE"},
		{"normal mate", tags("Termination", "Normal") + scholarsMate + "0-1", "want 1-0: the final position is CHECKMATE"},
		{"time forfeit", tags("Termination", "Time forfeit") + "1. e4 1-0", ""},
		{"time forfeit of the wrong side", tags("Termination", "Time forfeit") + "1. e4 0-1", "want 1-0: time forfeit of black"},
		{"time forfeit drawn", tags("Termination", "Time forfeit", "FEN", "7k/8/8/8/8/8/p7/K7 w - - 0 1") + "1. Kxa2 1/2-1/2", ""},
		{"time forfeit drawn, mate possible", tags("Termination", "Time forfeit") + "1. e4 1/2-1/2", "want 1-0: time forfeit of black, and that white can mate is true"},
		{"time forfeit drawn by lack of material", tags("Termination", "Time forfeit") + "1. e4 {Draw by time and insufficient material.} 1/2-1/2", "want 1-0"},
		{"time forfeit drawn by offer or claim", tags("Termination", "Time forfeit") + "1. e4 {[%clk 0:00:01]} {The game is a draw.} 1/2-1/2", ""},
		{"time forfeit won with a queen", tags("Termination", "Time forfeit", "FEN", "k7/8/8/8/8/8/1q6/K1Q5 w - - 0 1") + "1. Qxb2 Ka7 2. Kb1 1-0", ""},
		{"time forfeit without mating material", tags("Termination", "Time forfeit", "FEN", "k6q/8/8/8/8/8/8/K7 w - - 0 1") + "1. Ka2 1-0",
			"want 1/2-1/2: time forfeit of black, and that white can mate is false"},
		{"time forfeit after mate", tags("Termination", "Time forfeit") + scholarsMate + "1-0", "Time forfeit, but the final position is CHECKMATE"},
	})
}

func TestPGNGoesOnBehindABadGame(t *testing.T) {
	var out strings.Builder
	report := NewReport(&out)
	report.Begin("file")
	text := tags("Event", "1") + "1. e4 {\n\n" + tags("Event", "2") + "1. e5 *\n\n" + tags("Variant", "Atomic") + "*\n\n" + tags("Event", "4") + "1. e4 *\n"
	if err := PGN(report, strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if got, want := report.Summary(), "1 ok, 2 failed, 1 skipped"; got != want {
		t.Errorf("got %s, want %s; output:\n%s", got, want, out.String())
	}
	for _, want := range []string{"file:game 1: line 3: ", "file:game 2: move 1. e5", "file: skipped 1: variant is not supported: Atomic"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("output:\n%s\nwant %q", out.String(), want)
		}
	}
}

func TestSharedFiles(t *testing.T) {
	perft := func(report *Report, in io.Reader) error { return Perft(report, in, 20_000) }
	for _, row := range []struct {
		file   string
		verify func(*Report, io.Reader) error
		want   string
	}{
		{"chess/perft.txt", perft, "380 ok, 0 failed, 22 skipped"},
		{"chess/oracle-positions.ndjson", Positions, "2000 ok, 0 failed"},
		{"chess/lichess-titled-1000-eval-clk.pgn", PGN, "500 ok, 0 failed"},
		{"chess/random-standard.pgn", PGN, "125 ok, 0 failed"},
		{"chess/random-chess960.pgn", PGN, "125 ok, 0 failed"},
		{"poker/famous/arieh-yockey-2019.phh", PHH, "0 ok, 0 failed, 1 skipped"},
	} {
		t.Run(row.file, func(t *testing.T) {
			file, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", row.file))
			if err != nil {
				t.Skipf("the shared test data is not beside the checkout: %v", err)
			}
			defer file.Close()
			var out strings.Builder
			report := NewReport(&out)
			report.Begin(row.file)
			if err := row.verify(report, file); err != nil {
				t.Fatal(err)
			}
			if got := report.Summary(); got != row.want {
				t.Errorf("got %s, want %s; output:\n%s", got, row.want, out.String())
			}
		})
	}
}
