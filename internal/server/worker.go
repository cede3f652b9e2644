package server

import (
	"context"
	"fmt"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/ledger"
	"kibitz/internal/worker"
	"kibitz/internal/worker/archiver"
	"kibitz/internal/worker/ratings"
	"kibitz/internal/worker/stats"
)

// library is where finished games are read.
func (s *Server) library(c game.Catalog) archive.Library {
	return archive.Library{Games: s.stores.archive, Catalog: c}
}

// needed reports whether the journal must keep a table that is over: somebody
// looks at it, the ledger has yet to pay somebody, or a hand is not archived.
func (s *Server) needed(c game.Catalog) func(archive.Live) bool {
	return func(l archive.Live) bool {
		if s.host.Holds(l.Table) {
			return true
		}
		if _, ok := c[l.Kind].(game.Banker); !ok {
			return false
		}
		chips, err := s.stores.archive.Balance(context.Background(), ledger.OfTable(l.Table))
		return chips != 0 || err != nil || s.handsOwed(l)
	}
}

// openProjections puts together all that follows the journal.
func (s *Server) openProjections(c game.Catalog) (err error) {
	if s.worker, err = s.openWorker(c); err != nil {
		return err
	}
	if s.chips, err = s.openChips(c); err != nil {
		return err
	}
	s.hands, err = s.openHands()
	return err
}

// openWorker puts the slow path together, a projection a line.
func (s *Server) openWorker(c game.Catalog) (*worker.Worker, error) {
	db := s.stores.archive
	a, err := archiver.New(archiver.Config{
		Journal: s.stores.journal, Store: db, Catalog: c, Opening: games.Opening, Busy: s.needed(c), Settle: s.cfg.Settle, Log: s.cfg.Log,
	})
	if err != nil {
		return nil, err
	}
	w, err := worker.New(worker.Config{
		Journal: s.stores.journal, Projection: a, Log: s.cfg.Log,
		Steps: []worker.Step{
			ratings.New(db, db),
			stats.New(db, db),
			stats.NewFacets(db, db),
			a.Erase(),
			a.Sweep(),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("worker: %w", err)
	}
	return w, nil
}
