package pgn

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// Each text is read and written on one line without tags; want is what is written, so it shows the tree that was built.
func TestMovetext(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"plain", "1. e4 e5 2. Nf3 1-0", "1. e4 e5 2. Nf3 1-0"},
		{"no numbers", "e4 e5 Nf3 *", "1. e4 e5 2. Nf3 *"},
		{"wrong numbers", "7. e4 3... e5 12 Nf3 *", "1. e4 e5 2. Nf3 *"},
		{"glued numbers", "1.e4 1...e5 2.Nf3 *", "1. e4 e5 2. Nf3 *"},
		{"spread dots", "1 . e4 1 ... e5 1… *", "1. e4 e5 *"},
		{"no moves", "*", "*"},
		{"draw", "1. e4 1/2-1/2", "1. e4 1/2-1/2"},
		{"short draw", "1. e4 1/2", "1. e4 1/2-1/2"},
		{"black wins", "1. e4 0-1", "1. e4 0-1"},
		{"castling with zeros", "1. 0-0 0-0-0+ 0-1", "1. 0-0 0-0-0+ 0-1"},
		{"promotion", "1. exd8=Q+ b1N# *", "1. exd8=Q+ b1N# *"},
		{"drop", "1. N@f3 *", "1. N@f3 *"},
		{"en passant mark", "1. exd6 e.p. Kd7 2. exd6e.p. *", "1. exd6 Kd7 2. exd6 *"},
		{"glyphs", "1. e4! e5? 2. Nf3!! Nc6?? 3. Bb5!? a6?! *", "1. e4! e5? 2. Nf3!! Nc6?? 3. Bb5!? a6?! *"},
		{"apart glyph", "1. e4 ! *", "1. e4! *"},
		{"long run of glyphs", "1. e4!!! *", "1. e4!! $1 *"},
		{"numeric annotations", "1. e4 $1 $14 e5 $255 $0 *", "1. e4! $14 e5 $255 $0 *"},
		{"second glyph stays numeric", "1. e4 $14 $1 *", "1. e4 $14 $1 *"},
		{"position symbols", "1. e4 = e5 += 2. Nf3 +- Nc6 -/+ *", "1. e4 $10 e5 $14 2. Nf3 $18 Nc6 $17 *"},
		{"comment", "1. e4 {good} e5 *", "1. e4 { good } 1... e5 *"},
		{"comment before", "{first} 1. e4 *", "{ first } 1. e4 *"},
		{"comments side by side", "1. e4 {a}{b} e5 *", "1. e4 { a } { b } 1... e5 *"},
		{"comment behind the result", "1. e4 * {over}", "1. e4 { over } *"},
		{"empty comment", "1. e4 {} { } e5 *", "1. e4 e5 *"},
		{"comment over lines", "1. e4 {a\r\n  b\tc} *", "1. e4 { a b c } *"},
		{"semicolon", "1. e4 ; to the end } {\ne5 *", "1. e4 ; to the end } {\n1... e5 *"},
		{"semicolon at the end", "1. e4 * ; over", "1. e4 { over } *"},
		{"semicolon in braces", "1. e4 {a; b} e5 *", "1. e4 { a; b } 1... e5 *"},
		{"open brace in braces", "1. e4 {a { b} e5 *", "1. e4 { a { b } 1... e5 *"},
		{"percent in braces", "1. e4 {a\n%b\n} e5 *", "1. e4 { a %b } 1... e5 *"},
		{"escape line", "1. e4\n% { ( 1-0\ne5 *", "1. e4 e5 *"},
		{"variation", "1. e4 (1. d4 d5) e5 *", "1. e4 (1. d4 d5) 1... e5 *"},
		{"variation for Black", "1. e4 e5 (1... c5 2. Nf3) 2. Nc3 *", "1. e4 e5 (1... c5 2. Nf3) 2. Nc3 *"},
		{"two variations", "1. e4 (1. d4) (1. c4 c5) e5 *", "1. e4 (1. d4) (1. c4 c5) 1... e5 *"},
		{"nested variations", "e4 (d4 (c4 (b4 b5) e5) d5) *", "1. e4 (1. d4 (1. c4 (1. b4 b5) 1... e5) 1... d5) *"},
		{"comment opens variation", "1. e4 ({or} d4) *", "1. e4 ({ or } 1. d4) *"},
		{"comment behind variation", "1. e4 (1. d4) {back} e5 *", "1. e4 (1. d4) { back } 1... e5 *"},
		{"comment between variations", "1. e4 (1. d4) {x} (1. c4) e5 *", "1. e4 (1. d4) (1. c4) { x } 1... e5 *"},
		{"comment behind the last variation", "1. e4 (1. d4) {end} *", "1. e4 { end } (1. d4) *"},
		{"annotation behind variation", "1. e4 (1. d4) $1 *", "1. e4! (1. d4) *"},
		{"result in variation", "1. e4 (1. d4 1-0) e5 *", "1. e4 (1. d4) 1... e5 *"},
		{"clock", "1. e4 {[%clk 0:03:00]} *", "1. e4 { [%clk 0:03:00] } *"},
		{"commands before text", "1. e4 {hm [%eval #-3] [%clk  1:00:00.5]x} *", "1. e4 { [%eval #-3] [%clk 1:00:00.5] hm x } *"},
		{"unknown command", "1. e4 {[%mdl 64]} *", "1. e4 { [%mdl 64] } *"},
		{"command without arguments", "1. e4 {[%x]} *", "1. e4 { [%x] } *"},
		{"broken commands", "1. e4 {[% clk 1] [%clk 1} *", "1. e4 { [% clk 1] [%clk 1 } *"},
		{"command inside of brackets", "1. e4 {0[%0[%0]]} *", "1. e4 { 0[%0[%0]] } *"},
		{"odd space in a command", "1. e4 {[%a\u00a0b]} *", "1. e4 { [%a b] } *"},
		{"tabs and odd spaces", "1.\te4\u00a0\ufeffe5\v*", "1. e4 e5 *"},
	} {
		t.Run(row.name, func(t *testing.T) {
			game, err := NewReader(strings.NewReader(row.text), Limits{}).Read()
			if err != nil {
				t.Fatalf("%v for %s", err, row.text)
			}
			if got := strings.TrimSpace(game.String()); got != row.want {
				t.Errorf("%s\n got %s\nwant %s", row.text, got, row.want)
			}
			sameGames(t, mustRead(t, game.String()), []*Game{game})
		})
	}
}

