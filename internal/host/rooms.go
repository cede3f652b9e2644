package host

import (
	"context"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Room is a table at which people come and go, in a list.
type Room struct {
	Table table.ID
	Setup table.Setup
	// Brief is what a list shows of the state.
	Brief game.View
	// People is how many hold a seat, house players left out.
	People   int
	Lounge   table.Lounge
	Watchers int
	Waiting  bool
}

// Rooms returns all rooms in memory, private ones too.
func (h *Host) Rooms(ctx context.Context) []Room {
	ctx, cancel := context.WithTimeout(ctx, lookWait)
	defer cancel()
	var asked []*visit
	for _, k := range h.roomKeepers() {
		v := &visit{done: make(chan *Room, 1)}
		if h.urge(ctx, k.id, v) == nil {
			asked = append(asked, v)
		}
	}
	list := make([]Room, 0, len(asked))
	for _, v := range asked {
		select {
		case room := <-v.done:
			if room != nil {
				list = append(list, *room)
			}
		case <-ctx.Done():
			return list
		}
	}
	return list
}

func (h *Host) roomKeepers() []*keeper {
	h.mu.RLock()
	defer h.mu.RUnlock()
	var rooms []*keeper
	for _, k := range h.keepers {
		if k.room.Load() {
			rooms = append(rooms, k)
		}
	}
	return rooms
}

// visit asks a keeper for its room; the answer is nil when there is none any
// more. Done has room for one.
type visit struct{ done chan *Room }

func (v *visit) handle(k *keeper) {
	if k.ensure() != nil || k.over() || !k.t.Room() {
		v.refuse(k, nil)
		return
	}
	v.done <- &Room{
		Table: k.id, Setup: k.t.Setup(), Brief: k.t.Brief(), People: k.t.Playing(),
		Lounge: *k.t.Lounge(), Watchers: len(k.spectators), Waiting: k.t.Waiting(),
	}
}

func (v *visit) refuse(*keeper, error) {
	select {
	case v.done <- nil:
	default: // a panic came after the answer
	}
}
