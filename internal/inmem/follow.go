package inmem

import (
	"context"
	"fmt"
	"iter"
	"sort"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Follow implements table.Journal.
func (j *Journal) Follow(ctx context.Context, partition int, after table.Position) iter.Seq2[table.Entry, error] {
	return func(yield func(table.Entry, error) bool) {
		if partition < 0 || partition >= table.Partitions {
			yield(table.Entry{}, fmt.Errorf("%w: partition %d", game.ErrMalformed, partition))
			return
		}
		for {
			next, err := j.await(ctx, partition, after)
			if ctx.Err() != nil {
				return
			}
			if err != nil {
				yield(table.Entry{}, err)
				return
			}
			for _, p := range next {
				if !p.yield(after, yield) {
					return
				}
				after = max(after, p.first+table.Position(p.records)-1)
			}
		}
	}
}

// await returns the batches with records behind after, as soon as there are
// any. They are shared and must not be changed.
func (j *Journal) await(ctx context.Context, partition int, after table.Position) ([]placed, error) {
	for {
		next, changed, err := j.behind(partition, after)
		if err != nil || len(next) > 0 {
			return next, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (j *Journal) behind(partition int, after table.Position) ([]placed, <-chan struct{}, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.stopped {
		return nil, nil, table.ErrStopped
	}
	p := &j.partitions[partition]
	i := sort.Search(len(p.batches), func(i int) bool {
		b := p.batches[i]
		return b.first+table.Position(b.records)-1 > after
	})
	if i == len(p.batches) && p.changed == nil {
		p.changed = make(chan struct{})
	}
	return p.batches[i:len(p.batches):len(p.batches)], p.changed, nil
}

// yield hands on the records behind after, and reports whether to go on.
func (p placed) yield(after table.Position, yield func(table.Entry, error) bool) bool {
	records, err := table.DecodeBatch(make([]table.Record, 0, p.records), p.batch, 0)
	if err != nil {
		yield(table.Entry{}, err)
		return false
	}
	for i, r := range records {
		at := p.first + table.Position(i)
		if at > after && !yield(table.Entry{Position: at, Record: r}, nil) {
			return false
		}
	}
	return true
}

// wake lets everybody look who waits for this partition.
func (p *partition) wake() {
	if p.changed != nil {
		close(p.changed)
		p.changed = nil
	}
}

// compact lets the batches of forgotten tables go once they are the most, into
// a new array: a follower may still read the old one.
func (p *partition) compact() {
	if 2*p.dead <= len(p.batches) {
		return
	}
	kept := make([]placed, 0, len(p.batches)-p.dead)
	for _, b := range p.batches {
		if !b.of.gone {
			kept = append(kept, b)
		}
	}
	p.batches, p.dead = kept, 0
}
