package archivetest

import (
	"testing"
	"time"

	"kibitz/internal/archive"
)

func progress(t *testing.T, a Archive) {
	want := func(what string, through, last int64, oldest time.Time) {
		t.Helper()
		got, err := a.Progress(t.Context(), archive.ProjectRatings)
		equal(t, what, []any{got, err}, []any{archive.Progress{
			Projection: archive.ProjectRatings, Through: through, Last: last, Oldest: oldest}, nil})
	}
	want("to begin with", 0, 0, time.Time{})
	games := finish(t, a, played(1, ann, bob), played(2, ann, bob), played(3, ann, bob))
	want("with games", 0, 3, games[0].Ended)
	rate(t, a, archive.Span{Through: 2}, games[0], 1500, 1400)
	want("with some of them rated", 2, 3, games[2].Ended)
	rate(t, a, archive.Span{From: 2, Through: 3}, games[2], 1500, 1400)
	want("in the end", 3, 3, time.Time{})
}

func counted(t *testing.T, a Archive) {
	bad := func(projection string, n int) archive.Poison {
		return archive.Poison{Projection: projection, Subject: id(n), Why: "bad", At: day}
	}
	write(t, a, &archive.Batch{Projection: "test", Poison: []archive.Poison{bad("one", 1), bad("one", 2), bad("two", 1)}})
	got, err := a.SetAside(t.Context())
	equal(t, "set aside", []any{got, err}, []any{map[string]int64{"one": 2, "two": 1}, nil})
	n, err := a.Closing(t.Context())
	equal(t, "closing", []any{n, err}, []any{0, nil})
	forget(t, a)
	n, err = a.Closing(t.Context())
	equal(t, "closing one", []any{n, err}, []any{1, nil})
	eraseAll(t, a, 9)
	n, err = a.Closing(t.Context())
	equal(t, "closed", []any{n, err}, []any{0, nil})
}
