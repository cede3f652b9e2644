package natsstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// appendHeader names the append that stored a message, so that who lost the
// acknowledgement knows its own message again.
const appendHeader = "Kibitz-Append"

// Append implements table.Journal. A batch is one message, and so stored as a
// whole or not. It goes on trying while no leader answers; see
// JournalOptions.Patience.
func (j *Journal) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	batch, err := table.AppendBatch(nil, id, expected, records)
	if err != nil {
		return err
	}
	if len(records) > maxRecords {
		return fmt.Errorf("%w: %d records", table.ErrTooLarge, len(records))
	}
	if err := j.cause(ctx, nil); err != nil {
		return err
	}
	p, err := j.enter(ctx, id)
	if err != nil {
		return err
	}
	defer j.places.leave(p)
	return j.store(ctx, p, &appending{
		id: id, batch: batch, from: mark{seq: expected}, to: mark{seq: expected + table.Seq(len(records))},
	})
}

// store stores a message of a table, whose turn the caller has.
func (j *Journal) store(ctx context.Context, p *place, a *appending) error {
	a.j, a.name = j, rand.Text()
	err := j.persist(ctx, func(ctx context.Context) error { return a.try(ctx, p) })
	if err == nil {
		p.known, p.mark = true, a.to
		j.notes.saw(a.id.Partition(), a.to.stream)
		return nil
	}
	p.known = false
	if errors.Is(err, table.ErrConflict) || errors.Is(err, table.ErrTooLarge) || errors.Is(err, table.ErrStopped) {
		return err
	}
	return j.cause(ctx, fmt.Errorf("append to %s at %d: %w", a.id, a.from.seq, err))
}

func (j *Journal) enter(ctx context.Context, id table.ID) (*place, error) {
	inner, cancel := j.within(ctx)
	defer cancel()
	p, err := j.places.enter(inner, id)
	if err != nil {
		return nil, j.cause(ctx, err)
	}
	return p, nil
}

// appending is one Append under way.
type appending struct {
	j     *Journal
	id    table.ID
	name  string
	batch []byte
	// from is what it must follow, and to where it gets the table.
	from, to mark
	// placed says that from is known in full.
	placed bool
	// carry says that it adds nothing, but has all again.
	carry bool
}

// try publishes once. A try whose answer was lost is made again at once: it has
// the same expectation, so that the leader takes one of them at most, and only a
// refusal needs to be looked into. That works as soon as the stream has a
// leader; questions to the leader have to wait for one of all JetStream, too.
func (a *appending) try(ctx context.Context, p *place) error {
	if err := a.locate(ctx, p); err != nil {
		return err
	}
	err := a.publish(ctx)
	switch code := codeOf(err); {
	case err == nil:
		return nil
	case errors.Is(err, nats.ErrMaxPayload):
		return fmt.Errorf("%w: %w", table.ErrTooLarge, err)
	case code == jetstream.JSErrCodeStreamWrongLastSequence, code == jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return a.refused(ctx, err)
	}
	return fmt.Errorf("%w: %w", errAgain, err)
}

// refused finds out why the leader refused. What it saw may be an append that
// is not stored yet, and perhaps never will: then nothing is decided.
func (a *appending) refused(ctx context.Context, err error) error {
	if done, err := a.outcome(ctx); done || err != nil {
		return err
	}
	return fmt.Errorf("%w: %w", errAgain, err)
}

// locate finds the message that the append must follow.
func (a *appending) locate(ctx context.Context, p *place) error {
	switch {
	case a.placed:
	case a.from.seq == 0: // before the first
	case p.known && p.seq == a.from.seq:
		a.from = p.mark
	default:
		last, err := a.j.last(ctx, a.id)
		if err != nil {
			return err
		}
		if last.seq != a.from.seq {
			return table.ErrConflict
		}
		a.from = last
	}
	a.placed = true
	return nil
}

// outcome finds out what follows the message that the append must follow: done,
// when it is this append; ErrConflict, when it is another; and neither, when
// there is nothing yet. What any replica has is stored for good; only that there
// is nothing must be asked of the leader.
func (a *appending) outcome(ctx context.Context) (done bool, err error) {
	stream, subject := a.j.stream(a.id.Partition()), a.j.subject(a.id)
	var m message
	doubtful := a.j.doubt.is(time.Now())
	if !doubtful {
		m, err = a.j.peek(ctx, stream, subject, a.from.stream+1)
	}
	if doubtful || err != nil {
		m, err = a.j.ask(ctx, stream, getRequest{Seq: a.from.stream + 1, NextFor: subject})
	}
	switch {
	case errors.Is(err, errNoMessage):
		return false, nil
	case err != nil:
		return false, err
	case m.header.Get(appendHeader) == a.name:
		a.to.stream = m.seq
		return true, nil
	}
	return false, table.ErrConflict
}

func (a *appending) publish(ctx context.Context) error {
	m := &nats.Msg{Subject: a.j.subject(a.id), Data: a.batch, Header: nats.Header{appendHeader: {a.name}}}
	if a.carry {
		m.Header.Set(carryHeader, "1")
	}
	ack, err := a.j.js.PublishMsg(ctx, m,
		jetstream.WithExpectLastSequencePerSubject(a.from.stream), jetstream.WithRetryAttempts(0))
	if err != nil {
		return err
	}
	a.to.stream = ack.Sequence
	return nil
}

// codeOf returns the code with which JetStream refused, 0 when it did not.
func codeOf(err error) jetstream.ErrorCode {
	var refusal *jetstream.APIError
	if errors.As(err, &refusal) {
		return refusal.ErrorCode
	}
	return 0
}

// last returns where a table stands, the zero mark when nothing of it is
// stored.
func (j *Journal) last(ctx context.Context, id table.ID) (mark, error) {
	m, err := j.ask(ctx, j.stream(id.Partition()), getRequest{LastFor: j.subject(id)})
	if errors.Is(err, errNoMessage) {
		return mark{}, nil
	}
	if err != nil {
		return mark{}, err
	}
	records, err := m.records(0)
	if err != nil {
		return mark{}, err
	}
	return mark{records[len(records)-1].Seq, m.seq}, nil
}

// partitionOf refuses what is no partition.
func partitionOf(p int) error {
	if p < 0 || p >= table.Partitions {
		return fmt.Errorf("%w: partition %d", game.ErrMalformed, p)
	}
	return nil
}
