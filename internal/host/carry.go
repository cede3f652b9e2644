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
	case errors.Is(err, table.ErrConflict), ctx.Err() != nil:
	default:
		h.cfg.Log.Error("a table may outlive its first records in the journal", "table", k.id, "err", err)
	}
}
