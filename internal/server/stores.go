package server

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/inmem"
	"kibitz/internal/memcached"
	"kibitz/internal/sqlstore"
	"kibitz/internal/table"
	"kibitz/internal/walstore"
)

// cachedSessions is how many login sessions stay in memory.
const cachedSessions = 100_000

// databaseFile is the database in the folder of the configuration.
const databaseFile = "kibitz.db"

// stores is where everything is kept.
type stores struct {
	journal  table.Journal
	pulse    table.Pulse
	accounts *account.Cached
	archive  *sqlstore.Store
	// nats is nil for a server that is alone, and cache without memcached.
	nats  *shared
	cache *memcached.Cache
	// failed is closed when the journal can take no more; nil means never.
	failed <-chan struct{}
	err    func() error
	close  func() error
}

// openStores opens what is kept in the folder of the configuration, or, when
// there is none, what is gone with the process. Grouped may be nil; see
// walstore.Options.
func openStores(cfg Config, grouped func(appends int, took time.Duration)) (*stores, error) {
	if cfg.Cluster.on() {
		return openShared(cfg)
	}
	if cfg.Data == "" {
		return openPassing(cfg)
	}
	journal, err := walstore.Open(filepath.Join(cfg.Data, "journal"), walstore.Options{Logger: cfg.Log, Grouped: grouped})
	if err != nil {
		return nil, err
	}
	pulse, err := walstore.OpenPulse(filepath.Join(cfg.Data, "journal"))
	if err != nil {
		return nil, errors.Join(err, journal.Close())
	}
	database, err := sqlstore.Open(context.Background(), cmp.Or(cfg.Database, filepath.Join(cfg.Data, databaseFile)))
	if err != nil {
		return nil, errors.Join(err, pulse.Close(), journal.Close())
	}
	return &stores{
		journal: journal, pulse: pulse, accounts: account.NewCached(database, cachedSessions), archive: database,
		failed: journal.Done(), err: journal.Err,
		close: func() error { return errors.Join(database.Close(), pulse.Close(), journal.Close()) },
	}, nil
}

// openPassing opens stores in memory, but for the archive, which is in a file
// that is removed in the end.
func openPassing(cfg Config) (*stores, error) {
	dir, err := os.MkdirTemp("", "kibitz-")
	if err != nil {
		return nil, err
	}
	database, err := sqlstore.Open(context.Background(), cmp.Or(cfg.Database, filepath.Join(dir, databaseFile)))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	journal := inmem.NewJournal()
	return &stores{
		journal: journal, pulse: &inmem.Pulse{}, accounts: account.NewCached(forgetting{inmem.NewAccounts(), database}, cachedSessions), archive: database,
		err:   func() error { return nil },
		close: func() error { return errors.Join(database.Close(), journal.Close(), os.RemoveAll(dir)) },
	}, nil
}
