package sqlstore_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/importer"
	"kibitz/internal/table"
)

func TestLibrary(t *testing.T) { onBoth(t, library) }

func libraryEntry(owner string, n int, public bool) importer.Entry {
	return importer.Entry{
		ID: table.ID(fmt.Sprintf("%.4s%04d", owner+"0000", n)), Owner: account.ID(owner), Import: "import01",
		Hash: [32]byte{byte(n), 1}, Public: public, Status: "mate", Winners: game.SeatSet(1), Variant: game.Standard,
		Players: []archive.Player{{Name: "Wanda", Before: 1500}, {Name: "Bruno"}},
		Played:  played(n), Plies: n, // two at a time, and the first at a time that is not known
		Opening: archive.Opening{ECO: "C20", Name: "King's Pawn Game"}, Text: fmt.Appendf(nil, "1. e4 {%d} *", n),
	}
}

func played(n int) time.Time {
	if n < 2 {
		return time.Time{}
	}
	return time.UnixMilli(int64(1_000_000 * (n / 2))).UTC()
}

func library(t *testing.T, fresh func(testing.TB) string) {
	s, ctx := open(t, fresh(t)), t.Context()
	one := importer.Import{
		ID: "import01", Owner: "ann", State: importer.Running, Size: 5, CreatedMillis: 7,
		Errors: []importer.Problem{{Game: 1, Line: 2, Message: "no"}},
	}
	if err := s.AddImport(ctx, one); err != nil {
		t.Fatal(err)
	}
	if err := s.AddImport(ctx, importer.Import{ID: "import02", Owner: "ann", State: importer.Running}); !errors.Is(err, importer.ErrBusy) {
		t.Errorf("got %v, want one at a time", err)
	}
	if running, err := s.RunningImports(ctx); err != nil || len(running) != 1 || running[0].Owner != "ann" {
		t.Errorf("got %+v, %v", running, err)
	}
	games := []importer.Entry{libraryEntry("ann", 1, true), libraryEntry("ann", 2, false), libraryEntry("ann", 3, true)}
	one.Read, one.State, one.Added = 5, importer.Done, 3
	if err := s.SaveImport(ctx, one, games); err != nil || games[0].ID == "" {
		t.Fatalf("got %v", err)
	}
	more := []importer.Entry{libraryEntry("ann", 3, true), libraryEntry("ann", 4, true)}
	more[0].ID = "another0"
	if err := s.SaveImport(ctx, one, more); err != nil || more[0].ID != "" || more[1].ID == "" {
		t.Errorf("got %v and %+v, want the first to be known", err, more)
	}
	if got, err := s.Import(ctx, "ann", "import01"); err != nil || got.State != importer.Done || got.Added != 3 || len(got.Errors) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := s.Import(ctx, "bob", "import01"); !errors.Is(err, importer.ErrNone) {
		t.Errorf("got %v, want nothing of somebody else", err)
	}
	want := libraryEntry("ann", 2, false)
	if got, err := s.LibraryGame(ctx, want.ID); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	for public, all := range map[bool]string{false: "[4 3 2 1]", true: "[4 3 1]"} {
		if got := listed(t, s, public); fmt.Sprint(got) != all {
			t.Errorf("public %v: got %v, want %s", public, got, all)
		}
	}
	if err := s.DropImport(ctx, "bob", "import01"); !errors.Is(err, importer.ErrNone) {
		t.Errorf("got %v, want somebody else to have none", err)
	}
	if err := s.DropImport(ctx, "ann", "import01"); err != nil {
		t.Error(err)
	}
	if _, err := s.LibraryGame(ctx, want.ID); !errors.Is(err, archive.ErrUnknown) {
		t.Errorf("got %v, want the games gone with their import", err)
	}
}

// listed pages through a library one by one.
func listed(t *testing.T, s importer.Store, public bool) []int {
	t.Helper()
	var plies []int
	var after importer.Cursor
	for range 10 {
		page, next, err := s.Library(t.Context(), "ann", public, importer.Page{After: after, Size: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			plies = append(plies, e.Plies)
		}
		if after = next; after == (importer.Cursor{}) {
			break
		}
	}
	return plies
}
