package walstore

import (
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
)

// memory is a disk whose power can be cut, and which can be told to fail.
type memory struct {
	mu      sync.Mutex
	names   map[string]*memoryFile
	durable map[string]*memoryFile   // the names as of the last sync
	since   []map[string]*memoryFile // the names after each change since then
	calls   int                      // of what changes something
	fails   func(call int, what string) error
}

var errInjected = errors.New("injected")

func newMemory() *memory {
	return &memory{names: map[string]*memoryFile{}, durable: map[string]*memoryFile{}}
}

// memoryOf holds the files as durable ones.
func memoryOf(all files) *memory {
	m := newMemory()
	for name, b := range all {
		m.names[name] = &memoryFile{disk: m, data: slices.Clone(b), synced: slices.Clone(b)}
	}
	m.durable = maps.Clone(m.names)
	return m
}

func (m *memory) files() files {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make(files)
	for name, f := range m.names {
		all[name] = slices.Clone(f.data)
	}
	return all
}

// step counts a change, and says whether it fails. The caller holds mu.
func (m *memory) step(what string) error {
	m.calls++
	if m.fails == nil {
		return nil
	}
	return m.fails(m.calls, what)
}

func (m *memory) rename(from, to string) error {
	return m.change("rename", func() { m.names[to] = m.names[from]; delete(m.names, from) })
}

func (m *memory) remove(name string) error {
	return m.change("remove", func() { delete(m.names, name) })
}

func (m *memory) change(what string, do func()) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.step(what); err != nil {
		return err
	}
	do()
	m.since = append(m.since, maps.Clone(m.names))
	return nil
}

func (m *memory) create(name string) (file, error) {
	f := &memoryFile{disk: m}
	return f, m.change("create", func() { m.names[name] = f })
}

func (m *memory) open(name string) (file, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f := m.names[name]; f != nil {
		return f, nil
	}
	return nil, fs.ErrNotExist
}

func (m *memory) list() ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.names)), nil
}

func (m *memory) sync() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.step("sync directory"); err != nil {
		return err
	}
	m.durable, m.since = maps.Clone(m.names), nil
	return nil
}

// cutPower returns what a next process finds: the names after some change
// since the last sync, and of each file some sectors written since its own.
func (m *memory) cutPower(rnd *rand.Rand) *memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	names := m.durable
	if n := rnd.IntN(len(m.since) + 1); n > 0 {
		names = m.since[n-1]
	}
	all := make(files)
	for name, f := range names {
		all[name] = f.torn(rnd)
	}
	return memoryOf(all)
}

type memoryFile struct {
	disk         *memory
	data, synced []byte
}

func (f *memoryFile) torn(rnd *rand.Rand) []byte {
	const sector = 64 // smaller than real ones: more ways to tear
	size := len(f.synced)
	if n := len(f.data); n > size {
		size += rnd.IntN(n - size + 1)
	}
	b := make([]byte, size)
	copy(b, f.synced)
	for at := 0; at < size; at += sector {
		if end := min(at+sector, size, len(f.data)); at < end && rnd.IntN(2) == 0 {
			copy(b[at:end], f.data[at:end])
		}
	}
	return b
}

func (f *memoryFile) ReadAt(b []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if off >= int64(len(f.data)) {
		return 0, io.EOF
	}
	n := copy(b, f.data[off:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (f *memoryFile) WriteAt(b []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	err := f.disk.step("write")
	if err != nil {
		b = b[:len(b)/2]
	}
	if grow := int(off) + len(b) - len(f.data); grow > 0 {
		f.data = append(f.data, make([]byte, grow)...)
	}
	copy(f.data[off:], b)
	return len(b), err
}

func (f *memoryFile) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.step("truncate"); err != nil {
		return err
	}
	f.data = f.data[:size]
	return nil
}

func (f *memoryFile) Sync() error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if err := f.disk.step("sync"); err != nil {
		return err
	}
	f.synced = slices.Clone(f.data)
	return nil
}

func (f *memoryFile) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return int64(len(f.data)), nil
}

func (f *memoryFile) end() int64 { return int64(len(f.data)) }

func (f *memoryFile) Close() error { return nil }
