package host

import (
	"slices"
	"sync"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// playerIndex knows the running tables of every person, and those to which
// they are invited.
type playerIndex struct {
	mu     sync.Mutex
	tables map[account.ID][]*keeper
}

func newPlayerIndex() *playerIndex {
	return &playerIndex{tables: make(map[account.ID][]*keeper)}
}

func (x *playerIndex) add(k *keeper, players []table.Player) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range players {
		if !p.Free() && p.House == 0 {
			x.tables[p.ID] = append(x.tables[p.ID], k)
		}
	}
}

func (x *playerIndex) remove(k *keeper, players []table.Player) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range players {
		rest := slices.DeleteFunc(x.tables[p.ID], func(other *keeper) bool { return other == k })
		if len(rest) == 0 {
			delete(x.tables, p.ID)
			continue
		}
		x.tables[p.ID] = rest
	}
}

func (x *playerIndex) of(user account.ID) []*keeper {
	x.mu.Lock()
	defer x.mu.Unlock()
	return slices.Clone(x.tables[user])
}
