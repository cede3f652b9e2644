package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
)

// maxGroup is how many jobs one transaction holds.
const maxGroup = 512

// job is one thing to write. Its own refusal concerns nobody else; an error
// that is not a refusal ends the transaction for all in it.
type job struct {
	do      func(ctx context.Context, tx *sql.Tx) (refusal, err error)
	refusal error
	done    chan error // has room for one
}

// submit lets the writer do something, and returns when it is durable.
func (s *Store) submit(ctx context.Context, do func(context.Context, *sql.Tx) (error, error)) error {
	j := &job{do: do, done: make(chan error, 1)}
	if !s.dialect.grouped {
		return s.submitAlone(ctx, j)
	}
	select {
	case s.jobs <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-s.stop:
		return ErrClosed
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-s.ended:
		return j.late()
	}
}

// submitAlone does a job in a transaction of its own.
func (s *Store) submitAlone(ctx context.Context, j *job) error {
	select {
	case <-s.stop:
		return ErrClosed
	default:
	}
	if err := s.transact(ctx, []*job{j}); err != nil {
		return err
	}
	return j.refusal
}

// late is the outcome of a job once there is no writer any more.
func (j *job) late() error {
	select {
	case err := <-j.done:
		return err
	default:
		return ErrClosed
	}
}

// run writes until the store is closed.
func (s *Store) run() {
	defer close(s.ended)
	for {
		select {
		case j := <-s.jobs:
			s.writeGroup(s.collect(j))
		case <-s.stop:
			s.refuseRest()
			return
		}
	}
}

// collect returns a job and all that wait besides, up to maxGroup.
func (s *Store) collect(first *job) []*job {
	group := []*job{first}
	for len(group) < maxGroup {
		select {
		case j := <-s.jobs:
			group = append(group, j)
		default:
			return group
		}
	}
	return group
}

// writeGroup does a group of jobs in one transaction, and tells each how it
// went.
func (s *Store) writeGroup(group []*job) {
	err := s.transact(context.Background(), group) // done or undone as a whole
	for _, j := range group {
		if err != nil {
			j.done <- err
			continue
		}
		j.done <- j.refusal
	}
}

func (s *Store) transact(ctx context.Context, group []*job) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if err := fenced(ctx, tx); err != nil {
		_ = tx.Rollback() // the first error says more
		return fmt.Errorf("database: %w", err)
	}
	for _, j := range group {
		if j.refusal, err = j.do(ctx, tx); err != nil {
			_ = tx.Rollback() // the first error says more
			return fmt.Errorf("database: %w", err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}

// refuseRest tells those who wait that the store is closed. Who comes later
// finds out by s.ended.
func (s *Store) refuseRest() {
	for {
		select {
		case j := <-s.jobs:
			j.done <- ErrClosed
		default:
			return
		}
	}
}
