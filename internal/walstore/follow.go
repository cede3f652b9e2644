package walstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// followBatches is how many batches a follower looks up at once.
const followBatches = 256

// Follow implements table.Journal. A position is where a record is in the log:
// the number of its segment, and the offset of its batch plus its place there.
func (s *Store) Follow(ctx context.Context, partition int, after table.Position) iter.Seq2[table.Entry, error] {
	return func(yield func(table.Entry, error) bool) {
		if partition < 0 || partition >= table.Partitions {
			yield(table.Entry{}, fmt.Errorf("%w: partition %d", game.ErrMalformed, partition))
			return
		}
		f := follower{store: s, partition: partition, after: uint64(after)}
		for {
			err := f.await(ctx)
			if err == nil {
				err = f.hand(ctx, yield)
			}
			if errors.Is(err, errEnough) || ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(table.Entry{}, err)
				return
			}
		}
	}
}

type follower struct {
	store     *Store
	partition int
	after     uint64   // the position of the last record handed on
	looked    uint64   // the position of the last batch looked at
	next      []uint64 // the batches to look at
	buf       []byte
	records   []table.Record
}

// await fills next as soon as there is a batch that was not looked at.
func (f *follower) await(ctx context.Context) error {
	for {
		changed, err := f.look()
		if err != nil || len(f.next) > 0 {
			return err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// look fills next, or returns what is closed when there is more.
func (f *follower) look() (<-chan struct{}, error) {
	s := f.store
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cause != nil {
		return nil, s.cause
	}
	p := &s.index.partitions[f.partition]
	f.next = p.page(f.next[:0], max(f.after, f.looked), followBatches)
	if len(f.next) > 0 && f.next[0] <= f.looked {
		f.next = slices.Delete(f.next, 0, 1)
	}
	if len(f.next) == 0 && p.changed == nil {
		p.changed = make(chan struct{})
	}
	return p.changed, nil
}

// hand yields the records of the batches in next that are behind after.
func (f *follower) hand(ctx context.Context, yield func(table.Entry, error) bool) error {
	for _, pos := range f.next {
		f.looked = pos
		it, err := f.store.readItem(pos, &f.buf)
		if errors.Is(err, errGone) {
			continue
		}
		if err != nil {
			return err
		}
		if pos+uint64(it.count) <= f.after {
			continue
		}
		if f.records, err = table.DecodeBatch(f.records[:0], it.batch, 0); err != nil {
			return fmt.Errorf("%w: position %d: %w", table.ErrDamaged, pos, err)
		}
		for i, r := range f.records {
			at := pos + uint64(i)
			if at <= f.after {
				continue
			}
			if ctx.Err() != nil || !yield(table.Entry{Position: table.Position(at), Record: r}, nil) {
				return errEnough
			}
			f.after = at
		}
	}
	return nil
}
