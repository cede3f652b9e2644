package chess_test

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kibitz/internal/chess"
)

// sharedFile finds a file of the shared test data, which lies beside the
// checkout and is not part of the repository.
func sharedFile(tb testing.TB, name string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for !exists(filepath.Join(dir, "go.mod")) {
		parent := filepath.Dir(dir)
		if parent == dir {
			tb.Fatal("no go.mod above the package")
		}
		dir = parent
	}
	path := filepath.Join(dir, "..", "shared", "data", "chess", name)
	if !exists(path) {
		tb.Skipf("shared test data is not there: %s beside the checkout", name)
	}
	return path
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// eachLine hands all lines of a file to f that are neither empty nor comments.
func eachLine(tb testing.TB, path string, f func(line string)) {
	tb.Helper()
	file, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		if line := scanner.Text(); line != "" && !strings.HasPrefix(line, "#") {
			f(line)
		}
	}
	if err := scanner.Err(); err != nil {
		tb.Fatal(err)
	}
}

func mustFEN(tb testing.TB, fen string) chess.Position {
	tb.Helper()
	p, err := chess.ParseFEN(fen)
	if err != nil {
		tb.Fatalf("ParseFEN(%q): %v", fen, err)
	}
	return p
}

func mustUCI(tb testing.TB, p *chess.Position, s string) chess.Move {
	tb.Helper()
	m, err := p.ParseUCI(s)
	if err != nil {
		tb.Fatalf("ParseUCI(%q): %v", s, err)
	}
	return m
}

// playAll makes moves in UCI, separated by spaces.
func playAll(tb testing.TB, h *chess.History, moves string) {
	tb.Helper()
	for _, s := range strings.Fields(moves) {
		if _, err := h.PlayUCI(s); err != nil {
			tb.Fatalf("after %d plies: %v", h.Plies(), err)
		}
	}
}
