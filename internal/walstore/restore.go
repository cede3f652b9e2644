package walstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"kibitz/internal/table"
)

// restore reads everything that is stored into the index, and returns the link
// that the next group must name. It changes nothing before all of it was
// found sound.
func (s *Store) restore() (link, error) {
	numbers, err := s.segmentNumbers()
	if err != nil {
		return link{}, err
	}
	a, known, err := openAcked(s.disk, len(numbers) == 0)
	if err != nil {
		return link{}, err
	}
	s.acked = a
	if len(numbers) == 0 {
		return s.begin(known)
	}
	if err := s.openSegments(numbers); err != nil {
		return link{}, err
	}
	for i, seg := range s.segments {
		if i == len(s.segments)-1 {
			err = s.loadTail(seg, known)
		} else if err = s.load(seg, known); err == nil && seg.end != s.segments[i+1].before {
			err = damaged(seg.name(), seg.size, "the next segment does not continue it")
		}
		if err != nil {
			return link{}, err
		}
	}
	if err := s.checkWhole(known); err != nil {
		return link{}, err
	}
	return s.settle()
}

// segmentNumbers lists the segments in the directory.
func (s *Store) segmentNumbers() ([]uint32, error) {
	names, err := s.disk.list()
	if err != nil {
		return nil, err
	}
	var numbers []uint32
	for _, name := range names {
		if n, ok := segmentNumber(name); ok {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, nil
}

// begin makes the first segment of a new store.
func (s *Store) begin(known link) (link, error) {
	if known != (link{}) {
		return link{}, damaged(segmentName(1), 0, fmt.Sprintf("it is missing, and %d groups were stored", known.index))
	}
	seg, err := createSegment(s.disk, 1, link{})
	if err != nil {
		return link{}, err
	}
	s.segments = []*segment{seg}
	return link{}, nil
}

// openSegments opens the segments that count: not those whose place a
// compacted one has taken. They must follow each other from number 1 on.
func (s *Store) openSegments(numbers []uint32) error {
	through := uint32(0)
	for _, n := range numbers {
		if n <= through {
			continue
		}
		if n != through+1 {
			return damaged(segmentName(through+1), 0, "it is missing")
		}
		seg, err := openSegment(s.disk, n)
		if err != nil {
			return err
		}
		s.segments = append(s.segments, seg)
		through = seg.through
	}
	return nil
}

// load reads the groups of a segment into the index. Where they are damaged it
// fails, and leaves seg.end and seg.sound behind the last sound one.
func (s *Store) load(seg *segment, known link) error {
	r := newGroupReader(seg, seg.size)
	for {
		off, payload, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.loadItems(seg, off, payload); err != nil {
			return errFinal{err}
		}
		seg.sound = r.off
		if seg.compacted {
			continue
		}
		seg.end = r.at
		if r.at.index == known.index && r.at != known {
			return errFinal{damaged(seg.name(), off, fmt.Sprintf("group %d is not the one that was acknowledged", known.index))}
		}
	}
}

// errFinal is damage that no write which was cut off can explain.
type errFinal struct{ error }

func (e errFinal) Unwrap() error { return e.error }

// loadItems reads the items of a group. Its checksum was right, so they are.
func (s *Store) loadItems(seg *segment, off int64, payload []byte) error {
	for len(payload) > 0 {
		it, size, ok := parseItem(payload)
		if !ok || seg.compacted != (it.kind == kindMoved) {
			return damaged(seg.name(), off, "no item")
		}
		if it.kind == kindForget {
			s.drop(it.key)
		} else if err := s.loadBatch(seg, off, &it); err != nil {
			return err
		}
		payload = payload[size:]
		off += int64(size)
	}
	return nil
}

func (s *Store) loadBatch(seg *segment, off int64, it *item) error {
	last := s.index.last(it.key)
	if last != 0 && it.first != last+1 {
		return damaged(seg.name(), off, fmt.Sprintf("record %d of table %s comes after %d", it.first, it.key[:], last))
	}
	pos := position(seg.number, off)
	if it.kind == kindMoved {
		pos = it.pos
		seg.moved = append(seg.moved, movedBatch{pos, uint32(off)})
	}
	s.index.add(it, pos)
	seg.batches++
	return nil
}

// loadTail loads the last segment. A write that was cut off at its end is fine:
// its bytes stay behind seg.size, for settle to remove. Damage is no such
// write when its group had been acknowledged, or has a group behind it, which
// was written only after the one before was synced.
func (s *Store) loadTail(seg *segment, known link) error {
	damage := s.load(seg, known)
	if !errors.Is(damage, table.ErrDamaged) {
		return damage
	}
	if _, final := damage.(errFinal); final || seg.compacted || known.index > seg.end.index {
		return damage
	}
	rest := make([]byte, seg.size-seg.sound)
	if _, err := seg.file.ReadAt(rest, seg.sound); err != nil && err != io.EOF {
		return err
	}
	if laterGroup(rest, seg.end.index+1) {
		return damage
	}
	s.options.Logger.Warn("removing a write that was cut off and never acknowledged",
		"file", seg.name(), "offset", seg.sound, "bytes", len(rest))
	seg.size = seg.sound
	return nil
}

// laterGroup reports whether b holds the header of a group with an index over
// the given one.
func laterGroup(b []byte, index uint64) bool {
	magic := binary.LittleEndian.AppendUint32(nil, groupMagic)
	for {
		i := bytes.Index(b, magic)
		if i < 0 || len(b)-i < groupHeaderLen {
			return false
		}
		if h, ok := parseGroupHeader(b[i:]); ok && h.before.index >= index {
			return true
		}
		b = b[i+1:]
	}
}

// checkWhole makes sure that nothing is missing at the end or in a table.
func (s *Store) checkWhole(known link) error {
	if tail := s.tail(); known.index > tail.end.index {
		return damaged(tail.name(), tail.size,
			fmt.Sprintf("group %d is the last, and group %d was acknowledged", tail.end.index, known.index))
	}
	for k, h := range s.index.tables {
		if h.headless {
			name := s.segments[s.segmentOf(h.first())].name()
			return damaged(name, 0, fmt.Sprintf("the first records of table %s are missing", k[:]))
		}
	}
	return nil
}

// settle makes durable what is about to be shown, after all was found sound:
// it removes a write that was cut off, what a compaction replaced, and the
// files of one that was cut off itself.
func (s *Store) settle() (link, error) {
	tail := s.tail()
	if tail.compacted {
		return link{}, damaged(segmentName(tail.through+1), 0, "it is missing")
	}
	if err := tail.file.Truncate(tail.size); err != nil {
		return link{}, err
	}
	if err := tail.file.Sync(); err != nil {
		return link{}, err
	}
	if err := s.acked.write(tail.end); err != nil {
		return link{}, err
	}
	return tail.end, s.removeLeftovers()
}

func (s *Store) removeLeftovers() error {
	names, err := s.disk.list()
	if err != nil {
		return err
	}
	for _, name := range names {
		n, isSegment := segmentNumber(name)
		at := s.segmentOf(uint64(n) << 32)
		replaced := isSegment && (at < 0 || s.segments[at].number != n)
		if name != tempName && name != compactName && !replaced {
			continue
		}
		if err := s.disk.remove(name); err != nil {
			return err
		}
	}
	return s.disk.sync()
}
