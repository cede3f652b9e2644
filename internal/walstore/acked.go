package walstore

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
)

// acked remembers the last group that was acknowledged, beside the segments.
// A damaged last group looks like one whose write was cut off; this tells the
// two apart. It is written after each sync and not synced itself: it outlives
// the process, and after a loss of power it may name an earlier group, never a
// later one. It has two slots in sectors of their own, written in turn:
//
//	0 index u64, 8 chain u32, 12 checksum of the 12 bytes before u32
type acked struct {
	file file
	buf  [ackedSlotLen]byte
}

const (
	ackedName    = "acked"
	ackedSlotLen = 16
	ackedSector  = 512
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
	at, sound, err := a.read()
	if err != nil {
		return nil, link{}, errors.Join(err, f.Close())
	}
	if !sound && isNew { // the first life ended before it was written
		_ = f.Close()
		return createAcked(d)
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

// read returns what the newer sound slot says. Without a sound one nothing is
// known, as after a loss of power: the segments then speak for themselves.
func (a *acked) read() (at link, sound bool, err error) {
	le := binary.LittleEndian
	for slot := range uint64(2) {
		var b [ackedSlotLen]byte
		_, err := a.file.ReadAt(b[:], int64(slot)*ackedSector)
		if err != nil && err != io.EOF {
			return link{}, false, err
		}
		index := le.Uint64(b[:])
		if le.Uint32(b[12:]) != checksum(b[:12]) || index%2 != slot {
			continue
		}
		sound = true
		if index >= at.index {
			at = link{index, le.Uint32(b[8:])}
		}
	}
	return at, sound, nil
}

// write notes that the groups up to at are acknowledged.
func (a *acked) write(at link) error {
	le := binary.LittleEndian
	le.PutUint64(a.buf[0:], at.index)
	le.PutUint32(a.buf[8:], at.chain)
	le.PutUint32(a.buf[12:], checksum(a.buf[:12]))
	_, err := a.file.WriteAt(a.buf[:], int64(at.index%2)*ackedSector)
	return err
}
