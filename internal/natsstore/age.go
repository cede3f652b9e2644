package natsstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/table"
)

// MaxAge is how long the journal keeps a record: what the archive has not got
// by then is lost. 0 is for ever.
func (j *Journal) MaxAge() time.Duration { return j.maxAge }

// Oldest returns when the first record of a partition behind a position was
// stored, and the zero time when there is none: with how far a worker is, that
// is how far it is behind.
func (j *Journal) Oldest(ctx context.Context, partition int, after table.Position) (time.Time, error) {
	if err := partitionOf(partition); err != nil {
		return time.Time{}, err
	}
	next := uint64(after)>>recordBits + 1 // a message is projected as a whole, or again
	for {
		m, err := j.following(ctx, partition, next)
		if errors.Is(err, errNoMessage) {
			return time.Time{}, nil
		}
		if err != nil {
			return time.Time{}, j.cause(ctx, fmt.Errorf("oldest of partition %d: %w", partition, err))
		}
		if !m.carried() {
			return m.at, nil
		}
		next = m.seq + 1
	}
}

// following returns the first message of a partition from a number on.
func (j *Journal) following(ctx context.Context, partition int, from uint64) (m message, err error) {
	err = j.persist(ctx, func(ctx context.Context) error {
		m, err = j.ask(ctx, j.stream(partition), getRequest{Seq: from, NextFor: j.subjects(partition)})
		return err
	})
	return m, err
}
