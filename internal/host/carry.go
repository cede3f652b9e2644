package host

import (
	"context"
	"errors"
	"time"

	"kibitz/internal/table"
)

// carry sees to it that no running table loses its first records to the age of
// the journal: those that run for long are stored anew, one after the other.
func (h *Host) carry(ctx context.Context) {
	ticker := time.NewTicker(h.cfg.CarryAfter / 24)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		for _, k := range h.old() {
			h.carryOne(ctx, k)
		}
	}
}

// old returns the keepers of running tables that are to be carried.
func (h *Host) old() []*keeper {
	before := h.now().Add(-h.cfg.CarryAfter).UnixMilli()
	h.mu.RLock()
	defer h.mu.RUnlock()
	var all []*keeper
	for _, k := range h.keepers {
		if at := k.carried.Load(); at != 0 && at < before && !k.ended.Load() {
			all = append(all, k)
		}
	}
	return all
}

// carryOne carries a table, unless it is another host's by now. One that cannot be
// carried is tried again at the next round, of which there are many in time.
func (h *Host) carryOne(ctx context.Context, k *keeper) {
	if ctx.Err() != nil || !h.keeps(k.id) {
		return
	}
	at := h.now()
	switch err := h.cfg.Index.Carry(ctx, k.id); {
	case err == nil:
		k.carried.Store(at.UnixMilli())
	case errors.Is(err, table.ErrTooLarge):
		h.tell(k.id, retire{})
	case errors.Is(err, table.ErrConflict), ctx.Err() != nil:
	default:
		h.cfg.Log.Error("a table may outlive its first records in the journal", "table", k.id, "err", err)
	}
}

// retire has a room end as soon as nothing is at stake: it is too long to be
// carried, and must be over before its first records expire.
type retire struct{}

func (retire) refuse(*keeper, error) {}

func (retire) handle(k *keeper) {
	if k.ensure() == nil {
		k.retiring = true
	}
}

// close ends a room that is to be retired, when the time has come.
func (k *keeper) close() {
	for range judgeTries {
		if !k.retiring || k.t == nil || k.over() {
			return
		}
		records, err := k.t.Retire(k.host.now(), k.presence())
		if err != nil {
			k.retiring = false
			k.host.cfg.Log.Error("a table will outlive its first records in the journal", "table", k.id, "err", err)
			return
		}
		if len(records) == 0 || k.commit(records, &sender{}) != errAgain {
			return
		}
	}
}
