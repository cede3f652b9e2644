package hands

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// ErrDamaged: a stored record cannot be read back as it was written.
var ErrDamaged = errors.New("the record of the hand is damaged")

// Event is one fact of a hand as the journal has it: complete and secret.
type Event struct {
	Type string
	At   time.Time
	Data []byte
}

// Record is all that happened in a hand. It knows seats, and nobody's name.
type Record struct {
	// Setup is the game of the table in the words of its rules, and Made when
	// the table was.
	Setup  []byte
	Made   time.Time
	Events []Event
}

const (
	recordVersion = 1
	// maxRecord bounds what is unpacked: no hand comes near it.
	maxRecord = 4 << 20
	// headSize is the version and the checksum.
	headSize = 5
)

// dictionary is text that hands are full of. It belongs to the version.
const dictionary = `{"seat":0,"stack":1000,"out":false},"hand":{"variant":"holdem","limit":{"structure":"no-limit","big_blind":10},"players":[{` +
	`"posts":[{"pos":0,"kind":"small","amount":5},{"pos":1,"kind":"big","amount":10}]}{"deck":["2c","2d","2h","2s","3c","3d","3h","3s","4c","4d"` +
	`,"4h","4s","5c","5d","5h","5s","6c","6d","6h","6s","7c","7d","7h","7s","8c","8d","8h","8s","9c","9d","9h","9s","Tc","Td","Th","Ts",` +
	`"Jc","Jd","Jh","Js","Qc","Qd","Qh","Qs","Kc","Kd","Kh","Ks","Ac","Ad","Ah","As"]}hand-began{"number":1,"ply":1,"button":0,"small":1,"big":2,` +
	`"chairs":[{"taken":true,"stack":990,posted{"index":0,"pos":0,"kind":"small","amount":5}posted{"index":1,"pos":1,"kind":"big","amount":10}` +
	`shown{"pos":1,"cards":["Ac","Kd"]}mucked{"pos":1}turned{"run":1,"street":"flop","cards":["turned{"street":"turn","cards":["turned{"street":"river","cards":["` +
	`returned{"pos":1,"amount":10}awarded{"pot":0,"half":"high","shares":[{"pos":1,"amount":20}]}hand-ended{"stacks":[1000,1000,1000,` +
	`acted{"pos":2,"act":"raise","to":30,"all_in":true}acted{"pos":0,"act":"check","to":0}acted{"pos":1,"act":"call","to":10}acted{"pos":3,"act":"fold","to":0}acted{"pos":4,"act":"bet","to":20}`

// Pack returns a record as it is stored:
//
//	version 1 byte, CRC-32C of the rest 4 bytes, and deflated:
//	made s (Unix ms), setup, how many events u, and of each
//	type, ms since the one before s, data; texts with their length u before them
//
// Integers are as in encoding/binary, u unsigned and s zigzag.
func Pack(r Record) ([]byte, error) {
	body := binary.AppendVarint(nil, r.Made.UnixMilli())
	body = appendBytes(body, r.Setup)
	body = binary.AppendUvarint(body, uint64(len(r.Events)))
	before := r.Made
	for _, e := range r.Events {
		body = appendBytes(body, []byte(e.Type))
		body = binary.AppendVarint(body, e.At.Sub(before).Milliseconds())
		body = appendBytes(body, e.Data)
		before = e.At
	}
	var b bytes.Buffer
	b.Write(make([]byte, headSize))
	w, err := flate.NewWriterDict(&b, flate.BestCompression, []byte(dictionary))
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	packed := b.Bytes()
	packed[0] = recordVersion
	binary.LittleEndian.PutUint32(packed[1:], checksum(packed[headSize:]))
	return packed, nil
}

func checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

func appendBytes(dst, b []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

// Unpack reads what Pack wrote, now or years ago, or fails with ErrDamaged.
func Unpack(packed []byte) (Record, error) {
	if len(packed) < headSize || packed[0] != recordVersion {
		return Record{}, fmt.Errorf("%w: %d bytes of an unknown version", ErrDamaged, len(packed))
	}
	rest := packed[headSize:]
	if binary.LittleEndian.Uint32(packed[1:]) != checksum(rest) {
		return Record{}, fmt.Errorf("%w: the checksum is wrong", ErrDamaged)
	}
	in := flate.NewReaderDict(bytes.NewReader(rest), []byte(dictionary))
	body, err := io.ReadAll(io.LimitReader(in, maxRecord+1))
	if err != nil || len(body) > maxRecord {
		return Record{}, fmt.Errorf("%w: it cannot be unpacked", ErrDamaged)
	}
	d := decoder{rest: body}
	r := d.record()
	if d.bad || len(d.rest) > 0 {
		return Record{}, fmt.Errorf("%w: it has another form", ErrDamaged)
	}
	return r, nil
}

// decoder takes fields off the front. After the first that is not there it is
// bad, and gives zeroes.
type decoder struct {
	rest []byte
	bad  bool
}

func (d *decoder) record() Record {
	r := Record{Made: time.UnixMilli(d.varint()).UTC(), Setup: d.bytes()}
	n, at := d.uvarint(), r.Made
	for i := uint64(0); i < n && !d.bad; i++ {
		e := Event{Type: string(d.bytes())}
		at = at.Add(time.Duration(d.varint()) * time.Millisecond)
		e.At, e.Data = at, d.bytes()
		r.Events = append(r.Events, e)
	}
	return r
}

func (d *decoder) uvarint() uint64 {
	v, n := binary.Uvarint(d.rest)
	return took(d, v, n)
}

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.rest)
	return took(d, v, n)
}

func took[T uint64 | int64](d *decoder, v T, n int) T {
	if n <= 0 || d.bad {
		d.bad = true
		return 0
	}
	d.rest = d.rest[n:]
	return v
}

func (d *decoder) bytes() []byte {
	n := d.uvarint()
	if d.bad || n > uint64(len(d.rest)) {
		d.bad = true
		return nil
	}
	b := d.rest[:n:n]
	d.rest = d.rest[n:]
	return b
}
