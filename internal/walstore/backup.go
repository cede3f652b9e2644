package walstore

import (
	"bytes"
	"context"
	"fmt"
	"io"
)

// Put takes one file of a backup: its name, its length, and what is in it.
type Put func(name string, size int64, r io.Reader) error

// Backup hands a copy of the store as of one moment to put, file by file, while
// appends go on: a store that is opened on these files holds every record that
// was on stable storage when during returned, and nothing that was not.
//
// During, which may be nil, runs before that moment, and no table is forgotten
// while it does: what it copies of the archive therefore needs no record that
// the copy of the store lacks.
func (s *Store) Backup(ctx context.Context, during func() error, put Put) error {
	snap, err := s.settled(during)
	if err != nil {
		return err
	}
	defer snap.release()
	for i, seg := range snap.segments {
		if err := s.usable(ctx); err != nil {
			return err
		}
		r := io.NewSectionReader(seg.file, 0, snap.ends[i])
		if err := put(seg.name(), snap.ends[i], r); err != nil {
			return fmt.Errorf("backup of %s: %w", seg.name(), err)
		}
	}
	return snap.putAcked(put)
}

// settled returns the snapshot right after during, without a table forgotten
// meanwhile.
func (s *Store) settled(during func() error) (*snapshot, error) {
	s.forgetting.Lock()
	defer s.forgetting.Unlock()
	if during != nil {
		if err := during(); err != nil {
			return nil, err
		}
	}
	if err := s.usable(context.Background()); err != nil {
		return nil, err
	}
	return s.snapshot(), nil
}

// putAcked writes what the file of that name holds at the end of the snapshot.
func (snap *snapshot) putAcked(put Put) error {
	whole := new(image)
	a := acked{file: whole}
	if err := a.write(snap.end); err != nil {
		return err
	}
	return put(ackedName, int64(len(whole.bytes)), bytes.NewReader(whole.bytes))
}

// image is a file that is only written to.
type image struct {
	file
	bytes []byte
}

func (m *image) WriteAt(b []byte, off int64) (int, error) {
	if need := int(off) + len(b); need > len(m.bytes) {
		m.bytes = append(m.bytes, make([]byte, need-len(m.bytes))...)
	}
	return copy(m.bytes[off:], b), nil
}
