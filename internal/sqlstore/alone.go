package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"time"
)

// How often who waits for a lock asks for it, and who has it looks whether the
// database still says so.
const (
	aloneAgain = time.Second
	aloneLook  = time.Second
)

// Alone waits until nobody else, in any process, does what has that name, and
// then does it. Its context ends when ctx is done, or when the database cannot
// be asked any more, for then another may begin. It returns when do has
// returned; with PostgreSQL it may be called again. With an SQLite file, which
// one process has, it does it at once.
func (s *Store) Alone(ctx context.Context, name string, do func(context.Context)) error {
	if s.dialect.grouped {
		do(ctx)
		return nil
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("lock %s: %w", name, err)
	}
	defer func() { _ = conn.Close() }()
	if err := await(ctx, conn, name); err != nil {
		return fmt.Errorf("lock %s: %w", name, err)
	}
	defer func() {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), aloneLook)
		defer cancel()
		_, _ = conn.ExecContext(last, `SELECT pg_advisory_unlock($1)`, lockOf(name)) // or with the connection
	}()
	held, lost := context.WithCancel(ctx)
	defer lost()
	go watchLock(held, lost, conn)
	do(held)
	return nil
}

// lockOf is the number of a lock.
func lockOf(name string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte("kibitz " + name))
	return int64(h.Sum64())
}

// await returns when the connection has the lock.
func await(ctx context.Context, conn *sql.Conn, name string) error {
	for {
		var has bool
		if err := conn.QueryRowContext(ctx, `SELECT pg_try_advisory_lock($1)`, lockOf(name)).Scan(&has); err != nil || has {
			return err
		}
		select {
		case <-time.After(aloneAgain):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// watchLock calls lost when the connection, and with it the lock, is gone.
func watchLock(ctx context.Context, lost func(), conn *sql.Conn) {
	defer lost()
	for {
		select {
		case <-time.After(aloneLook):
		case <-ctx.Done():
			return
		}
		limited, cancel := context.WithTimeout(ctx, 3*aloneLook)
		_, err := conn.ExecContext(limited, `SELECT 1`)
		cancel()
		if err != nil {
			return
		}
	}
}
