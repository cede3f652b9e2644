package server

import (
	"context"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// standings tells how strong players are, from the archive and the accounts.
type standings struct {
	ratings archive.Ratings
	blocks  account.Blocks
	catalog game.Catalog
}

func (s *Server) standings(c game.Catalog) lobby.People {
	return standings{s.stores.archive, s.stores.accounts, c}
}

// About implements lobby.People.
func (s standings) About(ctx context.Context, user account.ID, t table.Setup) (lobby.About, error) {
	r, err := s.ratings.Rating(ctx, user, s.ladder(t))
	if err != nil {
		return lobby.About{}, fmt.Errorf("rating of %s: %w", user, err)
	}
	about := lobby.About{Rating: r.Rounded(), Provisional: r.Provisional()}
	blocked, err := s.blocks.BlocksOf(ctx, user)
	if err != nil {
		return lobby.About{}, fmt.Errorf("blocks of %s: %w", user, err)
	}
	for _, u := range blocked {
		about.Blocked = append(about.Blocked, u.ID)
	}
	return about, nil
}

// ladder returns on which ladder a game of a setup counts.
func (s standings) ladder(t table.Setup) archive.Ladder {
	g := archive.Game{Variant: game.Standard, Speed: t.Control.Speed()}
	if namer, ok := s.catalog[t.Kind].(game.Namer); ok {
		if variant, err := namer.Variant(t.Game); err == nil {
			g.Variant = variant
		}
	}
	return g.Ladder()
}
