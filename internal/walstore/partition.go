package walstore

import (
	"encoding/binary"
	"sort"
)

// partition is the positions of its batches in order, in blocks: of 100,000
// tables a position is about 3 bytes behind the one before.
type partition struct {
	blocks  []block
	changed chan struct{} // closed when there are more; nil until somebody waits
}

// blockLen is how many positions a block holds at most.
const blockLen = 128

// block is some positions in a row.
type block struct {
	first, last uint64
	n           int
	steps       []byte // from each position to the next: uvarints
}

// each yields the positions.
func (b *block) each(yield func(uint64) bool) {
	pos := b.first
	for rest := b.steps; yield(pos) && len(rest) > 0; {
		step, n := binary.Uvarint(rest)
		pos += step
		rest = rest[n:]
	}
}

func (b *block) add(pos uint64) {
	if b.n == 0 {
		b.first = pos
	} else {
		b.steps = binary.AppendUvarint(b.steps, pos-b.last)
	}
	b.last = pos
	b.n++
}

// add appends a position, which is over all others.
func (p *partition) add(pos uint64) {
	if n := len(p.blocks); n == 0 || p.blocks[n-1].n == blockLen {
		p.blocks = append(p.blocks, block{})
	}
	p.blocks[len(p.blocks)-1].add(pos)
	p.wake()
}

// page fills the empty slice at with the positions from the last one that is
// not over a position, or from the first. That batch holds the first record
// behind the position, or may hold it: a record stands at the position of its
// batch plus its place in it, which is under the next batch's position.
func (p *partition) page(at []uint64, from uint64, most int) []uint64 {
	i := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].first > from })
	for i = max(i-1, 0); i < len(p.blocks) && len(at) < most; i++ {
		for pos := range p.blocks[i].each {
			if pos <= from {
				at = at[:0]
			}
			if at = append(at, pos); len(at) == most {
				break
			}
		}
	}
	return at
}

// drop takes positions out, which are in order.
func (p *partition) drop(gone []uint64) {
	i := sort.Search(len(p.blocks), func(i int) bool { return p.blocks[i].last >= gone[0] })
	kept := p.blocks[:i]
	for _, b := range p.blocks[i:] {
		if len(gone) > 0 && gone[0] <= b.last {
			b, gone = b.without(gone)
		}
		switch n := len(kept); {
		case b.n == 0:
		case n > 0 && kept[n-1].n+b.n <= blockLen/2: // few are left of both
			for pos := range b.each {
				kept[n-1].add(pos)
			}
		default:
			kept = append(kept, b)
		}
	}
	clear(p.blocks[len(kept):])
	p.blocks = kept
}

// without returns the block without positions that are gone, and those of them
// that are behind it.
func (b *block) without(gone []uint64) (block, []uint64) {
	var kept block
	for pos := range b.each {
		if len(gone) > 0 && gone[0] == pos {
			gone = gone[1:]
			continue
		}
		kept.add(pos)
	}
	return kept, gone
}

func (p *partition) wake() {
	if p.changed != nil {
		close(p.changed)
		p.changed = nil
	}
}
