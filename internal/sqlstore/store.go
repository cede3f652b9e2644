// Package sqlstore keeps what outlives a game in a database: here SQLite, in
// one file.
package sqlstore

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"sync"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"kibitz/internal/account"
)

//go:embed migrations/*.sql
var migrations embed.FS

// ErrClosed: the store was closed.
var ErrClosed = errors.New("the database is closed")

// readers is how many queries run at a time.
const readers = 4

// Store is an account.Store in an SQLite file. Many goroutines read; one
// writes, and what is asked of it meanwhile goes into its next transaction, so
// that thousands of guests cost a few syncs.
type Store struct {
	read, write *sql.DB
	jobs        chan *job
	stop, ended chan struct{}
	once        sync.Once
	writer      sync.WaitGroup
}

var _ account.Store = (*Store)(nil)

// Open opens the database in a file, which it makes if it is not there, and
// brings it up to date. Close must be called in the end.
func Open(ctx context.Context, file string) (*Store, error) {
	s := &Store{jobs: make(chan *job, maxGroup), stop: make(chan struct{}), ended: make(chan struct{})}
	var err error
	if s.write, err = connect(file, 1); err != nil {
		return nil, err
	}
	if err := migrate(ctx, s.write); err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", file, err), s.write.Close())
	}
	if s.read, err = connect(file, readers); err != nil {
		return nil, errors.Join(err, s.write.Close())
	}
	s.writer.Go(s.run)
	return s, nil
}

// connect opens a pool. A commit is on stable storage when it returns
// (synchronous FULL), and readers never wait for the writer (WAL).
func connect(file string, most int) (*sql.DB, error) {
	q := url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "busy_timeout(5000)"},
		"_txlock": {"immediate"},
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", file, err)
	}
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, dir)
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
	return errors.Join(s.read.Close(), s.write.Close())
}
