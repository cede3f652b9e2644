package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"kibitz/internal/table"
)

// Read implements table.Journal. It reads what the leader says is there.
func (j *Journal) Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error) {
	if err := j.cause(ctx, nil); err != nil {
		return nil, err
	}
	if _, err := table.ParseID(string(id)); err != nil {
		return nil, table.ErrUnknownTable
	}
	w := walk{j: j, stream: j.stream(id.Partition()), subject: j.subject(id)}
	last, err := w.leaders(ctx)
	if errors.Is(err, errNoMessage) {
		return nil, table.ErrUnknownTable
	}
	var records []table.Record
	if err == nil {
		records, err = last.records(0)
	}
	if err == nil && records[0].Seq <= after+1 { // the last message has it all
		return last.records(after)
	}
	if err == nil {
		records, err = w.collect(ctx, id, last, after)
	}
	if err != nil {
		return nil, j.cause(ctx, fmt.Errorf("read %s after %d: %w", id, after, err))
	}
	return records, nil
}

// collect returns the records of one table up to a message.
func (w *walk) collect(ctx context.Context, id table.ID, end message, after table.Seq) ([]table.Record, error) {
	tail, err := w.j.trail(ctx, id, end, after)
	if err != nil {
		return nil, err
	}
	p := pile{after: after}
	first, err := tail[0].records(0)
	if err == nil && first[0].Seq > after+1 {
		err = w.before(ctx, tail[0].seq, &p)
	}
	for i := 0; err == nil && i < len(tail); i++ {
		err = p.add(tail[i])
	}
	return p.all, err
}

// before adds the messages before one.
func (w *walk) before(ctx context.Context, seq uint64, p *pile) error {
	for m, err := range w.between(ctx, 1, seq-1) {
		if err == nil {
			err = p.add(m)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// pile is the records of one table after a number.
type pile struct {
	// begun and last are the first and the last record that it was given, and
	// after is from where on they are kept.
	begun, last, after table.Seq
	all                []table.Record
}

func (p *pile) add(m message) error {
	records, err := m.records(0)
	if err != nil {
		return err
	}
	switch {
	case m.carried() && p.begun == 1: // it has nothing new
		return nil
	case m.carried(): // what came before is a part of it
		p.all, p.begun = nil, 0
	case p.last != 0 && records[0].Seq != p.last+1:
		return fmt.Errorf("%w: record %d comes after %d", table.ErrDamaged, records[0].Seq, p.last)
	}
	if p.begun == 0 {
		p.begun = records[0].Seq
	}
	p.last = records[len(records)-1].Seq
	for _, r := range records {
		if r.Seq > p.after {
			p.all = append(p.all, r)
		}
	}
	return nil
}

// Scan implements table.Journal.
func (j *Journal) Scan(ctx context.Context) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		for s := range j.streams {
			w := walk{j: j, stream: streamName(s), subject: fmt.Sprintf("table.%d.>", s)}
			if !w.scan(ctx, yield) {
				return
			}
		}
	}
}

// ScanPartition yields what Scan does of one partition: what a node needs that
// takes it over.
func (j *Journal) ScanPartition(ctx context.Context, partition int) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		if err := partitionOf(partition); err != nil {
			yield(table.Record{}, err)
			return
		}
		w := walk{j: j, stream: j.stream(partition), subject: j.subjects(partition)}
		w.scan(ctx, yield)
	}
}

// walk goes through the messages of a subject.
type walk struct {
	j               *Journal
	stream, subject string
}

// leaders returns the last message, as the leader has it.
func (w *walk) leaders(ctx context.Context) (last message, err error) {
	err = w.j.persist(ctx, func(ctx context.Context) error {
		last, err = w.j.ask(ctx, w.stream, getRequest{LastFor: w.subject})
		return err
	})
	return last, err
}

// scan yields all records as of now, and reports whether to go on.
func (w *walk) scan(ctx context.Context, yield func(table.Record, error) bool) bool {
	fail := func(err error) bool {
		yield(table.Record{}, w.j.cause(ctx, fmt.Errorf("scan of %s: %w", w.subject, err)))
		return false
	}
	if err := w.j.cause(ctx, nil); err != nil {
		return fail(err)
	}
	last, err := w.leaders(ctx)
	if errors.Is(err, errNoMessage) {
		return true
	}
	if err != nil {
		return fail(err)
	}
	seen := make(screen)
	for m, err := range w.between(ctx, 1, last.seq) {
		if err != nil {
			return fail(err)
		}
		records, err := m.records(0)
		if err != nil {
			return fail(err)
		}
		for _, r := range seen.pass(m, records) {
			if !yield(r, nil) {
				return false
			}
		}
	}
	return true
}

// between yields the messages from one up to another that the leader had. A
// replica that is behind is asked again.
func (w *walk) between(ctx context.Context, begin, end uint64) iter.Seq2[message, error] {
	return func(yield func(message, error) bool) {
		for from := max(1, begin); from <= end; {
			page, err := w.next(ctx, from, end)
			if err != nil {
				yield(message{}, err)
				return
			}
			for _, m := range page {
				if m.seq > end {
					return
				}
				if !yield(m, nil) {
					return
				}
				from = m.seq + 1
			}
			if len(page) == 0 { // the rest has expired meanwhile
				return
			}
		}
	}
}

// next returns messages from a number on: none only when the leader has none up
// to the end.
func (w *walk) next(ctx context.Context, from, end uint64) (page []message, err error) {
	err = w.j.persist(ctx, func(ctx context.Context) error {
		if page, err = w.j.page(ctx, w.stream, w.subject, from); err != nil || len(page) > 0 {
			return err
		}
		first, err := w.j.ask(ctx, w.stream, getRequest{Seq: from, NextFor: w.subject})
		switch {
		case errors.Is(err, errNoMessage), err == nil && first.seq > end:
			return nil
		case err == nil:
			return fmt.Errorf("%w: a replica is behind", errAgain)
		}
		return err
	})
	return page, err
}
