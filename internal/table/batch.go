package table

import (
	"encoding/binary"
	"fmt"

	"kibitz/internal/game"
)

// maxRecordOverhead bounds what the length before a record adds to it.
const maxRecordOverhead = binary.MaxVarintLen32

// AppendBatch appends to dst the stored form of the records of one
// Journal.Append: each record behind its length. It refuses with an error
// wrapping game.ErrMalformed what no Append may carry (no record at all,
// another table's record, a gap in the sequence), and with ErrTooLarge what
// is over MaxAppendBytes; dst is then returned as it was.
func AppendBatch(dst []byte, id ID, expected Seq, records []Record) ([]byte, error) {
	if len(records) == 0 {
		return dst, fmt.Errorf("%w: append of no records", game.ErrMalformed)
	}
	start := len(dst)
	for i := range records {
		r := &records[i]
		if err := checkRecord(r, id, expected+Seq(i)+1); err != nil {
			return dst[:start], err
		}
		if len(r.Data) > MaxAppendBytes {
			return dst[:start], fmt.Errorf("%w: event of %d bytes", ErrTooLarge, len(r.Data))
		}
		dst = appendSized(dst, r)
		if n := len(dst) - start; n > MaxAppendBytes {
			return dst[:start], fmt.Errorf("%w: over %d bytes", ErrTooLarge, MaxAppendBytes)
		}
	}
	return dst, nil
}

func checkRecord(r *Record, id ID, seq Seq) error {
	if _, err := ParseID(string(r.Table)); err != nil || r.Table != id {
		return fmt.Errorf("%w: record of table %q appended to %q", game.ErrMalformed, r.Table, id)
	}
	if r.Seq != seq {
		return fmt.Errorf("%w: record %d of table %s where %d belongs", game.ErrMalformed, r.Seq, id, seq)
	}
	if r.Seat < game.NoSeat || r.Seat >= game.MaxSeats {
		return fmt.Errorf("%w: record of seat %d", game.ErrMalformed, r.Seat)
	}
	return nil
}

// appendSized appends r behind its length, encoding it in place.
func appendSized(dst []byte, r *Record) []byte {
	var gap [maxRecordOverhead]byte
	start := len(dst)
	dst = AppendRecord(append(dst, gap[:]...), r)
	size := len(dst) - start - len(gap)
	n := binary.PutUvarint(dst[start:start+len(gap)], uint64(size))
	copy(dst[start+n:], dst[start+len(gap):])
	return dst[:start+n+size]
}

// NextRecord cuts the first record off a batch that AppendBatch wrote, and
// returns its encoded form, still shared with b, and what is behind it.
func NextRecord(b []byte) (record, rest []byte, err error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, fmt.Errorf("%w: record cut short in a batch of %d bytes", game.ErrMalformed, len(b))
	}
	return b[n : n+int(size)], b[n+int(size):], nil
}

// DecodeBatch appends to dst the records of a batch whose sequence numbers are
// over after.
func DecodeBatch(dst []Record, b []byte, after Seq) ([]Record, error) {
	for len(b) > 0 {
		enc, rest, err := NextRecord(b)
		if err != nil {
			return dst, err
		}
		r, err := DecodeRecord(enc)
		if err != nil {
			return dst, err
		}
		if r.Seq > after {
			dst = append(dst, r)
		}
		b = rest
	}
	return dst, nil
}
