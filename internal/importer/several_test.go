package importer_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"kibitz/internal/export/pgn"
	"kibitz/internal/importer"
	"kibitz/internal/sqlstore"
)

// TestOneNodeReadsWhatAnotherTook: two imports share a database, and the files
// in it. What the first took and did not read, the second does, and the first
// sees it.
func TestOneNodeReadsWhatAnotherTook(t *testing.T) {
	db, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	node := func() *desk {
		imports, err := importer.New(importer.Config{Store: db, Reader: pgn.File{Rules: rules}, Files: db, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		return &desk{Imports: imports, db: db}
	}
	a, b := node(), node()
	one, err := a.Add(t.Context(), "ann", false, strings.NewReader(many(250)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); b.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	if got := a.await(t, one); got.State != importer.Done || got.Added != 250 {
		t.Errorf("the first node sees %+v", got)
	}
	two := b.add(t, "bob", many(3))
	if got, err := a.Import(t.Context(), "bob", two.ID); err != nil || got.Added != 3 {
		t.Errorf("the first node sees %+v of the second, %v", got, err)
	}
}
