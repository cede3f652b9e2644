package walstore

import (
	"errors"
	"fmt"

	"kibitz/internal/table"
)

const compactName = "compact.tmp"

// slackSegments is how many full segments of forgotten records are kept before
// space is taken back.
const slackSegments = 4

// live estimates the bytes of a segment that are not forgotten, when so many
// batches are.
func (s *segment) live(dead int) int64 {
	if s.batches == 0 {
		return 0
	}
	return s.size * int64(s.batches-dead) / int64(s.batches)
}

// wasteful reports whether more than half of the full segments, and some
// slack, is forgotten: so much is written anew at most once for as much that
// was appended. The caller holds mu.
func (s *Store) wasteful() bool {
	var size, live int64
	for _, seg := range s.segments[:len(s.segments)-1] {
		size += seg.size
		live += seg.live(seg.dead)
	}
	return size > 2*live+slackSegments*s.options.SegmentBytes
}

// wishCompaction wakes the compactor if it has something to do. The caller
// holds mu.
func (s *Store) wishCompaction() {
	if !s.wasteful() {
		return
	}
	select {
	case s.compacting <- struct{}{}:
	default:
	}
}

// compactor takes space back beside the writer, until the store stops.
func (s *Store) compactor() {
	for {
		select {
		case <-s.stopped:
			return
		case <-s.compacting:
		}
		err := s.compact()
		switch {
		case err == nil || errors.Is(err, errEnough):
		case errors.Is(err, table.ErrDamaged):
			_ = s.fail(err)
		default: // such as a full disk: the old files are untouched, try again later
			s.options.Logger.Error("taking space back from forgotten tables", "error", err)
		}
	}
}

// compact writes what lives in the full segments anew, the oldest first. What
// lives is settled once, at the start, so that of a forgotten table always the
// older records go first, and the note that it was forgotten last.
func (s *Store) compact() error {
	s.compaction.Lock()
	defer s.compaction.Unlock()
	snap := s.snapshot()
	defer snap.release()
	for _, run := range snap.plan(s.options.SegmentBytes) {
		if err := s.merge(run, snap); err != nil {
			return err
		}
	}
	return nil
}

// maxRunBytes keeps offsets in a compacted segment within 32 bits, however far
// off the estimate of what lives is.
const maxRunBytes = 2 << 30

// plan cuts the full segments into runs that live in about so many bytes each.
// A segment that lives as a whole, by itself, stays as it is.
func (snap *snapshot) plan(limit int64) [][]*segment {
	var runs [][]*segment
	for segments := snap.segments[:len(snap.segments)-1]; len(segments) > 0; {
		n, size, live := 0, int64(0), int64(0)
		for _, seg := range segments {
			size += seg.size
			live += seg.live(snap.dead[seg])
			if n > 0 && (live > limit || size > maxRunBytes) {
				break
			}
			n++
		}
		if n > 1 || snap.dead[segments[0]] > 0 {
			runs = append(runs, segments[:n])
		}
		segments = segments[n:]
	}
	return runs
}

// merge puts one compacted segment in the place of a run. It takes effect when
// the new file gets the name of the first; recovery removes what is left of
// the others.
func (s *Store) merge(run []*segment, snap *snapshot) error {
	f, err := s.disk.create(compactName)
	if err != nil {
		return err
	}
	first, last := run[0], run[len(run)-1]
	m := &merger{store: s, snap: snap, out: &segment{
		file: f, number: first.number, through: last.through, compacted: true,
		before: first.before, end: last.end, size: segmentHeaderLen,
	}}
	m.out.refs.Store(1)
	if err := m.write(run); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(s.disk.rename(compactName, first.name()), s.disk.sync()); err != nil {
		return errors.Join(err, f.Close())
	}
	s.mu.Lock()
	for _, seg := range run { // forgotten since the snapshot, so copied
		m.out.dead += seg.dead - snap.dead[seg]
	}
	s.replace(run, m.out)
	s.mu.Unlock()
	for _, old := range run[1:] {
		if err := s.disk.remove(old.name()); err != nil {
			return err
		}
	}
	return nil
}

// replace shows readers the new segment; who reads an old one still can. The
// caller holds mu.
func (s *Store) replace(run []*segment, by *segment) {
	next := make([]*segment, 0, len(s.segments))
	for _, seg := range s.segments {
		switch {
		case seg == run[0]:
			next = append(next, by)
		case seg.number < by.number || seg.number > by.through:
			next = append(next, seg)
		}
	}
	s.segments = next
	for _, seg := range run {
		seg.release()
	}
}

// merger writes a compacted segment.
type merger struct {
	store *Store
	snap  *snapshot
	out   *segment
	at    link
	buf   []byte // the group under way
	new   []movedBatch
}

// write fills the segment and makes it durable, still under another name.
func (m *merger) write(run []*segment) error {
	m.buf = make([]byte, groupHeaderLen, groupHeaderLen+maxPayload)
	for _, seg := range run {
		if err := walk(seg, seg.size, m.take); err != nil {
			return err
		}
	}
	if err := m.flush(); err != nil {
		return err
	}
	if _, err := m.out.file.WriteAt(m.out.header(), 0); err != nil {
		return err
	}
	return m.out.file.Sync()
}

// take copies a batch that lives.
func (m *merger) take(it *item, pos uint64) error {
	select {
	case <-m.store.stopped:
		return errEnough
	default:
	}
	if !m.snap.lives(it.key, pos) {
		return nil
	}
	if len(m.buf)+len(it.batch)+maxItemHeader > groupHeaderLen+maxPayload && len(m.buf) > groupHeaderLen {
		if err := m.flush(); err != nil {
			return err
		}
	}
	m.new = append(m.new, movedBatch{pos, uint32(m.out.size) + uint32(len(m.buf))})
	moved := *it
	moved.kind, moved.pos = kindMoved, pos
	m.buf = appendItem(m.buf, moved)
	return nil
}

// flush writes the group under way.
func (m *merger) flush() error {
	m.out.moved = append(m.out.moved, m.new...)
	m.out.batches += len(m.new)
	m.new = m.new[:0]
	if len(m.buf) == groupHeaderLen {
		return nil
	}
	m.at = sealGroup(m.buf, m.at)
	if _, err := m.out.file.WriteAt(m.buf, m.out.size); err != nil {
		return fmt.Errorf("write %s: %w", compactName, err)
	}
	m.out.size += int64(len(m.buf))
	m.buf = m.buf[:groupHeaderLen]
	return nil
}
