package inmem

import (
	"context"
	"iter"
	"sync"

	"kibitz/internal/table"
)

// Journal is a table.Journal in memory. It keeps records in their stored form,
// so that nobody can change what was appended. Nothing survives the process.
type Journal struct {
	mu         sync.Mutex
	stopped    bool
	tables     map[table.ID]*history
	order      []*history // of creation
	last       table.Position
	partitions [table.Partitions]partition
}

var _ table.Journal = (*Journal)(nil)

// history is one table: what each Append stored, in order.
type history struct {
	id      table.ID
	last    table.Seq
	batches [][]byte
	gone    bool
}

// partition is the order of the appends to the tables of one partition.
type partition struct {
	batches []placed
	dead    int           // batches of forgotten tables
	changed chan struct{} // closed and replaced when batches grow; nil until awaited
}

// placed is one batch, whose records stand at the positions up from first.
type placed struct {
	first   table.Position
	records int
	of      *history
	batch   []byte
}

// NewJournal returns an empty journal. Close ends it.
func NewJournal() *Journal {
	return &Journal{tables: make(map[table.ID]*history)}
}

// Close stops the journal: later calls fail with table.ErrStopped, and so do
// the readers that follow it. Closing twice is no error.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.stopped = true
	for i := range j.partitions {
		j.partitions[i].wake()
	}
	return nil
}

// Append implements table.Journal.
func (j *Journal) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	batch, err := table.AppendBatch(nil, id, expected, records)
	if err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return err
	}
	h := j.tables[id]
	switch {
	case h == nil && expected == 0:
		h = &history{id: id}
		j.tables[id] = h
		j.order = append(j.order, h)
	case h == nil || h.last != expected:
		return table.ErrConflict
	}
	h.batches = append(h.batches, batch)
	h.last += table.Seq(len(records))
	p := &j.partitions[id.Partition()]
	p.batches = append(p.batches, placed{first: j.last + 1, records: len(records), of: h, batch: batch})
	j.last += table.Position(len(records))
	p.wake()
	return nil
}

func (j *Journal) usable(ctx context.Context) error {
	if j.stopped {
		return table.ErrStopped
	}
	return ctx.Err()
}

// Read implements table.Journal.
func (j *Journal) Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error) {
	j.mu.Lock()
	h, err := j.tables[id], j.usable(ctx)
	var batches [][]byte
	if h != nil {
		batches = h.batches
	}
	j.mu.Unlock()
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, table.ErrUnknownTable
	}
	var records []table.Record
	for _, b := range batches {
		if records, err = table.DecodeBatch(records, b, after); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// Scan implements table.Journal. It takes one table after the other.
func (j *Journal) Scan(ctx context.Context) iter.Seq2[table.Record, error] {
	return func(yield func(table.Record, error) bool) {
		j.mu.Lock()
		err := j.usable(ctx)
		var batches [][]byte
		for _, h := range j.order {
			if !h.gone {
				batches = append(batches, h.batches...)
			}
		}
		j.mu.Unlock()
		var buf []table.Record
		for _, b := range batches {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				buf, err = table.DecodeBatch(buf[:0], b, 0)
			}
			if err != nil {
				break
			}
			for _, r := range buf {
				if !yield(r, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(table.Record{}, err)
		}
	}
}

// Forget implements table.Journal.
func (j *Journal) Forget(ctx context.Context, id table.ID) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.usable(ctx); err != nil {
		return err
	}
	h := j.tables[id]
	if h == nil {
		return nil
	}
	delete(j.tables, id)
	h.gone = true
	p := &j.partitions[id.Partition()]
	p.dead += len(h.batches)
	p.compact()
	if len(j.order) > 2*len(j.tables) {
		j.order = live(j.order)
	}
	return nil
}

func live(all []*history) []*history {
	kept := make([]*history, 0, len(all))
	for _, h := range all {
		if !h.gone {
			kept = append(kept, h)
		}
	}
	return kept
}
