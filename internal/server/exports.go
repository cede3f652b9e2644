package server

import (
	"os"
	"path/filepath"

	"kibitz/internal/chess"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/httpapi"
	"kibitz/internal/importer"
)

// formats lists the formats that games are exported in, one a line.
func formats() map[string]export.Format {
	all := make(map[string]export.Format)
	for _, f := range []export.Format{
		pgn.Format,
		export.NDJSON,
	} {
		all[f.Name] = f
	}
	return all
}

// source is where games are read, running and finished.
func (s *Server) source(c game.Catalog) *export.Source {
	return &export.Source{Catalog: c, Journal: s.stores.journal, Archive: s.stores.archive, Opening: pgn.Opening}
}

// collection is the games of users.
func (s *Server) collection(c game.Catalog) *export.Collection {
	return &export.Collection{Source: s.source(c), History: s.stores.archive, PGN: pgn.Format, Log: s.cfg.Log}
}

// openShelves puts together what is read about games: the queue of reviews, the
// libraries of users, and what the edge needs of both.
func (s *Server) openShelves(c game.Catalog) (httpapi.Library, error) {
	db, source := s.stores.archive, s.source(c)
	s.reviews = s.openReviews(source)
	var err error
	if s.imports, err = s.openImports(c); err != nil {
		return httpapi.Library{}, err
	}
	return httpapi.Library{
		Games: source, Collection: s.collection(c), Formats: formats(), Rows: db, History: db, Ratings: db, Counts: db,
		Facets: db, Standings: db, Finals: newFinals(s.library(c)),
		Reviews: s.reviews.Queue, Imports: s.imports,
	}, nil
}

// openImports begins libraries of games from elsewhere. Files wait in the data
// folder, or where temporary files are; in a cluster in the database, where every
// node finds them.
func (s *Server) openImports(c game.Catalog) (*importer.Imports, error) {
	cfg := importer.Config{Store: s.stores.archive, Reader: pgn.File{Rules: c[chess.Kind]}, Dir: filepath.Join(s.cfg.Data, "imports"), Log: s.cfg.Log}
	switch {
	case s.cfg.Cluster.on():
		cfg.Files = s.stores.archive
	case s.cfg.Data == "":
		var err error
		if cfg.Dir, err = os.MkdirTemp("", "kibitz-imports-"); err != nil {
			return nil, err
		}
		s.passing = cfg.Dir
	}
	return importer.New(cfg)
}
