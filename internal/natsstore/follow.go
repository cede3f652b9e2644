package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/table"
)

// A position is the number of a message in its stream, and in the lowest bits
// that of a record in its message.
const (
	recordBits = 20
	maxRecords = 1 << recordBits
)

// What a follower holds that its reader has not taken, and how long the servers
// remember one that is gone.
const (
	followAhead   = 256
	followerFades = 30 * time.Second
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
	messages, err := f.open(ctx)
	if err != nil {
		return err
	}
	defer messages.Stop()
	for {
		msg, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return err
		}
		meta, err := msg.Metadata()
		if err != nil {
			return err
		}
		if err := f.yield(message{seq: meta.Sequence.Stream, data: msg.Data()}, yield); err != nil {
			return err
		}
	}
}

func (f *follower) open(ctx context.Context) (messages jetstream.MessagesContext, err error) {
	err = f.j.persist(ctx, func(ctx context.Context) error {
		c, err := f.j.js.OrderedConsumer(ctx, f.j.stream(f.partition), jetstream.OrderedConsumerConfig{
			FilterSubjects: []string{f.j.subjects(f.partition)}, InactiveThreshold: followerFades,
			DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: max(1, uint64(f.after)>>recordBits),
		})
		if err == nil {
			messages, err = c.Messages(jetstream.PullMaxMessages(followAhead))
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errAgain, err)
		}
		return nil
	})
	return messages, err
}

// yield hands on the records of a message that are behind the position.
func (f *follower) yield(m message, yield func(table.Entry, error) bool) error {
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
