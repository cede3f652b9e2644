package natsstore

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/table"
)

// carryHeader marks a message that has all records of a table again, compressed:
// so that a game that lasts longer than the journal keeps messages can be read
// from there on. It adds no record, and who follows the journal skips it.
const carryHeader = "Kibitz-Carry"

// carried reports whether the message repeats what others before it have.
func (m message) carried() bool { return m.header.Get(carryHeader) != "" }

// Carry stores all records of a table anew, to be kept as long as a record that is
// written now. It fails with table.ErrTooLarge for a history that does not fit
// into one message.
func (j *Journal) Carry(ctx context.Context, id table.ID) error {
	p, err := j.enter(ctx, id)
	if err != nil {
		return err
	}
	defer j.places.leave(p)
	records, err := j.Read(ctx, id, 0)
	if err != nil {
		return fmt.Errorf("carry: %w", err)
	}
	if records[0].Seq != 1 {
		return fmt.Errorf("carry %s: %w: it begins with record %d", id, table.ErrDamaged, records[0].Seq)
	}
	packed, err := pack(id, records, int(j.nc.MaxPayload())-roomForHeaders)
	if err != nil {
		return fmt.Errorf("carry %s: %w", id, err)
	}
	last := records[len(records)-1].Seq
	return j.store(ctx, p, &appending{id: id, batch: packed, from: mark{seq: last}, to: mark{seq: last}, carry: true})
}

// pack is the content of a message that carries records, of at most so many bytes.
func pack(id table.ID, records []table.Record, most int) ([]byte, error) {
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	var one []byte
	for i := range records {
		if one, err = table.AppendBatch(one[:0], id, records[i].Seq-1, records[i:i+1]); err == nil {
			_, err = w.Write(one)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if packed.Len() > most {
		return nil, fmt.Errorf("%w: %d records are %d bytes", table.ErrTooLarge, len(records), packed.Len())
	}
	return packed.Bytes(), nil
}

// maxUnpacked bounds what a message that carries records can become.
const maxUnpacked = 256 << 20

var errTooMuch = errors.New("more than any table has")

// content is the batch of records that the message has.
func (m message) content() ([]byte, error) {
	if !m.carried() {
		return m.data, nil
	}
	b, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(m.data)), maxUnpacked))
	if err == nil && len(b) == maxUnpacked {
		err = errTooMuch
	}
	return b, err
}

// screen lets pass every record of tables once that come message by message. What
// is left of a table whose first messages have expired waits for the message that
// carries them.
type screen map[table.ID]struct{}

func (s screen) pass(m message, records []table.Record) []table.Record {
	id := records[0].Table
	_, begun := s[id]
	switch {
	case begun && m.carried(), !begun && records[0].Seq != 1:
		return nil
	}
	s[id] = struct{}{}
	return records
}
