package walstore

import (
	"encoding/binary"

	"kibitz/internal/table"
)

// An item is one append, or the forgetting of one table:
//
//	checksum of the rest u32, kind u8, table 8 bytes; then, but for a forgotten table,
//	first sequence number, number of records, [position,] length: uvarints; the batch
//
// A moved batch was taken along from an older segment, and keeps its position.
type item struct {
	kind  byte
	key   key
	first table.Seq
	count int
	pos   uint64 // of a moved batch
	batch []byte // of table.AppendBatch
}

// The kinds of items. They are stored; never change one.
const (
	kindBatch  = 1
	kindForget = 2
	kindMoved  = 3
)

const (
	itemFixedLen = 4 + 1 + table.IDLen
	// maxItemHeader is the most that stands before a batch.
	maxItemHeader = itemFixedLen + 4*binary.MaxVarintLen64
)

// key is a table id without a pointer.
type key [table.IDLen]byte

// keyOf returns the key of an id, and whether it can be one.
func keyOf(id table.ID) (k key, ok bool) {
	return k, copy(k[:], id) == len(k) && len(id) == len(k)
}

func (it item) last() table.Seq { return it.first + table.Seq(it.count) - 1 }

// appendItem appends it to dst.
func appendItem(dst []byte, it item) []byte {
	start := len(dst)
	dst = append(dst, 0, 0, 0, 0, it.kind)
	dst = append(dst, it.key[:]...)
	if it.kind != kindForget {
		dst = binary.AppendUvarint(dst, uint64(it.first))
		dst = binary.AppendUvarint(dst, uint64(it.count))
		if it.kind == kindMoved {
			dst = binary.AppendUvarint(dst, it.pos)
		}
		dst = binary.AppendUvarint(dst, uint64(len(it.batch)))
		dst = append(dst, it.batch...)
	}
	binary.LittleEndian.PutUint32(dst[start:], checksum(dst[start+4:]))
	return dst
}

// parseItem reads the item at the start of b, which it shares, and returns its
// length. ok is false when there is no sound item; a length over len(b) then
// says that the item may be sound in so many bytes.
func parseItem(b []byte) (it item, size int, ok bool) {
	if len(b) < itemFixedLen {
		return it, 0, false
	}
	it.kind = b[4]
	copy(it.key[:], b[5:])
	size = itemFixedLen
	if it.kind != kindForget {
		head, batch, ok := parseCounts(b[itemFixedLen:], &it)
		size += head + batch
		if !ok || size > len(b) {
			return it, size, false
		}
		it.batch = b[size-batch : size]
	}
	ok = it.kind >= kindBatch && it.kind <= kindMoved &&
		binary.LittleEndian.Uint32(b) == checksum(b[4:size])
	return it, size, ok
}

// parseCounts reads the integers before a batch. It returns their length and
// that of the batch.
func parseCounts(b []byte, it *item) (head, batch int, ok bool) {
	var v [4]uint64
	for i := range v {
		if i == 2 && it.kind != kindMoved {
			continue
		}
		n := 0
		if v[i], n = binary.Uvarint(b[head:]); n <= 0 {
			return 0, 0, false
		}
		head += n
	}
	it.first, it.count, it.pos = table.Seq(v[0]), int(v[1]), v[2]
	ok = v[0] > 0 && v[1] > 0 && v[1] <= v[3] && v[3] <= table.MaxAppendBytes && v[0] < maxSeq
	return head, int(v[3]), ok
}
