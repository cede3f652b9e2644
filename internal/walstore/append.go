package walstore

import (
	"context"
	"errors"
	"fmt"

	"kibitz/internal/table"
)

// keptItemBytes is how large a buffer may be to be used again.
const keptItemBytes = 16 << 10

// Append implements table.Journal.
func (s *Store) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	if uint64(expected)+uint64(len(records)) >= maxSeq {
		return fmt.Errorf("%w: a table holds fewer than %d", table.ErrTooLarge, uint64(maxSeq))
	}
	r := requests.Get().(*request)
	if err := r.encode(id, expected, records); err != nil {
		requests.Put(r)
		return err
	}
	return s.await(ctx, r)
}

// Forget implements table.Journal. It returns when the forgetting is on stable
// storage; the space comes back later.
func (s *Store) Forget(ctx context.Context, id table.ID) error {
	k, ok := keyOf(id)
	if !ok {
		return nil
	}
	s.forgetting.RLock()
	defer s.forgetting.RUnlock()
	r := requests.Get().(*request)
	r.key, r.expected, r.count = k, 0, 0
	r.item = appendItem(r.item[:0], item{kind: kindForget, key: k})
	return s.await(ctx, r)
}

// await hands the request to the writer and returns its answer.
func (s *Store) await(ctx context.Context, r *request) error {
	err := ctx.Err()
	if err == nil {
		err = s.queue.push(ctx, r)
	}
	if err != nil {
		requests.Put(r)
		if errors.Is(err, table.ErrStopped) {
			return s.Err()
		}
		return err
	}
	select {
	case err := <-r.done:
		if cap(r.item) <= keptItemBytes {
			requests.Put(r)
		}
		return err
	case <-ctx.Done(): // the writer still has r: it is not used again
		return ctx.Err()
	}
}

// encode makes r the append of records.
func (r *request) encode(id table.ID, expected table.Seq, records []table.Record) error {
	it := item{kind: kindBatch, first: expected + 1, count: len(records)}
	var ok bool
	if it.key, ok = keyOf(id); !ok {
		_, err := table.AppendBatch(nil, id, expected, records)
		return fmt.Errorf("table %q: %w", id, err)
	}
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	batch, err := table.AppendBatch((*scratch)[:0], id, expected, records)
	if err != nil {
		return err
	}
	it.batch = batch
	r.key, r.expected, r.count = it.key, expected, it.count
	r.item = appendItem(r.item[:0], it)
	if cap(batch) <= keptItemBytes {
		*scratch = batch
	}
	return nil
}
