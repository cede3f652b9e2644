package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestBenchArchive fills a small archive and asks every question.
func TestBenchArchive(t *testing.T) {
	var out, errs strings.Builder
	status := run(strings.Fields("bench-archive --users 60 --games 1500 --power 300 --queries 5 --json"), &out, &errs)
	var r archiveReport
	if err := json.Unmarshal([]byte(out.String()), &r); status != exitOK || err != nil {
		t.Fatalf("status %d, %v: %s", status, err, errs.String())
	}
	if r.Games != 1500 || r.BlobBytes < 50 || len(r.Questions) < 10 {
		t.Errorf("got %+v", r)
	}
	for _, q := range r.Questions {
		if q.P99MS <= 0 || q.P99MS > q.MaxMS {
			t.Errorf("%s: %+v", q.Name, q)
		}
	}
}

func TestBenchArchiveUsage(t *testing.T) {
	for _, args := range []string{"--users 3", "--games 10 --power 20", "more", "--bogus"} {
		var out, errs strings.Builder
		if status := run(append([]string{"bench-archive"}, strings.Fields(args)...), &out, &errs); status != exitUsage || errs.Len() == 0 {
			t.Errorf("%s: status %d, %q; want %d and a reason", args, status, errs.String(), exitUsage)
		}
	}
}
