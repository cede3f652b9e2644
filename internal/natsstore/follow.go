package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"kibitz/internal/table"
)

// A position is the number of a message in its stream, and in the lowest bits
// that of a record in its message.
const (
	recordBits = 20
	maxRecords = 1 << recordBits
)

// Follow implements table.Journal. Records come as soon as they are stored by
// the quorum of their stream.
func (j *Journal) Follow(ctx context.Context, partition int, after table.Position) iter.Seq2[table.Entry, error] {
	return func(yield func(table.Entry, error) bool) {
		if err := partitionOf(partition); err != nil {
			yield(table.Entry{}, err)
			return
		}
		inner, cancel := j.within(ctx)
		defer cancel()
		f := follower{j: j, partition: partition, after: after}
		err := f.run(inner, yield)
		switch {
		case errors.Is(err, errEnough):
		case j.life.Err() != nil:
			yield(table.Entry{}, table.ErrStopped)
		case ctx.Err() == nil && err != nil:
			yield(table.Entry{}, fmt.Errorf("follow partition %d: %w", partition, err))
		}
	}
}

// errEnough: the reader wants no more.
var errEnough = errors.New("enough")

type follower struct {
	j         *Journal
	partition int
	after     table.Position
}

// run follows until something ends it. Servers that come and go do not.
func (f *follower) run(ctx context.Context, yield func(table.Entry, error) bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	h := f.j.hubs.enter(f.j, f.j.of(f.partition))
	defer f.j.hubs.leave(h)
	for {
		if err := f.listen(ctx, h, yield); err != nil {
			return err
		}
	}
}

// listen reads up to where the hub is, and then takes what the hub receives,
// until the reader has fallen behind.
func (f *follower) listen(ctx context.Context, h *hub, yield func(table.Entry, error) bool) error {
	l, at, err := h.join(ctx, f.partition)
	if err != nil {
		return err
	}
	defer h.part(l)
	w := walk{j: f.j, stream: f.j.stream(f.partition), subject: f.j.subjects(f.partition)}
	for m, err := range w.between(ctx, uint64(f.after)>>recordBits, at) {
		if err != nil {
			return err
		}
		if err := f.yield(m, yield); err != nil {
			return err
		}
	}
	for {
		select {
		case m, open := <-l.queue:
			if !open {
				return nil
			}
			if err := f.yield(m, yield); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// yield hands on the records of a message that are behind the position.
func (f *follower) yield(m message, yield func(table.Entry, error) bool) error {
	if m.carried() {
		return nil
	}
	records, err := m.records(0)
	if err != nil {
		return err
	}
	for i, r := range records {
		at := table.Position(m.seq<<recordBits | uint64(i))
		if at <= f.after {
			continue
		}
		f.after = at
		if !yield(table.Entry{Position: at, Record: r}, nil) {
			return errEnough
		}
	}
	return nil
}
