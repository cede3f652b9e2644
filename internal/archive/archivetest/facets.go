package archivetest

import (
	"errors"
	"testing"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

func facets(t *testing.T, a Archive) {
	score := func(user account.ID, by archive.Facet, value string, wins, losses int) archive.FacetScore {
		return archive.FacetScore{User: user, Facet: by, Value: value, Score: archive.Score{Wins: wins, Losses: losses}}
	}
	add := func(s archive.Span, all ...archive.FacetScore) {
		t.Helper()
		if err := a.AddFacets(t.Context(), s, all); err != nil {
			t.Fatal(err)
		}
	}
	add(archive.Span{Through: 3}, score(ann, archive.ByColor, "white", 2, 0), score(ann, archive.ByControl, "3+2", 1, 0), score(bob, archive.ByColor, "black", 0, 2))
	add(archive.Span{From: 3, Through: 4}, score(ann, archive.ByColor, "white", 0, 1), score(ann, archive.ByColor, "black", 5, 0))
	if err := a.AddFacets(t.Context(), archive.Span{From: 3, Through: 4}, []archive.FacetScore{score(ann, archive.ByColor, "white", 9, 9)}); !errors.Is(err, archive.ErrTwice) {
		t.Errorf("AddFacets() = %v, want ErrTwice", err)
	}
	got, err := a.FacetScores(t.Context(), ann, archive.ByColor, 9)
	equal(t, "colors of ann", []any{got, err}, []any{[]archive.FacetScore{
		score(ann, archive.ByColor, "black", 5, 0), score(ann, archive.ByColor, "white", 2, 1)}, nil})
	got, err = a.FacetScores(t.Context(), ann, archive.ByColor, 1)
	equal(t, "the most played", []any{len(got), err}, []any{1, nil})
	got, err = a.FacetScores(t.Context(), cat, archive.ByControl, 9)
	equal(t, "cat", []any{len(got), err}, []any{0, nil})
	for range 2 {
		if err := a.Forget(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
	}
	if done, err := a.Finish(t.Context(), ann); !done || err != nil {
		t.Errorf("Finish() = %v, %v", done, err)
	}
	got, err = a.FacetScores(t.Context(), ann, archive.ByColor, 9)
	equal(t, "who has closed the account", []any{len(got), err}, []any{0, nil})
}
