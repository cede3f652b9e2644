package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// How often a holder says that it lives, and who waits asks; and how long after
// the last sign of life another takes the work over.
const (
	aloneBeat  = time.Second
	aloneLapse = 8 * time.Second
)

// ErrOvertaken: another process has taken over the work that this write is part
// of. Nothing was written.
var ErrOvertaken = errors.New("another process does this now")

// Alone waits until nobody else, in any process, does what has that name, and
// then does it. Its context ends when ctx is done, or when another has taken
// over, as it does when the holder has said nothing for 8 s: it froze, or cannot
// reach the database. All that is written with the context of do is refused with
// ErrOvertaken from then on, in the transaction that writes it, so that it does
// not matter when a holder finds out. Alone returns when do has returned; with
// PostgreSQL it may be called again. With an SQLite file, which one process has,
// it does it at once.
func (s *Store) Alone(ctx context.Context, name string, do func(context.Context)) error {
	if s.dialect.grouped {
		do(ctx)
		return nil
	}
	epoch, err := s.awaitWork(ctx, name)
	if err != nil {
		return fmt.Errorf("take over %s: %w", name, err)
	}
	mine := fence{name, epoch}
	held, lost := context.WithCancel(context.WithValue(ctx, fenceKey{}, mine))
	defer lost()
	beating := make(chan struct{})
	go func() {
		defer close(beating)
		defer lost()
		s.beat(held, mine)
	}()
	do(held)
	lost()
	<-beating
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), aloneBeat)
	defer cancel()
	_, _ = s.write.ExecContext(last, `UPDATE works SET beat_ms = 0 WHERE name = $1 AND epoch = $2`, mine.name, mine.epoch) // or it lapses
	return nil
}

// fence is what a holder writes behind.
type fence struct {
	name  string
	epoch int64
}

type fenceKey struct{}

// databaseNow is the time of the PostgreSQL server, which all processes share.
const databaseNow = `(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::BIGINT`

// awaitWork returns the epoch of a new holder when there is no other.
func (s *Store) awaitWork(ctx context.Context, name string) (epoch int64, err error) {
	for {
		limited, cancel := context.WithTimeout(ctx, aloneLapse)
		err = s.write.QueryRowContext(limited, `INSERT INTO works (name, epoch, beat_ms) VALUES ($1, 1, `+databaseNow+`)
			ON CONFLICT (name) DO UPDATE SET epoch = works.epoch + 1, beat_ms = excluded.beat_ms
			WHERE works.beat_ms < `+databaseNow+` - $2 RETURNING epoch`, name, aloneLapse.Milliseconds()).Scan(&epoch)
		cancel()
		if !errors.Is(err, sql.ErrNoRows) {
			return epoch, err
		}
		select {
		case <-time.After(aloneBeat):
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
}

// beat says that the holder lives until ctx is done, another has the work, or
// nobody has heard it for so long that another may.
func (s *Store) beat(ctx context.Context, mine fence) {
	heard := time.Now()
	for time.Since(heard) < aloneLapse {
		select {
		case <-time.After(aloneBeat):
		case <-ctx.Done():
			return
		}
		limited, cancel := context.WithTimeout(ctx, aloneLapse/2)
		n, err := s.beatOnce(limited, mine)
		cancel()
		switch {
		case err == nil && n == 0:
			return
		case err == nil:
			heard = time.Now()
		}
	}
}

func (s *Store) beatOnce(ctx context.Context, mine fence) (int64, error) {
	done, err := s.write.ExecContext(ctx, `UPDATE works SET beat_ms = `+databaseNow+` WHERE name = $1 AND epoch = $2`, mine.name, mine.epoch)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// fenced refuses a transaction of a holder that was overtaken, and keeps others
// from overtaking it until the transaction has ended.
func fenced(ctx context.Context, tx *sql.Tx) error {
	mine, ok := ctx.Value(fenceKey{}).(fence)
	if !ok {
		return nil
	}
	var one int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM works WHERE name = $1 AND epoch = $2 FOR KEY SHARE`, mine.name, mine.epoch).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %w", mine.name, ErrOvertaken)
	}
	return err
}
