package host

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Summary is a running table in a list.
type Summary struct {
	Table   table.ID
	Setup   table.Setup
	Created time.Time
	Waiting bool
	// Viewer is who the list is for, and View what it may know.
	Viewer game.Viewer
	View   game.View
	ToAct  game.Seats
	// Clocks is nil for a table without clocks.
	Clocks   *clock.State
	Watchers int
}

// Counts says how busy the host is.
type Counts struct {
	// Tables are those in memory, Running those with a game that is on.
	Tables, Running int
	// Sockets are those that follow a table.
	Sockets int
}

// lookWait bounds how long a list waits for a table that is busy; the list is
// then without it.
const lookWait = time.Second

// Running returns the tables that a user plays at, as seen from the user's
// seat, those that wait for players included, and as a spectator sees them
// those to which the user is invited.
func (h *Host) Running(ctx context.Context, user account.ID) []Summary {
	keepers := h.players.of(user)
	return h.look(ctx, keepers, user)
}

// Watchable returns at most n running tables as spectators see them, the most
// watched first.
func (h *Host) Watchable(ctx context.Context, n int) []Summary {
	list := h.look(ctx, h.top.first(h, n), "")
	slices.SortStableFunc(list, func(a, b Summary) int { return cmp.Compare(b.Watchers, a.Watchers) })
	return list
}

// Counts returns the numbers of this moment.
func (h *Host) Counts() Counts {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return Counts{Tables: len(h.keepers), Running: int(h.running.Load()), Sockets: h.follows.sockets()}
}

// publish says whether the table can be watched: everybody sits, and the game
// runs.
func (k *keeper) publish(public bool) {
	switch {
	case k.public.Swap(public) == public:
	case public:
		k.host.running.Add(1)
	default:
		k.host.running.Add(-1)
	}
}

// Snapshot returns all that a viewer may know of a table, running or finished.
func (h *Host) Snapshot(ctx context.Context, id table.ID, v game.Viewer) (table.Snapshot, error) {
	if h.find(id) == nil {
		return h.stored(ctx, id, v)
	}
	g := &glance{viewer: v, done: make(chan glimpse, 1)}
	if err := h.urge(ctx, id, g); err != nil {
		return table.Snapshot{}, err
	}
	select {
	case seen := <-g.done:
		return seen.Snapshot, seen.err
	case <-ctx.Done():
		return table.Snapshot{}, ctx.Err()
	}
}

// stored returns the snapshot of a table that is not in memory.
func (h *Host) stored(ctx context.Context, id table.ID, v game.Viewer) (table.Snapshot, error) {
	records, _, err := h.records(ctx, id)
	if err != nil {
		return table.Snapshot{}, fmt.Errorf("snapshot of %s: %w", id, err)
	}
	t, err := table.Load(h.cfg.Catalog, records)
	if err != nil {
		return table.Snapshot{}, fmt.Errorf("snapshot of %s: %w", id, err)
	}
	return t.Snapshot(v, h.now()), nil
}

// Events returns what a viewer may know of every record of a table.
func (h *Host) Events(ctx context.Context, id table.ID, v game.Viewer) ([]table.EventView, error) {
	records, _, err := h.records(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("events of %s: %w", id, err)
	}
	return table.Replay(h.cfg.Catalog, records, v, 0)
}

// glance asks a keeper how its table looks to a viewer, or to the user's own
// seat. Done has room for one.
type glance struct {
	viewer game.Viewer
	user   account.ID
	done   chan glimpse
}

type glimpse struct {
	table.Snapshot
	toAct    game.Seats
	over     bool
	watchers int
	err      error
}

func (g *glance) handle(k *keeper) {
	if err := k.ensure(); err != nil {
		g.refuse(k, err)
		return
	}
	v := g.viewer
	if g.user != "" {
		v = game.Viewer{Seat: k.t.SeatOf(g.user)}
	}
	g.done <- glimpse{
		Snapshot: k.t.Snapshot(v, k.host.now()), toAct: k.t.ToAct(), over: k.over(), watchers: len(k.spectators),
	}
}

func (g *glance) refuse(_ *keeper, err error) {
	select {
	case g.done <- glimpse{err: err}:
	default: // a panic came after the answer
	}
}

// urge delivers a message, and tries again while the table is busy.
func (h *Host) urge(ctx context.Context, id table.ID, m message) error {
	for {
		err := h.deliver(id, m)
		if !errors.Is(err, ErrBusy) {
			return err
		}
		if !sleep(ctx, 5*time.Millisecond) {
			return err
		}
	}
}

// look asks all keepers at once, and returns what came back in time.
func (h *Host) look(ctx context.Context, keepers []*keeper, user account.ID) []Summary {
	ctx, cancel := context.WithTimeout(ctx, lookWait)
	defer cancel()
	asked := make([]*glance, 0, len(keepers))
	for _, k := range keepers {
		g := &glance{viewer: game.Spectator, user: user, done: make(chan glimpse, 1)}
		if h.urge(ctx, k.id, g) == nil {
			asked = append(asked, g)
		}
	}
	list := make([]Summary, 0, len(asked))
	for _, g := range asked {
		select {
		case seen := <-g.done:
			if seen.err == nil && !seen.over {
				list = append(list, seen.summary())
			}
		case <-ctx.Done():
			return list
		}
	}
	return list
}

func (g glimpse) summary() Summary {
	return Summary{
		Table: g.Table, Setup: g.Setup, Created: g.Created, Waiting: g.Waiting,
		Viewer: g.Viewer, View: g.State, ToAct: g.toAct, Clocks: g.Clocks, Watchers: g.watchers,
	}
}
