package server

import (
	"context"
	"errors"

	"kibitz/internal/account"
	"kibitz/internal/inmem"
	"kibitz/internal/memcached"
	"kibitz/internal/natsstore"
	"kibitz/internal/sqlstore"
)

// shared is what a cluster has in NATS.
type shared struct {
	client  *natsstore.Client
	journal *natsstore.Journal
	leases  natsstore.Leases
	members natsstore.Members
}

// dial connects to NATS.
func (c Config) dial() (*natsstore.Client, error) {
	return natsstore.Connect(natsstore.Options{URLs: c.Cluster.NATS, Name: "kibitz " + c.Cluster.Role + " " + c.Cluster.Name, Log: c.Log})
}

// openNATS connects and finds what the cluster shares, or makes it.
func openNATS(cfg Config) (s *shared, err error) {
	s = &shared{}
	if s.client, err = cfg.dial(); err != nil {
		return nil, err
	}
	ctx := context.Background()
	if s.leases, err = s.client.OpenLeases(ctx); err == nil {
		s.members, err = s.client.OpenMembers(ctx)
	}
	if err == nil && !cfg.Cluster.gateway() {
		s.journal, err = s.client.OpenJournal(ctx, natsstore.JournalOptions{
			Streams: cfg.Cluster.Streams, MaxAge: cfg.Cluster.Keep, SystemURLs: cfg.Cluster.NATSSystem, Unsafe: cfg.Cluster.UnsafeJournal,
		})
	}
	if err != nil {
		s.client.Close()
		return nil, err
	}
	return s, nil
}

func (s *shared) close() error {
	var err error
	if s.journal != nil {
		err = s.journal.Close()
	}
	s.client.Close()
	return err
}

// openShared opens the stores of a cluster: the journal in NATS, the archive and
// accounts in PostgreSQL, logins in memcached before it.
func openShared(cfg Config) (*stores, error) {
	nats, err := openNATS(cfg)
	if err != nil {
		return nil, err
	}
	database, err := sqlstore.Open(context.Background(), cfg.Database)
	if err != nil {
		return nil, errors.Join(err, nats.close())
	}
	people, cache := account.Store(database), (*memcached.Cache)(nil)
	if cfg.Cluster.Memcached != "" {
		if cache, err = memcached.New(memcached.Config{Servers: servers(cfg.Cluster.Memcached), Log: cfg.Log}); err != nil {
			return nil, errors.Join(err, database.Close(), nats.close())
		}
		people = memcached.NewSessions(database, cache)
	}
	return &stores{
		journal: nats.journal, pulse: &inmem.Pulse{}, accounts: account.NewCached(people, cachedSessions), archive: database, nats: nats, cache: cache,
		err: func() error { return nil },
		close: func() error {
			if cache != nil {
				_ = cache.Close()
			}
			return errors.Join(database.Close(), nats.close())
		},
	}, nil
}