func TestTags(t *testing.T) {
	for _, row := range []struct{ name, line, want string }{
		{"plain", `[White "A"]`, "White=A"},
		{"spaces", ` [ White  "A B" ] `, "White=A B"},
		{"empty", `[White ""]`, "White="},
		{"escapes", `[White "a\"b\\c"]`, `White=a"b\c`},
		{"backslash before a letter", `[Site "C:\new"]`, `Site=C:\new`},
		{"unescaped quotes", `[White "a "b" c"]`, `White=a "b" c`},
		{"bracket inside", `[White "a] b"]`, "White=a] b"},
		{"brace inside", `[White "a { ; %"]`, "White=a { ; %"},
		{"two on a line", `[White "a"][Black "b"]`, "White=a Black=b"},
		{"twice the same", "[White \"a\"]\n[White \"b\"]", "White=a White=b"},
		{"carriage return", "[White \"a\"]\r", "White=a"},
		{"Latin-1", "[White \"M\xfcller\"]", "White=Müller"},
		{"UTF-8", `[White "Müller"]`, "White=Müller"},
		{"control characters", "[White \"a\x00\tb\"]", "White=a  b"},
		{"odd name", `[White-Team.2 "x"]`, "White-Team.2=x"},
		{"byte order mark", "\ufeff[White \"a\"]", "White=a"},
		{"no closing quote", `[White "a]`, "ERROR"},
		{"no quote", `[White a]`, "ERROR"},
		{"no name", `["a"]`, "ERROR"},
		{"backslash at the end of the line", "[White \"a\\\n\"]", "ERROR"},
		{"over two lines", "[White \"a\nb\"]", "ERROR"},
	} {
		t.Run(row.name, func(t *testing.T) {
			game, err := NewReader(strings.NewReader(row.line+"\n\n*\n"), Limits{}).Read()
			if row.want == "ERROR" {
				if !errors.Is(err, ErrSyntax) {
					t.Errorf("error %v, want ErrSyntax, for %s", err, row.line)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, tag := range game.Tags {
				got = append(got, tag.Name+"="+tag.Value)
			}
			if got := strings.Join(got, " "); got != row.want {
				t.Errorf("%s: got %s, want %s", row.line, got, row.want)
			}
			sameGames(t, mustRead(t, game.String()), []*Game{game})
		})
	}
}

// good follows every bad game; it must be read whatever stands before it.
const good = "\n[Event \"good\"]\n[Result \"*\"]\n\n1. e4 *\n"

func TestBadGames(t *testing.T) {
	for _, row := range []struct {
		name, text string
		line       int
		want       error
		message    string
	}{
		{"open comment", "[White \"a\"]\n\n1. e4 {never\nends\n", 3, ErrSyntax, "no closing }"},
		{"comment closed in the next game", "[White \"a\"]\n\n1. e4 {x\n\n[Event \"b\"]\n\n1. d4 {y} *\n", 3, ErrSyntax, "no closing }"},
		{"stray brace", "1. e4\ne5 } *", 2, ErrSyntax, `'}' has no meaning`},
		{"open variation", "1. e4 (1. d4 *\n", 1, ErrSyntax, "no closing )"},
		{"stray parenthesis", "1. e4\n) *", 2, ErrSyntax, "no opening ("},
		{"empty variation", "1. e4 () *", 1, ErrSyntax, "no moves"},
		{"variation before moves", "(1. d4) *", 1, ErrSyntax, "no move before it"},
		{"annotation before moves", "$1 1. e4 *", 1, ErrSyntax, "no move before it"},
		{"annotation too large", "1. e4 $256 *", 1, ErrSyntax, "$256"},
		{"annotation without number", "1. e4 $ *", 1, ErrSyntax, "annotation"},
		{"a word", "1. e4 draw *", 1, ErrSyntax, `"draw" is not a move`},
		{"a long word", "1. e4 e" + strings.Repeat("5", 500) + " *", 1, ErrSyntax, "…"},
		{"null move", "1. e4\n--\n2. d4 *", 2, ErrNullMove, "null moves"},
		{"null move of ChessBase", "1. e4 Z0 *", 1, ErrNullMove, "null moves"},
		{"no result", "1. e4 e5\n", 1, ErrSyntax, "no result"},
		{"tags only", "[Event \"a\"]\n[Result \"*\"]\n", 2, ErrSyntax, "no result"},
		{"tag among moves", "1. e4 [White \"a\"] *", 1, ErrSyntax, "among the moves"},
		{"binary", "1. e4 \x00\x01 *", 1, ErrSyntax, "no meaning"},
		{"figurine", "1. ♘f3 *", 1, ErrSyntax, "no meaning"},
		{"too long", "1. e4 {" + strings.Repeat("x", 2_000) + "} *", 1, ErrLimit, "2000 bytes"},
		{"too many moves", strings.Repeat("e4 ", 101) + "*", 1, ErrLimit, "100 moves"},
		{"too deep", "e4 (e4 (e4 (e4 (e4)))) *", 1, ErrLimit, "3 deep"},
		{"too many tags", strings.Repeat("[A \"b\"]\n", 11) + "*", 11, ErrLimit, "10 tags"},
	} {
		t.Run(row.name, func(t *testing.T) {
			reader := NewReader(strings.NewReader(row.text+"\n"+good), Limits{Bytes: 2_000, Moves: 100, Depth: 3, Tags: 10})
			_, err := reader.Read()
			var bad *Error
			if !errors.As(err, &bad) || !errors.Is(err, row.want) || !strings.Contains(err.Error(), row.message) {
				t.Fatalf("error %v, want %v with %q", err, row.want, row.message)
			}
			if bad.Game != 1 || bad.Line != row.line {
				t.Errorf("game %d line %d, want game 1 line %d", bad.Game, bad.Line, row.line)
			}
			var last *Game
			for game, err := range reader.All() {
				if last = game; err != nil {
					continue
				}
			}
			if last == nil || last.Tag("Event") != "good" || last.Plies() != 1 {
				t.Errorf("the game behind was not read, but %v", last)
			}
		})
	}
}

func TestGamesAreFoundWhereTheyBegin(t *testing.T) {
	for _, row := range []struct {
		name, text string
		lines      []int
	}{
		{"nothing", "", nil},
		{"blank lines and comments", "\n\n; nobody\n{ here }\n", nil},
		{"tags", "[A \"1\"]\n\n*\n\n[A \"2\"]\n\n*\n", []int{1, 5}},
		{"no blank lines", "[A \"1\"]\n1. e4 *\n[A \"2\"]\n*\n", []int{1, 3}},
		{"windows", "[A \"1\"]\r\n\r\n*\r\n\r\n[A \"2\"]\r\n\r\n*\r\n", []int{1, 5}},
		{"without tags", "1. e4 *\n1. d4 *\n", []int{1, 2}},
		{"on one line", "1. e4 * 1. d4 1-0 *", []int{1, 1, 1}},
		{"joined files", "[A \"1\"]\n\n*\n\ufeff[A \"2\"]\n\n*", []int{1, 4}},
		{"tag-like text in a comment", "1. e4 {\n[A \"x\"]\n} *\n", []int{1}},
		{"tag-like text behind a semicolon", "1. e4 ; {\n[A \"x\"]\n", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			var lines []int
			for game, err := range NewReader(strings.NewReader(row.text), Limits{}).All() {
				if err == nil {
					lines = append(lines, game.Line)
				}
			}
			if len(lines) != len(row.lines) {
				t.Fatalf("games on lines %v, want %v", lines, row.lines)
			}
			for i := range lines {
				if lines[i] != row.lines[i] {
					t.Errorf("games on lines %v, want %v", lines, row.lines)
				}
			}
		})
	}
}

func TestResultMayBeOptional(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"1. e4 e5", "1. e4 e5 *"},
		{"[Result \"1-0\"]\n\n1. e4 (1. d4) {c}", "1. e4 { c } (1. d4) 1-0"},
	} {
		game, err := NewReader(strings.NewReader(row.text), Limits{ResultOptional: true}).Read()
		if err != nil {
			t.Fatal(err)
		}
		if got := game.String(); !strings.HasSuffix(got, row.want+"\n\n") {
			t.Errorf("got %s, want %s at the end", got, row.want)
		}
	}
}

