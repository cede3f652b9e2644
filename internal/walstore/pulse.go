package walstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kibitz/internal/table"
)

// Pulse is a table.Pulse in a small file. It has two slots, written in turn:
// the beat in Unix milliseconds, 8 bytes; how many beats there were, 8 bytes;
// a checksum of both, 4 bytes. A write that is cut off spoils one slot, and the
// other holds the beat before. It is safe for concurrent use.
type Pulse struct {
	mu    sync.Mutex
	file  *os.File
	last  time.Time
	beats uint64
}

var _ table.Pulse = (*Pulse)(nil)

const (
	pulseName    = "pulse"
	pulseSlotLen = 20
)

// OpenPulse opens the pulse in the directory of a store, or begins one. The
// directory must exist. Close ends it.
func OpenPulse(dir string) (*Pulse, error) {
	f, err := os.OpenFile(filepath.Join(dir, pulseName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("pulse: %w", err)
	}
	p := &Pulse{file: f}
	if err := p.read(); err != nil {
		return nil, errors.Join(fmt.Errorf("pulse: %w", err), f.Close())
	}
	return p, nil
}

// read finds the last beat. A file without a sound slot has none: it was never
// promised to outlive a loss of power.
func (p *Pulse) read() error {
	var b [2 * pulseSlotLen]byte
	if _, err := p.file.ReadAt(b[:], 0); err != nil && err != io.EOF {
		return err
	}
	le := binary.LittleEndian
	for slot := range 2 {
		s := b[slot*pulseSlotLen:][:pulseSlotLen]
		beats := le.Uint64(s[8:])
		if le.Uint32(s[16:]) == checksum(s[:16]) && beats > p.beats {
			p.beats = beats
			p.last = time.UnixMilli(int64(le.Uint64(s))).UTC()
		}
	}
	return nil
}

// Beat implements table.Pulse. It writes and does not sync.
func (p *Pulse) Beat(at time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b [pulseSlotLen]byte
	le := binary.LittleEndian
	p.beats++
	le.PutUint64(b[0:], uint64(at.UnixMilli()))
	le.PutUint64(b[8:], p.beats)
	le.PutUint32(b[16:], checksum(b[:16]))
	if _, err := p.file.WriteAt(b[:], int64(p.beats%2)*pulseSlotLen); err != nil {
		return fmt.Errorf("pulse: %w", err)
	}
	return nil
}

// Last implements table.Pulse: the last beat before OpenPulse.
func (p *Pulse) Last() (time.Time, error) { return p.last, nil }

// Close lets the file go.
func (p *Pulse) Close() error { return p.file.Close() }
