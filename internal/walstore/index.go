package walstore

import (
	"math"
	"sort"

	"kibitz/internal/table"
)

// maxSeq is over every sequence number: the index keeps 32 bits of each.
const maxSeq = math.MaxUint32

// index says where the batches of every table are. Per batch it takes 20 bytes
// and the slack of three slices. Its owner guards it.
type index struct {
	tables     map[key]*history
	partitions [table.Partitions]partition
}

// history is one table: the position of each batch, and the sequence number
// of its last record.
type history struct {
	at   []uint64
	ends []uint32
	// headless says that the first record is not number 1: the older ones were
	// dropped by a compaction, and so the table must turn out to be forgotten.
	headless bool
}

func (h *history) last() table.Seq { return table.Seq(h.ends[len(h.ends)-1]) }

// partition is the batches of a partition in order.
type partition struct {
	at      []uint64
	changed chan struct{} // closed when at grows; nil until somebody waits
}

func newIndex() *index { return &index{tables: make(map[key]*history)} }

func (k key) partition() int { return table.ID(k[:]).Partition() }

func (ix *index) last(k key) table.Seq {
	if h := ix.tables[k]; h != nil {
		return h.last()
	}
	return 0
}

func (ix *index) add(it *item, pos uint64) {
	h := ix.tables[it.key]
	if h == nil {
		h = &history{headless: it.first != 1}
		ix.tables[it.key] = h
	}
	h.at = append(h.at, pos)
	h.ends = append(h.ends, uint32(it.last()))
	p := &ix.partitions[it.key.partition()]
	p.at = append(p.at, pos)
	p.wake()
}

// forget drops a table and returns where its batches were.
func (ix *index) forget(k key) []uint64 {
	h := ix.tables[k]
	if h == nil {
		return nil
	}
	delete(ix.tables, k)
	p := &ix.partitions[k.partition()]
	p.drop(h.at)
	return h.at
}

// drop takes positions out; both are in order.
func (p *partition) drop(gone []uint64) {
	from := sort.Search(len(p.at), func(i int) bool { return p.at[i] >= gone[0] })
	kept := p.at[:from]
	for _, pos := range p.at[from:] {
		if len(gone) > 0 && pos == gone[0] {
			gone = gone[1:]
			continue
		}
		kept = append(kept, pos)
	}
	p.at = kept
}

func (p *partition) wake() {
	if p.changed != nil {
		close(p.changed)
		p.changed = nil
	}
}

// from returns the place in p.at of the batch that holds the first record
// behind a position, or may hold it: a record stands at the position of its
// batch plus its place in it, which is under the next batch's position.
func (p *partition) from(after uint64) int {
	i := sort.Search(len(p.at), func(i int) bool { return p.at[i] > after })
	return max(i-1, 0)
}
