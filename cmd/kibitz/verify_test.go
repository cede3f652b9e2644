package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	rightPerft = "standard|start|rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1|1:20 2:400\n"
	wrongPerft = "standard|start|rnbqkbnr/pppppppp/8/8/8/8/PPPPPPPP/RNBQKBNR w KQkq - 0 1|1:20 2:401\n"
	rightGame  = "1. e4 e5 1-0\n"
	wrongGame  = "1. e4 e4 1-0\n"

	walk = "variant = 'NT'\nantes = [0, 0]\nblinds_or_straddles = [5, 10]\nmin_bet = 10\nstarting_stacks = [1000, 1000]\n" +
		"actions = ['d dh p1 AsKs', 'd dh p2 7h2d', 'p2 f']\n"
	rightHand = walk + "finishing_stacks = [1005, 995]\n"
	wrongHand = walk + "finishing_stacks = [1006, 994]\n"
	rightBet  = `[{"id": "A", "game": "NL", "street": "preflop", "stacks": [1000, 1000], "posted": {"1": 5, "0": 10}, "big_blind": 10,
		"actions": [], "actor": 1, "call": 5, "can_raise": true, "min_to": 20, "max_to": 1000}]`
)

// mustFill writes a directory with a hand in it and one below it.
func mustFill(tb testing.TB, hand, below string) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range map[string]string{"1.phh": hand, "day/2.phhs": "[7]\n" + below, "notes.txt": "no hand"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

func mustWrite(tb testing.TB, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "input")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func TestVerify(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent")
	for _, row := range []struct {
		name   string
		args   []string
		status int
		stdout string // the end of it
		stderr string // a part of it
	}{
		{"perft", []string{"perft", mustWrite(t, rightPerft)}, exitOK, "1 ok, 0 failed\n", ""},
		{"wrong perft", []string{"perft", mustWrite(t, wrongPerft)}, exitFailed, "0 ok, 1 failed\n", ""},
		{"perft within the limit", []string{"perft", "--nodes", "100", mustWrite(t, wrongPerft)}, exitOK, "1 ok, 0 failed\n", ""},
		{"perft below the limit", []string{"perft", "-nodes=10", mustWrite(t, wrongPerft)}, exitOK, "0 ok, 0 failed, 1 skipped\n", ""},
		{"game", []string{"pgn", mustWrite(t, rightGame)}, exitOK, "1 ok, 0 failed\n", ""},
		{"wrong game", []string{"pgn", mustWrite(t, wrongGame)}, exitFailed, "0 ok, 1 failed\n", ""},
		{"several files", []string{"pgn", mustWrite(t, rightGame), mustWrite(t, wrongGame), mustWrite(t, rightGame)}, exitFailed, "2 ok, 1 failed\n", ""},
		{"wrong position", []string{"positions", mustWrite(t, "{}\n")}, exitFailed, "0 ok, 1 failed\n", ""},
		{"hand", []string{"phh", mustWrite(t, rightHand)}, exitOK, "1 ok, 0 failed\n", ""},
		{"wrong hand", []string{"phh", mustWrite(t, wrongHand)}, exitFailed, ": the finishing stacks differ: got [1005, 995], want [1006, 994]\n0 ok, 1 failed\n", ""},
		{"hands of a directory", []string{"phh", mustFill(t, rightHand, wrongHand)}, exitFailed, "1 ok, 1 failed\n", ""},
		{"a directory without hands", []string{"phh", t.TempDir()}, exitUsage, "", "no .phh"},
		{"chips of hands", []string{"ohh", filepath.Join("..", "..", "internal", "export", "ohh", "testdata", "P25.ohh")}, exitOK, "1 ok, 0 failed\n", ""},
		{"no such hand", []string{"phh", absent, mustWrite(t, rightHand)}, exitUsage, "1 ok, 0 failed\n", "absent"},
		{"betting", []string{"legality", mustWrite(t, rightBet)}, exitOK, "1 ok, 0 failed\n", ""},
		{"wrong betting", []string{"legality", mustWrite(t, strings.ReplaceAll(rightBet, "20", "15"))}, exitFailed, "0 ok, 1 failed\n", ""},
		{"no such file", []string{"pgn", absent, mustWrite(t, rightGame)}, exitUsage, "1 ok, 0 failed\n", "absent"},
		{"a directory", []string{"pgn", t.TempDir()}, exitUsage, "0 ok, 0 failed\n", "directory"},
		{"a line too long", []string{"perft", mustWrite(t, strings.Repeat("x", 2<<20))}, exitUsage, "0 ok, 0 failed\n", "too long"},
		{"help", []string{"-h"}, exitOK, verifyUsage, ""},
		{"help of a kind", []string{"perft", "-h"}, exitOK, verifyUsage, ""},
		{"no kind", nil, exitUsage, "", "say what to verify"},
		{"unknown kind", []string{"chess"}, exitUsage, "", `there is no kind "chess"`},
		{"no file", []string{"pgn"}, exitUsage, "", "name at least one file"},
		{"unknown flag", []string{"pgn", "--nodes", "1", "x"}, exitUsage, "", "not defined: -nodes"},
		{"bad number", []string{"perft", "--nodes", "many", "x"}, exitUsage, "", "invalid value"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var stdout, stderr strings.Builder
			status := run(append([]string{"verify"}, row.args...), &stdout, &stderr)
			if status != row.status {
				t.Errorf("status %d, want %d; stderr: %s", status, row.status, stderr.String())
			}
			if !strings.HasSuffix(stdout.String(), row.stdout) || row.stdout == "" && stdout.Len() > 0 {
				t.Errorf("stdout:\n%s\nwant %q at the end", stdout.String(), row.stdout)
			}
			if !strings.Contains(stderr.String(), row.stderr) || row.stderr == "" && stderr.Len() > 0 {
				t.Errorf("stderr:\n%s\nwant %q", stderr.String(), row.stderr)
			}
		})
	}
}

func TestVerifyNamesFileAndGame(t *testing.T) {
	path := mustWrite(t, rightGame+wrongGame)
	var stdout, stderr strings.Builder
	run([]string{"verify", "pgn", path}, &stdout, &stderr)
	if want := path + ":game 2: move 1... e4: "; !strings.HasPrefix(stdout.String(), want) {
		t.Errorf("stdout:\n%s\nwant %q at the front", stdout.String(), want)
	}
}

func TestVerifyReadsStandardInput(t *testing.T) {
	in, err := os.Open(mustWrite(t, rightGame+rightGame))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	defer func(stdin *os.File) { os.Stdin = stdin }(os.Stdin)
	os.Stdin = in
	var stdout, stderr strings.Builder
	status := run([]string{"verify", "pgn", "-"}, &stdout, &stderr)
	if got, want := stdout.String(), "2 ok, 0 failed\n"; status != exitOK || got != want {
		t.Errorf("status %d, stdout %s, want %s; stderr: %s", status, got, want, stderr.String())
	}
}
