package natsstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"kibitz/internal/table"
)

// loaders is how many tables of a partition are read at a time.
const loaders = 16

// Running yields the records of the tables of a partition that may be running,
// each table's in order and from the first one on: those that the last note names,
// and those that were written to after it. From then on the node may Note what
// runs. A table that cannot be read because it is damaged is logged and left out.
func (j *Journal) Running(ctx context.Context, partition int) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		if err := j.running(ctx, partition, yield); err != nil && !errors.Is(err, errEnough) {
			yield(table.Record{}, j.cause(ctx, fmt.Errorf("running tables of partition %d: %w", partition, err)))
		}
	}
}

func (j *Journal) running(ctx context.Context, partition int, yield func(table.Record, error) bool) error {
	if err := partitionOf(partition); err != nil {
		return err
	}
	was, err := j.openNote(ctx, partition)
	if err != nil {
		return err
	}
	w := walk{j: j, stream: j.stream(partition), subject: j.subjects(partition)}
	end, err := w.leaders(ctx)
	if errors.Is(err, errNoMessage) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := j.since(ctx, &w, &was, end.seq, yield); err != nil {
		return err
	}
	j.notes.saw(partition, end.seq)
	return nil
}

// since yields what may have run since a note.
func (j *Journal) since(ctx context.Context, w *walk, was *note, end uint64, yield func(table.Record, error) bool) error {
	s := sieve{screen: make(screen), all: was.At == 0, parts: make(map[table.ID]bool)}
	for _, id := range was.Tables {
		s.parts[id] = true
	}
	for m, err := range w.between(ctx, was.At+1, end) {
		if err != nil {
			return err
		}
		records, err := m.records(0)
		if err != nil {
			return err
		}
		for _, r := range s.pass(m, records) {
			if !yield(r, nil) {
				return errEnough
			}
		}
	}
	return j.whole(ctx, s.parts, yield)
}

// sieve lets pass the records of those tables that it has seen the first record
// of.
type sieve struct {
	screen
	// all says that it gets all messages there are, and not those after a note.
	all bool
	// parts are the tables that do not pass.
	parts map[table.ID]bool
}

func (s *sieve) pass(m message, records []table.Record) []table.Record {
	id := records[0].Table
	if _, whole := s.screen[id]; !s.all && !whole && (m.carried() || records[0].Seq > 1) {
		s.parts[id] = true
	}
	if s.parts[id] {
		return nil
	}
	return s.screen.pass(m, records)
}

// whole yields all records of tables, of which several are read at a time.
func (j *Journal) whole(ctx context.Context, ids map[table.ID]bool, yield func(table.Record, error) bool) error {
	ctx, cancel := context.WithCancel(ctx)
	todo, done := make(chan table.ID), make(chan loaded, loaders)
	var working sync.WaitGroup
	defer working.Wait()
	defer cancel()
	for range min(loaders, len(ids)) {
		working.Go(func() {
			for id := range todo {
				records, err := j.Read(ctx, id, 0)
				select {
				case done <- loaded{id, records, err}:
				case <-ctx.Done():
				}
			}
		})
	}
	working.Go(func() {
		defer close(todo)
		for id := range ids {
			select {
			case todo <- id:
			case <-ctx.Done():
				return
			}
		}
	})
	for range ids {
		select {
		case one := <-done:
			if err := j.hand(one, yield); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// loaded is a table as read.
type loaded struct {
	id      table.ID
	records []table.Record
	err     error
}

func (j *Journal) hand(one loaded, yield func(table.Record, error) bool) error {
	switch {
	case errors.Is(one.err, table.ErrUnknownTable): // it has expired, or was never stored
		return nil
	case errors.Is(one.err, table.ErrDamaged):
		j.log.Error("a table cannot be taken over", "table", one.id, "err", one.err)
		return nil
	case one.err != nil:
		return one.err
	}
	for _, r := range one.records {
		if !yield(r, nil) {
			return errEnough
		}
	}
	return nil
}
