package server

import (
	"errors"
	"fmt"
	"testing"

	"kibitz/internal/games"
	"kibitz/internal/table"
)

func TestFinals(t *testing.T) {
	s, _ := serve(t, t.TempDir())
	id := playScholarsMate(t, s.host)
	until(t, "the game is archived", func() bool {
		_, err := s.stores.archive.Game(t.Context(), id)
		return err == nil
	})
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := newFinals(s.library(catalog))
	const want = "r1bqkb1r/pppp1Qpp/2n2n2/4p3/2B1P3/8/PPPP1PPP/RNB1K1NR b KQkq - 0 4"
	for range 2 {
		if fen, err := f.FEN(t.Context(), id); fen != want || err != nil {
			t.Errorf("FEN() = %q, %v, want %q", fen, err, want)
		}
	}
	for n := range 3 * knownFinals {
		f.keep(table.ID(fmt.Sprintf("%08d", n)), "x")
	}
	if n := len(f.young) + len(f.old); n > 2*knownFinals {
		t.Errorf("%d positions are in memory, want %d at most", n, 2*knownFinals)
	}
	if _, err := f.FEN(t.Context(), "Unknown1"); !errors.Is(err, table.ErrUnknownTable) {
		t.Errorf("FEN() of no game = %v, want ErrUnknownTable", err)
	}
}
