package server

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/sqlstore"
)

// ErrExport is wrapped by what cannot be exported.
var ErrExport = errors.New("export")

// Wanted says which finished games are exported, and how.
type Wanted struct {
	// User is a name; empty for the games of everybody.
	User string
	// Format is "pgn" or "ndjson".
	Format string
	// Site is the address of the server, as games name it.
	Site string
}

// Export writes finished games from the database of a server, which may be
// running, and returns how many: those of one user the newest first, those of
// everybody the oldest first. A game that cannot be read is logged and left
// out.
func Export(ctx context.Context, cfg Config, want Wanted, to io.Writer) (n int, err error) {
	format, ok := formats()[want.Format]
	if !ok {
		return 0, fmt.Errorf("%w: there is no format %q; choose pgn or ndjson", ErrExport, want.Format)
	}
	catalog, err := games.Catalog(games.Options{})
	if err != nil {
		return 0, err
	}
	file := cmp.Or(cfg.Database, filepath.Join(cfg.Data, databaseFile))
	if _, err := os.Stat(file); cfg.Database == "" && err != nil {
		return 0, fmt.Errorf("%w: there is no server in the folder %q: %w", ErrExport, cfg.Data, err)
	}
	db, err := sqlstore.Open(ctx, file)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	e := &exporter{
		db: db, catalog: catalog, format: format, options: export.Options{Site: want.Site}, to: to,
		log: cmp.Or(cfg.Log, slog.Default()),
	}
	if want.User == "" {
		return e.all(ctx)
	}
	return e.of(ctx, want.User)
}

type exporter struct {
	db      *sqlstore.Store
	catalog game.Catalog
	format  export.Format
	options export.Options
	to      io.Writer
	log     *slog.Logger
}

func (e *exporter) source() *export.Source {
	return &export.Source{Catalog: e.catalog, Archive: e.db, Opening: pgn.Opening}
}

// of writes the games of one user.
func (e *exporter) of(ctx context.Context, name string) (int, error) {
	user, err := e.db.Named(ctx, name)
	if errors.Is(err, account.ErrUnknown) {
		return 0, fmt.Errorf("%w: there is nobody called %q", ErrExport, name)
	}
	if err != nil {
		return 0, err
	}
	c := &export.Collection{Source: e.source(), History: e.db, Log: e.log}
	return c.Write(ctx, e.to, export.Request{User: user.ID, Format: e.format, Options: e.options})
}

// exportPage is how many games are looked up at a time.
const exportPage = 200

// all writes every game.
func (e *exporter) all(ctx context.Context) (n int, err error) {
	source, after := e.source(), int64(0)
	for {
		rows, err := e.db.After(ctx, after, exportPage)
		if err != nil || len(rows) == 0 {
			return n, err
		}
		for i := range rows {
			wrote, err := e.one(ctx, source, &rows[i])
			if err != nil {
				return n, err
			}
			n += wrote
		}
		after = rows[len(rows)-1].Number
	}
}

func (e *exporter) one(ctx context.Context, source *export.Source, row *archive.Game) (int, error) {
	g, err := source.Archived(ctx, row.ID)
	var text []byte
	if err == nil {
		text, err = e.format.Append(nil, g, e.options)
	}
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case errors.Is(err, export.ErrFormat): // a game of another kind
		return 0, nil
	case err != nil:
		e.log.Error("a game is left out of an export", "table", row.ID, "err", err)
		return 0, nil
	}
	_, err = e.to.Write(text)
	return 1, err
}
