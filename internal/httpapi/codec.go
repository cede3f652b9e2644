package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// Codec makes the frames of the protocol for a host and a lobby.
type Codec struct {
	// Log gets what is our fault.
	Log *slog.Logger
	// Refused is told of every refusal. It must not block. Nil: nobody is told.
	Refused func(wire.Code)
}

var (
	_ host.Codec  = Codec{}
	_ lobby.Codec = Codec{}
)

// frameRoom is what most frames fit into.
const frameRoom = 384

// Update implements host.Codec.
func (c Codec) Update(u *table.Update) []byte {
	return c.frame(wire.AppendUpdate(make([]byte, 0, frameRoom), u))
}

// Snapshot implements host.Codec.
func (c Codec) Snapshot(s *table.Snapshot) []byte { return c.frame(wire.AppendSnapshot(nil, s)) }

func (c Codec) frame(b []byte, err error) []byte {
	if err != nil {
		c.Log.Error("a frame cannot be made", "err", err)
		return nil
	}
	return b
}

// Presence implements host.Codec.
func (Codec) Presence(p *host.Presence) []byte {
	n := wire.Presence{Table: p.Table, Watchers: p.Watchers, Seats: make([]wire.SeatPresence, len(p.Seats))}
	for i, s := range p.Seats {
		n.Seats[i].State = wire.SeatState(s.State)
		if !s.ClaimAt.IsZero() {
			n.Seats[i].ClaimMillis = s.ClaimAt.UnixMilli()
		}
	}
	return wire.Append(nil, n)
}

// Answer implements host.Codec.
func (c Codec) Answer(a host.Answer) []byte {
	if a.Err != nil {
		return c.failure(wire.Ref{ID: string(a.ID), Table: a.Table}, a.Err)
	}
	return wire.Append(nil, wire.Done{ID: string(a.ID), Table: a.Table, Seq: a.Seq})
}

// failure makes the frame of a refusal, and logs one that is our fault.
func (c Codec) failure(ref wire.Ref, err error) []byte {
	err = known(err)
	if wire.IsInternal(err) {
		c.Log.Error("internal error", "table", ref.Table, "err", err)
	}
	failure := wire.FailureOf(ref, err)
	if c.Refused != nil {
		c.Refused(failure.Code)
	}
	return wire.Append(nil, failure)
}

// known wraps what only this package can tell the meaning of.
func known(err error) error {
	switch {
	case errors.Is(err, host.ErrBusy):
		return fmt.Errorf("%w: %w", wire.ErrBusy, err)
	case errors.Is(err, host.ErrChips):
		return fmt.Errorf("%w: %w", wire.ErrChips, err)
	case errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, account.ErrAway):
		return fmt.Errorf("%w; %w", err, wire.ErrBusy) // nobody is told for what it waited
	case errors.Is(err, account.ErrUnknown):
		return fmt.Errorf("%w: %w", account.ErrNotSignedIn, err)
	}
	return err
}

// Replaced implements host.Codec.
func (Codec) Replaced(id table.ID) []byte { return wire.Append(nil, wire.Replaced{Table: id}) }

// Paired implements lobby.Codec.
func (Codec) Paired(id table.ID, kind game.Kind, seat game.Seat) []byte {
	return wire.Append(nil, wire.Paired{Table: id, Kind: kind, Seat: seat})
}

// Lobby implements lobby.Codec.
func (Codec) Lobby(v lobby.View) []byte {
	return wire.Append(nil, wire.Lobby{
		Online: v.Online, Playing: v.Playing, Pools: pools(v.Pools), Seeks: seeks(v.Seeks, v.Viewer),
	})
}

// Change implements lobby.Codec.
func (Codec) Change(c lobby.Change) []byte {
	n := wire.LobbyChange{Online: c.Online, Playing: c.Playing, Pools: pools(c.Pools), Added: seeks(c.Added, c.Viewer)}
	for _, id := range c.Removed {
		n.Removed = append(n.Removed, string(id))
	}
	return wire.Append(nil, n)
}

func pools(all []lobby.PoolCount) []wire.Pool {
	out := make([]wire.Pool, len(all))
	for i, p := range all {
		out[i] = wire.Pool{Control: p.Control.String(), Waiting: p.Waiting}
	}
	return out
}

func seeks(all []lobby.Seek, viewer account.ID) []wire.Seek {
	out := make([]wire.Seek, len(all))
	for i, s := range all {
		out[i] = wire.Seek{
			Seek: string(s.ID), Name: s.By.Name, Bot: s.By.Bot, Mine: viewer != "" && s.By.ID == viewer,
			Kind: s.Kind, Variant: wire.VariantOf(s.Setup), Control: s.Control.String(), Speed: s.Control.Speed(),
			Color: wire.ColorOf(s.Seat), Rated: s.Rated, MinRating: s.MinRating, MaxRating: s.MaxRating,
		}
		if s.By.Rating > 0 {
			out[i].Rating, out[i].Provisional = &all[i].By.Rating, s.By.Provisional
		}
	}
	return out
}

// Mine returns what tells a user about their running tables, for lobby.Config.
func (c Codec) Mine(h interface {
	Running(context.Context, account.ID) []host.Summary
}) func(context.Context, account.ID) []byte {
	return func(ctx context.Context, user account.ID) []byte {
		mine := wire.Mine{Tables: []wire.MyTable{}}
		for _, s := range h.Running(ctx, user) {
			snap := snapshotOf(&s)
			mine.Tables = append(mine.Tables, wire.MyTableOf(&snap, s.ToAct.Has(s.Viewer.Seat)))
		}
		return wire.Append(nil, mine)
	}
}

// snapshotOf is a summary as far as it goes.
func snapshotOf(s *host.Summary) table.Snapshot {
	return table.Snapshot{
		Table: s.Table, Setup: s.Setup, Created: s.Created, Waiting: s.Waiting,
		Viewer: s.Viewer, State: s.View, Clocks: s.Clocks,
	}
}
