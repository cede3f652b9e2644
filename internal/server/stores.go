package server

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/inmem"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
	"kibitz/internal/walstore"
)

// cachedSessions is how many login sessions stay in memory.
const cachedSessions = 100_000

// stores is where everything is kept.
type stores struct {
	journal  table.Journal
	pulse    table.Pulse
	accounts *account.Cached
	// failed is closed when the journal can take no more; nil means never.
	failed <-chan struct{}
	err    func() error
	close  func() error
}

// openStores opens what is kept in the folder of the configuration, or in
// memory when there is none. Grouped may be nil; see walstore.Options.
func openStores(cfg Config, grouped func(appends int, took time.Duration)) (*stores, error) {
	if cfg.Data == "" {
		journal := inmem.NewJournal()
		return &stores{
			journal: journal, pulse: &inmem.Pulse{}, accounts: account.NewCached(inmem.NewAccounts(), cachedSessions),
			err: func() error { return nil }, close: journal.Close,
		}, nil
	}
	journal, err := walstore.Open(filepath.Join(cfg.Data, "journal"), walstore.Options{Logger: cfg.Log, Grouped: grouped})
	if err != nil {
		return nil, err
	}
	pulse, err := walstore.OpenPulse(filepath.Join(cfg.Data, "journal"))
	if err != nil {
		return nil, errors.Join(err, journal.Close())
	}
	database, err := sqlstore.Open(context.Background(), filepath.Join(cfg.Data, "kibitz.db"))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), pulse.Close(), journal.Close())
	}
	return &stores{
		journal: journal, pulse: pulse, accounts: account.NewCached(database, cachedSessions),
		failed: journal.Done(), err: journal.Err,
		close: func() error { return errors.Join(database.Close(), pulse.Close(), journal.Close()) },
	}, nil
}
