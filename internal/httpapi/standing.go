package httpapi

import (
	"context"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// standing returns a player who is about to sit down with the rating of the
// moment. Who is not known plays without one.
func (h *hub) standing(p table.Player, id table.ID) table.Player {
	if h.people == nil || p.Guest {
		return p
	}
	ctx, cancel := context.WithTimeout(h.ctx, lobbyTime)
	defer cancel()
	snapshot, err := h.host.Snapshot(ctx, id, game.Spectator)
	if err != nil {
		return p // the host will say why
	}
	return rated(ctx, h.people, p, snapshot.Setup)
}

// rated returns a player with the rating for games of a setup.
func rated(ctx context.Context, people lobby.People, p table.Player, s table.Setup) table.Player {
	if people == nil || p.Guest {
		return p
	}
	if about, err := people.About(ctx, p.ID, s); err == nil {
		p.Rating, p.Provisional = about.Rating, about.Provisional
	}
	return p
}

// playerOf returns a user as a player without a rating.
func playerOf(u account.User) table.Player {
	return table.Player{ID: u.ID, Name: u.Name, Guest: u.Guest, Bot: u.Role == account.RoleBot}
}
