package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// measureArchive runs the benchmark with a small season.
func measureArchive(t *testing.T, more ...string) archiveReport {
	t.Helper()
	var out, errs strings.Builder
	args := strings.Fields("bench-archive --users 60 --games 1500 --power 300 --queries 5 --json")
	status := run(append(args, more...), &out, &errs)
	var r archiveReport
	if err := json.Unmarshal([]byte(out.String()), &r); status != exitOK || err != nil {
		t.Fatalf("status %d, %v: %s", status, err, errs.String())
	}
	return r
}

// TestBenchArchive fills a small archive and asks every question.
func TestBenchArchive(t *testing.T) {
	r := measureArchive(t)
	if r.Games != 1500 || r.Records != 64 || r.BlobBytes < 100 || r.BlobBytes > 200 || len(r.Questions) < 10 {
		t.Errorf("got %+v", r)
	}
	for _, q := range r.Questions {
		if q.P99MS <= 0 || q.P99MS > q.MaxMS {
			t.Errorf("%s: %+v", q.Name, q)
		}
	}
}

// TestBenchArchiveAgain asks an archive again that was filled before, and
// refuses one that another season filled.
func TestBenchArchiveAgain(t *testing.T) {
	db := filepath.Join(t.TempDir(), "archive.db")
	first := measureArchive(t, "--database", db)
	again := measureArchive(t, "--database", db, "--reuse")
	if first.FillSeconds <= 0 || again.FillSeconds != 0 || len(again.Questions) != len(first.Questions) {
		t.Errorf("got %+v, then %+v", first, again)
	}
	for _, other := range []string{"--games 1501", "--games 1499", "--users 80"} {
		var out, errs strings.Builder
		args := strings.Fields("bench-archive --users 60 --games 1500 --power 300 --reuse " + other)
		if status := run(append(args, "--database", db), &out, &errs); status != exitFailed {
			t.Errorf("%s: status %d, want %d: %s", other, status, exitFailed, errs.String())
		}
	}
}

// TestBenchArchivePGN takes the records of games of a file, and refuses a file
// without clocks.
func TestBenchArchivePGN(t *testing.T) {
	if r := measureArchive(t, "--pgn", "bench_archive.pgn"); r.Records != 64 {
		t.Errorf("got records of %d games, want 64", r.Records)
	}
	var out, errs strings.Builder
	if status := run([]string{"bench-archive", "--pgn", "bench.pgn"}, &out, &errs); status != exitFailed || !strings.Contains(errs.String(), "%clk") {
		t.Errorf("games without clocks: status %d, %q", status, errs.String())
	}
}

func TestBenchArchiveUsage(t *testing.T) {
	for _, args := range []string{"--users 3", "--games 10 --power 20", "more", "--bogus", "--reuse"} {
		var out, errs strings.Builder
		if status := run(append([]string{"bench-archive"}, strings.Fields(args)...), &out, &errs); status != exitUsage || errs.Len() == 0 {
			t.Errorf("%s: status %d, %q; want %d and a reason", args, status, errs.String(), exitUsage)
		}
	}
}
