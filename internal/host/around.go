package host

import (
	"kibitz/internal/account"
	"kibitz/internal/table"
)

// Occupied is a table with a game that is on, and who is at it.
type Occupied struct {
	Table table.ID
	// Players are the people with a seat, in no order.
	Players  []account.ID
	Watchers int
}

// Occupied returns the tables of this host at which people play.
func (h *Host) Occupied() []Occupied {
	at := make(map[*keeper][]account.ID)
	h.players.mu.Lock()
	for user, list := range h.players.tables {
		for _, k := range list {
			if k.public.Load() {
				at[k] = append(at[k], user)
			}
		}
	}
	h.players.mu.Unlock()
	all := make([]Occupied, 0, len(at))
	for k, players := range at {
		all = append(all, Occupied{k.id, players, int(k.watchers.Load())})
	}
	return all
}
