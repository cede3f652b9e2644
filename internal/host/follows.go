package host

import (
	"slices"
	"sync"

	"kibitz/internal/table"
)

// follows knows which tables a socket follows, for when it is gone.
type follows struct {
	mu     sync.Mutex
	tables map[Conn][]table.ID
}

func newFollows() *follows { return &follows{tables: make(map[Conn][]table.ID)} }

// add reports whether it is new.
func (f *follows) add(c Conn, id table.ID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := f.tables[c]
	if slices.Contains(ids, id) {
		return false
	}
	f.tables[c] = append(ids, id)
	return true
}

// remove reports whether it was there.
func (f *follows) remove(c Conn, id table.ID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := f.tables[c]
	i := slices.Index(ids, id)
	if i < 0 {
		return false
	}
	if ids = slices.Delete(ids, i, i+1); len(ids) == 0 {
		delete(f.tables, c)
		return true
	}
	f.tables[c] = ids
	return true
}

// of returns what a socket follows.
func (f *follows) of(c Conn) []table.ID {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.tables[c])
}

// drop removes a socket, and returns what it followed.
func (f *follows) drop(c Conn) []table.ID {
	f.mu.Lock()
	defer f.mu.Unlock()
	ids := f.tables[c]
	delete(f.tables, c)
	return ids
}

func (f *follows) sockets() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.tables)
}
