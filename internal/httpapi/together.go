package httpapi

import (
	"context"
	"fmt"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// What somebody is told who may not play with somebody else. It is the same
// whichever of them blocks the other, and could have other reasons.
var (
	errSeatKept  = fmt.Errorf("%w: this seat is kept for another player", table.ErrNotAllowed)
	errNoRematch = fmt.Errorf("%w: there is no rematch of this game", table.ErrNotAllowed)
)

// mayPlay refuses to bring two people together at a table of two, or again,
// of whom one blocks the other. The lobby sees to its own tables, and at larger
// tables nobody chooses the others.
func (h *hub) mayPlay(from account.User, id table.ID, refusal error) error {
	ctx, cancel := context.WithTimeout(h.ctx, lobbyTime)
	defer cancel()
	snapshot, err := h.host.Snapshot(ctx, id, game.Spectator)
	seats := snapshot.Setup.Seats
	if err != nil || len(seats) != 2 {
		return nil // the host says what is wrong
	}
	other := slices.IndexFunc(seats, func(p table.Player) bool { return !p.Free() && p.House == 0 && p.ID != from.ID })
	if other < 0 {
		return nil
	}
	may, err := h.accounts.Together(ctx, from.ID, seats[other].ID)
	if err != nil {
		return fmt.Errorf("blocks: %w", err)
	}
	if !may {
		return refusal
	}
	return nil
}
