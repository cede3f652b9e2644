package lichessapi

import (
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// maxNotes is how many challenges are remembered.
const maxNotes = 10_000

// Note is what only clients of this API know of a challenge. It is for show,
// known to all nodes of a cluster, and gone with them.
type Note struct {
	Table table.ID   `json:"table"`
	Maker account.ID `json:"maker,omitempty"`
	Made  time.Time  `json:"made,omitzero"`
	// Random says that the color of the maker was left to chance.
	Random bool `json:"random,omitempty"`
	// Waits says that the challenge does not end when its maker goes away.
	Waits bool `json:"waits,omitempty"`
	// Declined is why, as one of the words in reasons.
	Declined string `json:"declined,omitempty"`
}

// notes is safe for concurrent use.
type notes struct {
	mu    sync.Mutex
	all   map[table.ID]Note
	order []table.ID
}

func newNotes() *notes { return &notes{all: make(map[table.ID]Note)} }

func (n *notes) of(id table.ID) Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.all[id]
}

// change alters the note of a table, which it returns, and forgets the oldest
// when there are too many.
func (n *notes) change(id table.ID, change func(*Note)) Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	x, known := n.all[id]
	if !known {
		n.order = append(n.order, id)
	}
	change(&x)
	x.Table = id
	n.all[id] = x
	if len(n.order) > maxNotes {
		delete(n.all, n.order[0])
		n.order = n.order[1:]
	}
	return x
}

// brief returns the challenges that end when their maker is away, made before
// a time.
func (n *notes) brief(before time.Time) map[table.ID]Note {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := make(map[table.ID]Note)
	for id, x := range n.all {
		if x.Maker != "" && !x.Waits && x.Made.Before(before) {
			list[id] = x
		}
	}
	return list
}

// settled notes that a challenge needs no more watching.
func (n *notes) settled(id table.ID) {
	n.change(id, func(x *Note) { x.Waits = true })
}