// Each text would cost a reader that looks ahead again and again the square of its length, which at a megabyte is minutes.
func TestHostileTextTakesLinearTime(t *testing.T) {
	for _, row := range []struct{ name, before, repeated, after string }{
		{"glyphs", "1. e4 ", "!", " *"},
		{"commands without a name", "1. e4 {", "[% ", "]} *"},
		{"commands without an end", "1. e4 {", "[%a ", "} *"},
		{"tags on one line", "", `[A ""]`, "\n*"},
		{"quotation marks", `[A "`, `" `, "\"]\n*"},
		{"variations", "1. e4 ", "(d4)", " *"},
		{"comments behind a variation", "1. e4 (d4) ", "{x}", " *"},
		{"games", "", "*\n", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			text := row.before + strings.Repeat(row.repeated, 1_000_000/len(row.repeated)) + row.after
			limits := Limits{Moves: 1 << 20, Tags: 1 << 20}
			for _, err := range NewReader(strings.NewReader(text), limits).All() {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A line longer than the reader's buffer, and an input that comes byte by byte, change nothing.
func TestLongLinesAndShortReads(t *testing.T) {
	comment := strings.Repeat("word ", 40_000)
	text := "[Event \"a\"]\n\n1. e4 {" + comment + "} e5 1-0\n" + good
	want := mustRead(t, text)
	if len(want) != 2 || len(want[0].Nodes[1].After[0].Text) != len(comment)-1 {
		t.Fatalf("%d games, want 2 with the whole comment", len(want))
	}
	var got []*Game
	for game, err := range NewReader(iotest.OneByteReader(strings.NewReader(text)), Limits{}).All() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, game)
	}
	sameGames(t, got, want)
}

func TestErrorsOfTheInputEndTheReading(t *testing.T) {
	broken := errors.New("cable cut")
	in := io.MultiReader(strings.NewReader(good+good), iotest.ErrReader(broken))
	var games int
	var last error
	for _, err := range NewReader(in, Limits{}).All() {
		if last = err; err == nil {
			games++
		}
	}
	if games != 1 || !errors.Is(last, broken) {
		t.Errorf("%d games and error %v, want 1 and %v", games, last, broken)
	}
}
