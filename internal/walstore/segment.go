package walstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"
)

// A segment is one file of groups. Its header:
//
//	 0 magic 8 bytes            8 number u32       12 through u32
//	16 index before it u64     24 chain before it u32
//	28 chain at its end u32    32 index at its end u64
//	40 size u64                48 zero u32         52 checksum of the 52 bytes before u32
//
// A plain segment is written as records come: through is its number, and the
// last three are zero. A compacted one was written at once, stands in the
// place of the segments from its number to through, and holds what lives of
// them as moved batches, in groups numbered from 1.
const (
	segmentHeaderLen = 56
	segmentMagic     = "KBZJRNL1"
	segmentSuffix    = ".segment"
	tempName         = "segment.tmp"
)

type segment struct {
	file            file
	number, through uint32
	before, end     link
	size            int64
	sound           int64 // of a restored segment: the end of its last sound group
	compacted       bool
	moved           []movedBatch // of a compacted segment, in order
	// batches counts what is in the file, and dead what of it was forgotten.
	// Store.mu guards dead.
	batches, dead int
	refs          atomic.Int32
}

// movedBatch says where in the file the batch of a position is.
type movedBatch struct {
	pos uint64
	off uint32
}

func segmentName(number uint32) string { return fmt.Sprintf("%010d%s", number, segmentSuffix) }

func (s *segment) name() string { return segmentName(s.number) }

// segmentNumber reads the name of a segment.
func segmentNumber(name string) (uint32, bool) {
	digits, ok := strings.CutSuffix(name, segmentSuffix)
	n, err := strconv.ParseUint(digits, 10, 32)
	return uint32(n), ok && err == nil && name == segmentName(uint32(n))
}

// firstLink is the link before the first group in the file.
func (s *segment) firstLink() link {
	if s.compacted {
		return link{}
	}
	return s.before
}

// retain keeps the file open until release; the store itself holds one.
func (s *segment) retain() { s.refs.Add(1) }

func (s *segment) release() {
	if s.refs.Add(-1) == 0 {
		_ = s.file.Close() // all of it is durable, or was never promised
	}
}

// position returns the position of the batch at an offset.
func position(number uint32, off int64) uint64 { return uint64(number)<<32 | uint64(off) }

// offset returns where the batch of a position is, and whether it still is.
func (s *segment) offset(pos uint64) (int64, bool) {
	if !s.compacted {
		return int64(uint32(pos)), true
	}
	i := sort.Search(len(s.moved), func(i int) bool { return s.moved[i].pos >= pos })
	if i == len(s.moved) || s.moved[i].pos != pos {
		return 0, false
	}
	return int64(s.moved[i].off), true
}

func (s *segment) header() []byte {
	b := make([]byte, segmentHeaderLen)
	le := binary.LittleEndian
	copy(b, segmentMagic)
	le.PutUint32(b[8:], s.number)
	le.PutUint32(b[12:], s.through)
	le.PutUint64(b[16:], s.before.index)
	le.PutUint32(b[24:], s.before.chain)
	if s.compacted {
		le.PutUint32(b[28:], s.end.chain)
		le.PutUint64(b[32:], s.end.index)
		le.PutUint64(b[40:], uint64(s.size))
	}
	le.PutUint32(b[52:], checksum(b[:52]))
	return b
}

// createSegment makes an empty plain segment durable. It has its name only
// once its header is stored: what has a name and no sound header is damaged.
func createSegment(d disk, number uint32, before link) (*segment, error) {
	f, err := d.create(tempName)
	if err != nil {
		return nil, err
	}
	s := &segment{file: f, number: number, through: number, before: before, end: before, size: segmentHeaderLen}
	s.refs.Store(1)
	if err := s.publish(d); err != nil {
		_ = f.Close()
		return nil, err
	}
	return s, nil
}

// publish writes the header of the new segment in tempName, and makes it
// durable under its own name, over an older one.
func (s *segment) publish(d disk) error {
	if _, err := s.file.WriteAt(s.header(), 0); err != nil {
		return err
	}
	if err := s.file.Sync(); err != nil {
		return err
	}
	if err := d.rename(tempName, s.name()); err != nil {
		return err
	}
	return d.sync()
}

// openSegment opens a segment and reads its header.
func openSegment(d disk, number uint32) (*segment, error) {
	f, err := d.open(segmentName(number))
	if err != nil {
		return nil, err
	}
	s := &segment{file: f, number: number}
	s.refs.Store(1)
	if err := s.readHeader(); err != nil {
		_ = f.Close()
		return nil, err
	}
	return s, nil
}

func (s *segment) readHeader() error {
	b := make([]byte, segmentHeaderLen)
	if _, err := s.file.ReadAt(b, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	le := binary.LittleEndian
	if string(b[:8]) != segmentMagic || le.Uint32(b[52:]) != checksum(b[:52]) || le.Uint32(b[8:]) != s.number {
		return damaged(s.name(), 0, "no header of this segment")
	}
	size, err := s.file.Size()
	if err != nil {
		return err
	}
	s.size, s.sound = size, segmentHeaderLen
	s.through = le.Uint32(b[12:])
	s.before = link{le.Uint64(b[16:]), le.Uint32(b[24:])}
	s.end = s.before
	if want := le.Uint64(b[40:]); want != 0 {
		s.compacted = true
		s.end = link{le.Uint64(b[32:]), le.Uint32(b[28:])}
		if want != uint64(size) {
			return damaged(s.name(), min(size, int64(want)), fmt.Sprintf("%d bytes where %d were written", size, want))
		}
	}
	return nil
}
