package importer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/chess"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/importer"
	"kibitz/internal/sqlstore"
)

var rules = chess.NewRules(chess.DrawLichess)

// desk is a database with imports over it, which can be closed and opened.
type desk struct {
	*importer.Imports
	db   *sqlstore.Store
	dir  string
	stop func()
}

func openDesk(t *testing.T, dir string, run bool) *desk {
	t.Helper()
	db, err := sqlstore.Open(t.Context(), filepath.Join(dir, "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	imports, err := importer.New(importer.Config{
		Store: db, Reader: pgn.File{Rules: rules}, Dir: filepath.Join(dir, "files"), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if run {
			imports.Run(ctx)
		}
	}()
	d := &desk{Imports: imports, db: db, dir: dir}
	d.stop = func() { cancel(); <-done; _ = db.Close() }
	t.Cleanup(d.stop)
	return d
}

func (d *desk) await(t *testing.T, one importer.Import) importer.Import {
	t.Helper()
	for range 6000 {
		got, err := d.Import(t.Context(), one.Owner, one.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.State != importer.Running {
			return got
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the import does not end")
	return one
}

func (d *desk) add(t *testing.T, owner account.ID, file string) importer.Import {
	t.Helper()
	one, err := d.Add(t.Context(), owner, false, strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return d.await(t, one)
}

// many is a file of so many different games.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[White \"W%d\"]\n[Black \"B\"]\n[Date \"2026.01.02\"]\n[Result \"1-0\"]\n\n1. e4 e5 2. Nf3 1-0\n\n", i)
	}
	return b.String()
}

func TestWhatCounts(t *testing.T) {
	d := openDesk(t, t.TempDir(), true)
	for _, row := range []struct {
		name, file                        string
		games, added, duplicates, refused int
	}{
		{"nothing", "", 0, 0, 0, 0},
		{"one game", "1. e4 e5 *", 1, 1, 0, 0},
		{"the same with other comments and clocks", "1. e4 {[%clk 0:01:00] hello} e5 *", 1, 0, 1, 0},
		{"another end", "1. e4 e5 1-0", 1, 1, 0, 0},
		{"another day", "[Date \"2026.01.01\"]\n\n1. e4 e5 *", 1, 1, 0, 0},
		{"an illegal move among others", "1. d4 d5 *\n\n[Event \"x\"]\n\n1. e4 e4 *\n\n[Event \"x\"]\n\n1. c4 c5 *", 3, 2, 0, 1},
		{"another game of chess", "[Variant \"Atomic\"]\n\n1. e4 e5 *", 1, 0, 0, 1},
		{"no moves", "[White \"x\"]\n\n*", 1, 0, 0, 1},
		{"no game at all", "hello", 1, 0, 0, 1},
		{"hundreds", many(450), 450, 450, 0, 0},
	} {
		got := d.add(t, "ann", row.file)
		if got.State != importer.Done || got.Games != row.games || got.Added != row.added || got.Duplicates != row.duplicates ||
			got.Refused != row.refused || len(got.Errors) != row.refused || got.Read != got.Size {
			t.Errorf("%s: got %+v", row.name, got)
		}
	}
	if left, err := os.ReadDir(filepath.Join(d.dir, "files")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	if got := d.add(t, "bob", "1. e4 e5 *"); got.Added != 1 {
		t.Errorf("somebody else's library: got %+v, want the game to be new there", got)
	}
}

// TestWhatIsWrong: whoever brought a file is told which game is refused, where
// it begins, and why.
func TestWhatIsWrong(t *testing.T) {
	d := openDesk(t, t.TempDir(), true)
	const before = "1. d4 d5 *\n\n"
	for _, row := range []struct {
		name, game string
		code       importer.Code
		what       string
		line       int // of the mistake, or else where the game begins
	}{
		{"an illegal move", "1. e4 e5 2. Nf6 *", importer.BadMove, "2. Nf6", 3},
		{"an illegal move of Black", "1. e4 e4 *", importer.BadMove, "1... e4", 3},
		{"no move", "1. e4 hello *", importer.BadText, `"hello" is not a move`, 4},
		{"an open comment", "1. e4 {good *", importer.BadText, "a comment has no closing }", 4},
		{"another variant", "[Variant \"Atomic\"]\n\n1. e4 e5 *", importer.BadVariant, "Atomic", 3},
		{"no position", "[FEN \"8/8\"]\n\n1. e4 e5 *", importer.BadPosition, "8/8", 3},
		{"a long tag", "[Variant \"" + strings.Repeat("é", 90) + "\"]\n\n1. e4 *", importer.BadVariant, strings.Repeat("é", 30), 3},
		{"a null move", "1. e4 -- *", importer.NullMove, "", 4},
		{"no moves", "[White \"x\"]\n\n*", importer.NoMoves, "", 3},
		{"very long", "1. Nf3 Nf6 2. Ng1 Ng8 " + strings.Repeat("Nf3 Nf6 Ng1 Ng8 ", 600) + "*", importer.TooLong, "", 3},
	} {
		got := d.add(t, "ann", before+"[Event \"x\"]\n"+row.game).Errors
		if len(got) != 1 || got[0].Game != 2 || got[0].Line != row.line || got[0].Code != row.code || got[0].What != row.what || got[0].Message == "" {
			t.Errorf("%s: got %+v, want %s %q in game 2, line %d", row.name, got, row.code, row.what, row.line)
		}
	}
}

// TestGoesOnAfterTheEndOfAProcess: what was read before is found to be there.
func TestGoesOnAfterTheEndOfAProcess(t *testing.T) {
	dir := t.TempDir()
	d := openDesk(t, dir, false) // a process that ends before it reads
	one, err := d.Add(t.Context(), "ann", false, strings.NewReader(many(300)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Add(t.Context(), "ann", false, strings.NewReader(many(1))); !errors.Is(err, importer.ErrBusy) {
		t.Errorf("got %v, want one at a time", err)
	}
	d.stop()
	d = openDesk(t, dir, true)
	if got := d.await(t, one); got.State != importer.Done || got.Added != 300 {
		t.Errorf("got %+v", got)
	}
}

func TestTooLarge(t *testing.T) {
	d := openDesk(t, t.TempDir(), true)
	_, err := d.Add(t.Context(), "ann", false, io.LimitReader(zeros{}, importer.MaxBytes+1))
	if !errors.Is(err, importer.ErrTooLarge) {
		t.Errorf("got %v, want %v", err, importer.ErrTooLarge)
	}
	if list, err := d.Imports.Imports(t.Context(), "ann"); err != nil || len(list) > 0 {
		t.Errorf("got %v, %v, want nothing to be left", list, err)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { return len(b), nil }

// TestLibraryKeepsWhatWasSaid: comments and variations come back in the text,
// and only to who may see the game.
func TestLibraryKeepsWhatWasSaid(t *testing.T) {
	d := openDesk(t, t.TempDir(), true)
	d.add(t, "ann", "[White \"Wanda\"]\n\n1. e4 {good} (1. d4 $1 d5) e5 1/2-1/2")
	list, _, err := d.Library(t.Context(), "ann", false, importer.Page{Size: 5})
	if err != nil || len(list) != 1 {
		t.Fatalf("got %v, %v", list, err)
	}
	g, err := d.Game(t.Context(), list[0].ID, "ann")
	if err != nil || !g.Imported || len(g.Turns) != 2 || g.Players[0].Name != "Wanda" || g.Opening.Name == "" {
		t.Errorf("got %+v, %v", g, err)
	}
	for _, other := range []account.ID{"", "bob"} {
		if _, err := d.Game(t.Context(), list[0].ID, other); !errors.Is(err, archive.ErrUnknown) {
			t.Errorf("%q: got %v, want no such game", other, err)
		}
	}
	e, err := d.db.LibraryGame(t.Context(), list[0].ID)
	if err != nil || !bytes.Contains(e.Text, []byte("{ good }")) || !bytes.Contains(e.Text, []byte("(1. d4!")) {
		t.Errorf("got %s, %v", e.Text, err)
	}
	if text, err := pgn.Append(nil, g, export.Options{}); err != nil || !bytes.Contains(text, []byte("1. e4 e5 1/2-1/2")) {
		t.Errorf("got %s, %v", text, err)
	}
}

// TestRealFile imports the games of lichess, twice.
func TestRealFile(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "data", "chess", "lichess-titled-1000-eval-clk.pgn")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Skip("shared test data is not there, beside the checkout")
	}
	d := openDesk(t, t.TempDir(), true)
	begun := time.Now()
	got := d.add(t, "ann", string(file))
	t.Logf("%d games in %v", got.Games, time.Since(begun).Round(time.Millisecond))
	if got.Added != 500 || got.Refused != 0 {
		t.Errorf("got %+v", got)
	}
	if got := d.add(t, "ann", string(file)); got.Duplicates != 500 || got.Added != 0 {
		t.Errorf("again: got %+v", got)
	}
}

// TestOne takes single games, each once.
func TestOne(t *testing.T) {
	d := openDesk(t, t.TempDir(), false)
	const game = "[White \"Ann\"]\n[Black \"Bob\"]\n\n1. e4 e5 2. Nf3 *\n"
	id, err := d.One(t.Context(), "ann", []byte(game))
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.One(t.Context(), "ann", []byte(game)); err != nil || again != id {
		t.Errorf("the same game: got %s, %v, want %s", again, err, id)
	}
	if other, err := d.One(t.Context(), "bob", []byte(game)); err != nil || other == id {
		t.Errorf("the game of somebody else: got %s, %v", other, err)
	}
	if g, err := d.Game(t.Context(), id, "ann"); err != nil || len(g.Turns) != 3 {
		t.Errorf("the game: got %+v, %v", g, err)
	}
	for name, text := range map[string]string{"nothing": "", "no game": "hello", "no move": "[White \"Ann\"]\n\n*\n", "an illegal one": "1. e5 *"} {
		if got, err := d.One(t.Context(), "ann", []byte(text)); !errors.Is(err, importer.ErrGame) {
			t.Errorf("%s: got %s, %v, want ErrGame", name, got, err)
		}
	}
	list, err := d.Imports.Imports(t.Context(), "ann")
	if err != nil || len(list) != 1 || list[0].Added != 1 || list[0].State != importer.Done {
		t.Errorf("the imports of ann: got %+v, %v", list, err)
	}
}
