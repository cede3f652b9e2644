package lichessapi

import (
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// maxNotes is how many challenges are remembered.
const maxNotes = 10_000

// note is what only clients of this API know of a challenge. It is for show,
// and gone with the process.
type note struct {
	maker account.ID
	made  time.Time
	// random says that the color of the maker was left to chance.
	random bool
	// waits says that the challenge does not end when its maker goes away.
	waits bool
	// declined is why, as one of the words in reasons.
	declined string
}

// notes is safe for concurrent use.
type notes struct {
	mu    sync.Mutex
	all   map[table.ID]note
	order []table.ID
}

func newNotes() *notes { return &notes{all: make(map[table.ID]note)} }

func (n *notes) of(id table.ID) note {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all[id]
}

// change alters the note of a table, and forgets the oldest when there are too
// many.
func (n *notes) change(id table.ID, change func(*note)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, known := n.all[id]
	if !known {
		n.order = append(n.order, id)
	}
	change(&x)
	n.all[id] = x
	if len(n.order) > maxNotes {
		delete(n.all, n.order[0])
		n.order = n.order[1:]
	}
}

// brief returns the challenges that end when their maker is away, made before
// a time.
func (n *notes) brief(before time.Time) map[table.ID]note {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := make(map[table.ID]note)
	for id, x := range n.all {
		if x.maker != "" && !x.waits && x.made.Before(before) {
			list[id] = x
		}
	}
	return list
}

// settled notes that a challenge needs no more watching.
func (n *notes) settled(id table.ID) {
	n.change(id, func(x *note) { x.waits = true })
}
