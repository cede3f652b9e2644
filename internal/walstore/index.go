package walstore

import (
	"encoding/binary"
	"math"

	"kibitz/internal/table"
)

// maxSeq is over every sequence number: the index keeps 32 bits of each.
const maxSeq = math.MaxUint32

// index says where the batches of every table are. Its owner guards it.
type index struct {
	tables     map[key]*history
	partitions [table.Partitions]partition
}

// history is one table. Of each batch it has two uvarints, in order: how far
// its position is behind that of the one before, and how many records it has.
type history struct {
	steps []byte
	pos   uint64 // of the last batch
	end   uint32 // the sequence number of its last record
	// headless says that the first record is not number 1: the older ones were
	// dropped by a compaction, and so the table must turn out to be forgotten.
	headless bool
}

func (h *history) last() table.Seq { return table.Seq(h.end) }

func (h *history) add(it *item, pos uint64) {
	h.steps = binary.AppendUvarint(h.steps, pos-h.pos)
	h.steps = binary.AppendUvarint(h.steps, uint64(it.count))
	h.pos, h.end = pos, uint32(it.last())
}

// first returns the position of the first batch.
func (h *history) first() uint64 {
	pos, _ := binary.Uvarint(h.steps)
	return pos
}

// after returns the positions of the batches with records over a number. The
// history must not be headless.
func (h *history) after(seq table.Seq) []uint64 {
	var at []uint64
	var pos uint64
	var end table.Seq
	for b := h.steps; len(b) > 0; {
		step, n := binary.Uvarint(b)
		count, m := binary.Uvarint(b[n:])
		b = b[n+m:]
		pos += step
		if end += table.Seq(count); end <= seq {
			continue
		}
		if at == nil {
			at = make([]uint64, 0, 1+len(b)/2)
		}
		at = append(at, pos)
	}
	return at
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
	h.add(it, pos)
	ix.partitions[it.key.partition()].add(pos)
}

// forget drops a table and returns where its batches were.
func (ix *index) forget(k key) []uint64 {
	h := ix.tables[k]
	if h == nil {
		return nil
	}
	delete(ix.tables, k)
	gone := h.after(0)
	ix.partitions[k.partition()].drop(gone)
	return gone
}
