package httpapi

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// maxChallenges is how many challenges of one user, and how many to one user,
// may wait for an answer at a time.
const maxChallenges = 20

// invited returns whom a user challenges by name, if that may be.
func (s *Server) invited(ctx context.Context, from account.User, name string) (table.Player, error) {
	to, err := s.people.Challenged(ctx, from, name)
	if err != nil {
		return table.Player{}, err
	}
	if made, _ := challenges(s.cfg.Host.Running(ctx, from.ID)); made >= maxChallenges {
		return table.Player{}, fmt.Errorf("%w: %d of your challenges wait for an answer; cancel one", wire.ErrNotAllowed, made)
	}
	if _, got := challenges(s.cfg.Host.Running(ctx, to.ID)); got >= maxChallenges {
		return table.Player{}, fmt.Errorf("%w: too many challenges wait for %s; try again later", wire.ErrNotAllowed, to.Name)
	}
	return playerOf(to), nil
}

// challenges counts the open challenges among the tables of a user: those made
// by the user, and those to the user.
func challenges(tables []host.Summary) (made, got int) {
	for i := range tables {
		switch t := &tables[i]; {
		case !t.Waiting || t.Setup.Kept() == game.NoSeat:
		case t.Viewer.Seat == game.NoSeat:
			got++
		default:
			made++
		}
	}
	return made, got
}

// mayChat refuses a line from a player to whom an opponent does not listen.
// Spectators have a room of their own, and players need not read it.
func (h *hub) mayChat(from account.User, id table.ID) error {
	ctx, cancel := context.WithTimeout(h.ctx, lobbyTime)
	defer cancel()
	snapshot, err := h.host.Snapshot(ctx, id, game.Spectator)
	seats := snapshot.Setup.Seats
	if err != nil || !slices.ContainsFunc(seats, func(p table.Player) bool { return p.ID == from.ID }) {
		return nil // the host says what is wrong
	}
	for _, p := range seats {
		if p.Free() || p.House > 0 || p.ID == from.ID {
			continue
		}
		may, err := h.accounts.May(ctx, from, account.ToChat, p.ID)
		switch {
		case errors.Is(err, account.ErrUnknown): // a guest who was forgotten
		case err != nil:
			return err
		case !may:
			return fmt.Errorf("%w: your opponent does not take chat from you", wire.ErrNotAllowed)
		}
	}
	return nil
}
