package walstore

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"

	"kibitz/internal/table"
)

// acked remembers the last group that was acknowledged, beside the segments.
// A damaged last group looks like one whose write was cut off; this tells the
// two apart. It is written after each sync and not synced itself: it outlives
// the process, and after a loss of power it may name an earlier group, never a
// later one. It has two slots, written in turn:
//
//	0 index u64, 8 chain u32, 12 checksum of the 12 bytes before u32
type acked struct {
	file file
	buf  [ackedSlotLen]byte
}

const (
	ackedName    = "acked"
	ackedSlotLen = 16
)

// openAcked opens the file, and makes a new one in a new store. A store with
// segments must have it.
func openAcked(d disk, isNew bool) (*acked, link, error) {
	f, err := d.open(ackedName)
	if errors.Is(err, fs.ErrNotExist) {
		if !isNew {
			return nil, link{}, damaged(ackedName, 0, "it is missing beside the segments")
		}
		return createAcked(d)
	}
	if err != nil {
		return nil, link{}, err
	}
	a := &acked{file: f}
	at, err := a.read()
	if errors.Is(err, table.ErrDamaged) && isNew { // the first life ended before it was whole
		_ = f.Close()
		return createAcked(d)
	}
	if err != nil {
		_ = f.Close()
		return nil, link{}, err
	}
	return a, at, nil
}

func createAcked(d disk) (*acked, link, error) {
	f, err := d.create(ackedName)
	if err != nil {
		return nil, link{}, err
	}
	a := &acked{file: f}
	err = errors.Join(a.write(link{}), f.Sync(), d.sync())
	if err != nil {
		_ = f.Close()
		return nil, link{}, err
	}
	return a, link{}, nil
}

func (a *acked) read() (link, error) {
	var b [2 * ackedSlotLen]byte
	if _, err := a.file.ReadAt(b[:], 0); err != nil && err != io.EOF {
		return link{}, err
	}
	var at link
	sound := false
	for slot := range 2 {
		s := b[slot*ackedSlotLen:][:ackedSlotLen]
		if binary.LittleEndian.Uint32(s[12:]) != checksum(s[:12]) || s[0]&1 != byte(slot) {
			continue
		}
		sound = true
		if index := binary.LittleEndian.Uint64(s); index >= at.index {
			at = link{index, binary.LittleEndian.Uint32(s[8:])}
		}
	}
	if !sound {
		return link{}, damaged(ackedName, 0, "no sound slot")
	}
	return at, nil
}

// write notes that the groups up to at are acknowledged.
func (a *acked) write(at link) error {
	le := binary.LittleEndian
	le.PutUint64(a.buf[0:], at.index)
	le.PutUint32(a.buf[8:], at.chain)
	le.PutUint32(a.buf[12:], checksum(a.buf[:12]))
	_, err := a.file.WriteAt(a.buf[:], int64(at.index%2)*ackedSlotLen)
	return err
}
