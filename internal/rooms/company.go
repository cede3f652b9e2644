package rooms

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
)

// Run keeps people company until ctx is done.
func (r *Rooms) Run(ctx context.Context) {
	ticker := time.NewTicker(r.cfg.Every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		r.look(ctx)
	}
}

// look sends house players to the tables that want some.
func (r *Rooms) look(ctx context.Context) {
	rooms := r.cfg.Tables.Rooms(ctx)
	r.mu.Lock()
	r.list, r.at = rooms, r.cfg.Now()
	clear(r.opened)
	r.mu.Unlock()
	for i := range rooms {
		if player, ok := r.wanted(&rooms[i]); ok {
			r.send(ctx, rooms[i].Table, player)
		}
	}
}

// wanted returns the house player who is to sit down at a table next. At a table
// of the lobby one seat stays free for people, except where play begins when all
// are taken.
func (r *Rooms) wanted(room *host.Room) (table.Player, bool) {
	free, house := 0, 0
	here := make(map[string]bool)
	for _, p := range room.Setup.Seats {
		switch {
		case p.Free():
			free++
		case p.House > 0:
			house++
			here[string(p.ID)] = true
		}
	}
	spare := 0
	if room.Setup.Origin == table.OriginLobby && room.Setup.House < len(room.Setup.Seats)-1 {
		spare = 1
	}
	if room.People == 0 || house >= room.Setup.House || free <= spare || len(room.Lounge.Line) > 0 {
		return table.Player{}, false
	}
	for _, p := range r.cfg.House[room.Setup.Kind] {
		if !here[string(p.ID)] {
			return p, true
		}
	}
	return table.Player{}, false
}

// send has a house player sit down.
func (r *Rooms) send(ctx context.Context, id table.ID, p table.Player) {
	r.sent++
	_, err := r.cfg.Tables.Do(ctx, table.Command{
		Table: id, Actor: p, ID: table.ActionID(fmt.Sprintf("house%d.%d", r.cfg.Now().UnixMilli()%1e9, r.sent)),
		Report: clock.NoReport(), Type: table.ActionSit, Data: []byte(`{"type":"sit"}`),
	})
	if err != nil && !errors.Is(err, game.ErrIllegal) && !errors.Is(err, table.ErrTaken) && ctx.Err() == nil {
		r.cfg.Log.Warn("a house player cannot sit down", "table", id, "player", p.Name, "err", err)
	}
}
