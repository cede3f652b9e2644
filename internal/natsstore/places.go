package natsstore

import (
	"context"
	"sync"

	"kibitz/internal/table"
)

// maxPlaces is how many tables a journal remembers the place of. One that was
// forgotten costs a question to the leader.
const maxPlaces = 200_000

// places remembers where tables stand, and lets one append at a time through
// for each.
type places struct {
	mu  sync.Mutex
	all map[table.ID]*place
}

// place is where a table stands. All but users belongs to who has the turn.
type place struct {
	turn  chan struct{} // has room for the one append in flight
	users int           // that have or await the turn; places.mu guards it
	known bool
	mark
}

// mark is a message of a table: the number of its last record, and its number
// in the stream. The zero mark is before the first.
type mark struct {
	seq    table.Seq
	stream uint64
}

func newPlaces() *places { return &places{all: make(map[table.ID]*place)} }

// enter waits for the turn of a table; leave must follow.
func (x *places) enter(ctx context.Context, id table.ID) (*place, error) {
	x.mu.Lock()
	p := x.all[id]
	if p == nil {
		p = &place{turn: make(chan struct{}, 1)}
		x.all[id] = p
	}
	p.users++
	x.mu.Unlock()
	select {
	case p.turn <- struct{}{}:
		return p, nil
	case <-ctx.Done():
		x.quit(p)
		return nil, ctx.Err()
	}
}

func (x *places) leave(p *place) {
	<-p.turn
	x.quit(p)
}

func (x *places) quit(p *place) {
	x.mu.Lock()
	defer x.mu.Unlock()
	p.users--
	if len(x.all) <= maxPlaces {
		return
	}
	for id, other := range x.all {
		if other.users == 0 {
			delete(x.all, id)
			return
		}
	}
}

// forget drops the place of a table that nobody appends to.
func (x *places) forget(id table.ID) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if p := x.all[id]; p != nil && p.users == 0 {
		delete(x.all, id)
	}
}
