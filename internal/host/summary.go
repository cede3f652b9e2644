package host

import (
	"context"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Summary reads a table of another host from the journal, for a list of this
// one: as seen from the seat of the user, or by a spectator. Its watchers are
// not known. It fails with table.ErrOver when the game is.
func (h *Host) Summary(ctx context.Context, id table.ID, user account.ID) (Summary, error) {
	records, _, err := h.records(ctx, id)
	if err != nil {
		return Summary{}, fmt.Errorf("summary of %s: %w", id, err)
	}
	t, err := table.Load(h.cfg.Catalog, records)
	if err != nil {
		return Summary{}, fmt.Errorf("summary of %s: %w", id, err)
	}
	if t.Result().Over() {
		return Summary{}, fmt.Errorf("summary of %s: %w", id, table.ErrOver)
	}
	v := game.Spectator
	if user != "" {
		v = game.Viewer{Seat: t.SeatOf(user)}
	}
	seen := glimpse{Snapshot: t.Snapshot(v, h.now()), toAct: t.ToAct()}
	return seen.summary(), nil
}

// At is a table of this host, for lists of others.
type At struct {
	Table    table.ID `json:"table"`
	Watchers int      `json:"watchers,omitempty"`
}

// RunningOf returns the tables of Running alone.
func (h *Host) RunningOf(user account.ID) []At {
	var all []At
	for _, k := range h.players.of(user) {
		all = append(all, At{k.id, int(k.watchers.Load())})
	}
	return all
}

// MostWatched returns the tables of Watchable alone.
func (h *Host) MostWatched(n int) []At {
	var all []At
	for _, k := range h.top.first(h, n) {
		all = append(all, At{k.id, int(k.watchers.Load())})
	}
	return all
}
