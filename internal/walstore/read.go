package walstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/table"
)

// guessedItemBytes is how much is read at once where the length of an item is
// not known: most fit.
const guessedItemBytes = 1 << 10

// errGone says that a batch was forgotten since its position was looked up.
var errGone = errors.New("the batch is gone")

// usable fails when the store has stopped or ctx is done.
func (s *Store) usable(ctx context.Context) error {
	select {
	case <-s.stopped:
		return s.Err()
	default:
		return ctx.Err()
	}
}

// Read implements table.Journal.
func (s *Store) Read(ctx context.Context, id table.ID, after table.Seq) ([]table.Record, error) {
	if err := s.usable(ctx); err != nil {
		return nil, err
	}
	k, ok := keyOf(id)
	if !ok {
		return nil, table.ErrUnknownTable
	}
	at, size, ok := s.batchesOf(k, after)
	if !ok {
		return nil, table.ErrUnknownTable
	}
	records := make([]table.Record, 0, size)
	var buf []byte
	for _, pos := range at {
		it, err := s.readItem(pos, &buf)
		if errors.Is(err, errGone) {
			return nil, cmp.Or(s.Err(), table.ErrUnknownTable)
		}
		if err != nil {
			return nil, err
		}
		if records, err = table.DecodeBatch(records, it.batch, after); err != nil {
			return nil, fmt.Errorf("%w: table %s: %w", table.ErrDamaged, id, err)
		}
	}
	return records, nil
}

// batchesOf returns where the batches of a table with records over after are,
// how many records that are, and whether the table is known.
func (s *Store) batchesOf(k key, after table.Seq) (at []uint64, size int, known bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	h := s.index.tables[k]
	if h == nil {
		return nil, 0, false
	}
	if h.last() > after {
		size = int(h.last() - after)
	}
	return h.after(after), size, true
}

// readItem reads the batch at a position into buf. It shares buf.
func (s *Store) readItem(pos uint64, buf *[]byte) (item, error) {
	seg, off, ok := s.locate(pos)
	if !ok {
		return item{}, errGone
	}
	defer seg.release()
	want := guessedItemBytes
	for range 2 {
		if cap(*buf) < want {
			*buf = make([]byte, want)
		}
		b := (*buf)[:want]
		n, err := seg.file.ReadAt(b, off)
		if err != nil && err != io.EOF {
			return item{}, fmt.Errorf("read %s: %w", seg.name(), err)
		}
		it, size, ok := parseItem(b[:n])
		if ok && it.kind != kindForget {
			return it, nil
		}
		if size <= n || size > table.MaxAppendBytes+maxItemHeader {
			break
		}
		want = size
	}
	return item{}, damaged(seg.name(), off, "the batch read back is not the one written")
}

// locate returns the file and the offset of a batch. The caller releases the
// segment.
func (s *Store) locate(pos uint64) (*segment, int64, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i := s.segmentOf(pos)
	if i < 0 || s.cause != nil {
		return nil, 0, false
	}
	seg := s.segments[i]
	off, ok := seg.offset(pos)
	if ok {
		seg.retain()
	}
	return seg, off, ok
}
