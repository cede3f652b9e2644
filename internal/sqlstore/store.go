// Package sqlstore keeps what outlives a game in a database: SQLite, in one
// file, or PostgreSQL, by the same queries.
package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/pressly/goose/v3"

	"kibitz/internal/account"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrClosed: the store was closed.
var ErrClosed = errors.New("the database is closed")

// How many queries run at a time, and how many transactions beside them where
// many may write.
const (
	readers = 4
	writers = 12
)

// Store keeps accounts and the archive in an SQLite file or on a PostgreSQL
// server. Many goroutines read. In SQLite one writes, and what is asked of it
// meanwhile goes into its next transaction, so that thousands of guests cost a
// few syncs; in PostgreSQL many do.
type Store struct {
	dialect     dialect
	read, write *sql.DB
	jobs        chan *job
	stop, ended chan struct{}
	once        sync.Once
	writer      sync.WaitGroup
	health      health
}

var _ account.Store = (*Store)(nil)

// Open opens a database and brings it up to date: the PostgreSQL server of a
// URL, or else a file, which it makes if it is not there. Close must be called
// in the end.
func Open(ctx context.Context, dsn string) (*Store, error) {
	s := &Store{
		dialect: dialectOf(dsn),
		jobs:    make(chan *job, maxGroup), stop: make(chan struct{}), ended: make(chan struct{}),
	}
	if err := s.connect(dsn); err != nil {
		return nil, fmt.Errorf("database %s: %w", s.dialect.shown(dsn), err)
	}
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", s.dialect.shown(dsn), err), s.closePools())
	}
	if s.dialect.grouped {
		if err := s.sortIn(ctx, "MEMORY"); err != nil {
			return nil, errors.Join(fmt.Errorf("database %s: %w", s.dialect.shown(dsn), err), s.closePools())
		}
		s.writer.Go(s.run)
	}
	return s, nil
}

// sortIn says where the writer of an SQLite file keeps what it needs for one
// statement. In MEMORY a row costs half as much, for SQLite notes how to undo
// each; what sorts a whole table, as a migration may, wants a FILE.
func (s *Store) sortIn(ctx context.Context, where string) error {
	_, err := s.write.ExecContext(ctx, "PRAGMA temp_store = "+where)
	return err
}

// connect opens the pools: of a database that is written by one goroutine one
// for that and one for readers, and else one for everybody.
func (s *Store) connect(dsn string) (err error) {
	if !s.dialect.grouped {
		s.read, err = s.pool(dsn, readers+writers)
		s.write = s.read
		return err
	}
	if s.write, err = s.pool(dsn, 1); err != nil {
		return err
	}
	if s.read, err = s.pool(dsn, readers); err != nil {
		return errors.Join(err, s.write.Close())
	}
	return nil
}

func (s *Store) pool(dsn string, most int) (*sql.DB, error) {
	db, err := s.dialect.open(dsn, &s.health)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

func (s *Store) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(s.dialect.goose, s.write, translated{dir, s.dialect.types})
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Close waits for what is being written, and refuses everything from now on.
func (s *Store) Close() error {
	s.once.Do(func() { close(s.stop) })
	s.writer.Wait()
	return s.closePools()
}

// Pool is how the connections to the database are used: in SQLite those of
// readers.
type Pool struct {
	// Busy and Idle are how many there are, Most how many there can be.
	Busy, Idle, Most int
	// Waits counts what waited for one.
	Waits int64
	// Away says that the database did not answer the last time it was asked.
	Away bool
}

// Pool returns how the connections are used. It asks nobody.
func (s *Store) Pool() Pool {
	is := s.read.Stats()
	return Pool{Busy: is.InUse, Idle: is.Idle, Most: is.MaxOpenConnections, Waits: is.WaitCount, Away: s.health.away.Load()}
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.read.PingContext(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

func (s *Store) closePools() error {
	err := s.read.Close()
	if s.write != s.read {
		err = errors.Join(err, s.write.Close())
	}
	return err
}
