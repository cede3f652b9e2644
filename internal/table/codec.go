package table

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// recordVersion is the first byte of every stored record. A later shape takes
// the next number, and this one stays readable for ever.
const recordVersion = 1

// flagPressed is set in the second byte of a record whose Pressed is true.
// The other bits are zero until a later version gives them a meaning.
const flagPressed = 1

// maxMillis is the longest span, in milliseconds, that a time.Duration holds.
const maxMillis = math.MaxInt64 / int64(time.Millisecond)

// AppendRecord appends the stored form of r to dst. Times are cut to whole
// milliseconds, and an empty Data reads back as nil.
//
// The form, with integers as in encoding/binary (u unsigned, s zigzag):
//
//	version 1 byte, flags 1 byte, seat 1 byte
//	seq u, at s (Unix ms), spent s (ms), comp s (ms), gain s (ms)
//	lengths of table, actor, action and type, 4 x u, then their bytes
//	length of data u, then its bytes
func AppendRecord(dst []byte, r *Record) []byte {
	var flags byte
	if r.Pressed {
		flags |= flagPressed
	}
	dst = append(dst, recordVersion, flags, byte(r.Seat))
	dst = binary.AppendUvarint(dst, uint64(r.Seq))
	dst = binary.AppendVarint(dst, r.At.UnixMilli())
	dst = binary.AppendVarint(dst, r.Spent.Milliseconds())
	dst = binary.AppendVarint(dst, r.Comp.Milliseconds())
	dst = binary.AppendVarint(dst, r.Gain.Milliseconds())
	dst = binary.AppendUvarint(dst, uint64(len(r.Table)))
	dst = binary.AppendUvarint(dst, uint64(len(r.Actor)))
	dst = binary.AppendUvarint(dst, uint64(len(r.Action)))
	dst = binary.AppendUvarint(dst, uint64(len(r.Type)))
	dst = append(dst, r.Table...)
	dst = append(dst, r.Actor...)
	dst = append(dst, r.Action...)
	dst = append(dst, r.Type...)
	dst = binary.AppendUvarint(dst, uint64(len(r.Data)))
	return append(dst, r.Data...)
}

// DecodeRecord reads exactly what AppendRecord wrote, now or years ago, or
// returns an error wrapping game.ErrMalformed. The record shares nothing with
// b, and decoding takes no more memory than b is long.
func DecodeRecord(b []byte) (Record, error) {
	d := decoder{rest: b}
	if version := d.byte(); version != recordVersion {
		return Record{}, fmt.Errorf("%w: record of version %d", game.ErrMalformed, version)
	}
	flags := d.byte()
	r := Record{Seat: game.Seat(d.byte()), Pressed: flags&flagPressed != 0}
	r.Seq = Seq(d.uvarint())
	r.At = time.UnixMilli(d.varint()).UTC()
	r.Spent, r.Comp, r.Gain = d.millis(), d.millis(), d.millis()
	d.names(&r)
	r.Data = d.data()
	if d.bad || flags&^flagPressed != 0 || len(d.rest) != 0 {
		return Record{}, fmt.Errorf("%w: record of %d bytes", game.ErrMalformed, len(b))
	}
	if r.Seat < game.NoSeat || r.Seat >= game.MaxSeats {
		return Record{}, fmt.Errorf("%w: record of seat %d", game.ErrMalformed, r.Seat)
	}
	return r, nil
}

// decoder takes fields off the front of a record. After the first field that
// is not there it is bad, and gives zeroes.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) byte() byte {
	b := d.take(1)
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	return take(d, v, n)
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.rest)
	return take(d, v, n)
}

// take accepts an integer that was read from n bytes, or spoils d when n says
// that there was none.
func take[T uint64 | int64](d *decoder, v T, n int) T {
	if n <= 0 || d.bad {
		d.bad = true
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) millis() time.Duration {
	ms := d.varint()
	if ms > maxMillis || ms < -maxMillis {
		d.bad = true
		return 0
	}
	return time.Duration(ms) * time.Millisecond
}

// take returns the next n bytes, still shared with the input.
func (d *decoder) take(n uint64) []byte {
	if d.bad || n > uint64(len(d.rest)) {
		d.bad = true
		return nil
	}
	b := d.rest[:n]
	d.rest = d.rest[n:]
	return b
}

// names reads the four strings, which share one allocation.
func (d *decoder) names(r *Record) {
	var ends [4]uint64
	var end uint64
	for i := range ends {
		n := d.uvarint()
		if n > uint64(len(d.rest)) { // also keeps the sum from overflowing
			d.bad = true
			return
		}
		end += n
		ends[i] = end
	}
	b := d.take(end)
	if d.bad {
		return
	}
	s := string(b)
	r.Table = ID(s[:ends[0]])
	r.Actor = account.ID(s[ends[0]:ends[1]])
	r.Action = ActionID(s[ends[1]:ends[2]])
	r.Type = s[ends[2]:]
}

func (d *decoder) data() []byte {
	b := d.take(d.uvarint())
	return append([]byte(nil), b...)
}
