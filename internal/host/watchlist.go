package host

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// watchList is the most watched tables, found anew at most once a second.
type watchList struct {
	mu   sync.Mutex
	at   time.Time
	list []*keeper
}

// watchListLen is how many tables a watchList knows.
const watchListLen = 100

func (w *watchList) first(h *Host, n int) []*keeper {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := h.now(); now.Sub(w.at) >= time.Second || now.Before(w.at) {
		w.at, w.list = now, h.mostWatched(watchListLen)
	}
	return slices.Clone(w.list[:min(max(n, 0), len(w.list))])
}

// mostWatched returns at most n running tables, the most watched first. Rooms
// have lists of their own.
func (h *Host) mostWatched(n int) []*keeper {
	type entry struct {
		k        *keeper
		watchers int32
	}
	var all []entry
	h.mu.RLock()
	for _, k := range h.keepers {
		if k.public.Load() && !k.room.Load() {
			all = append(all, entry{k, k.watchers.Load()})
		}
	}
	h.mu.RUnlock()
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.watchers, a.watchers), cmp.Compare(a.k.id, b.k.id))
	})
	list := make([]*keeper, 0, min(n, len(all)))
	for _, e := range all[:min(n, len(all))] {
		list = append(list, e.k)
	}
	return list
}
