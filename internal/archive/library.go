package archive

import (
	"context"
	"errors"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Library reads the records of finished games. It is safe for concurrent use.
type Library struct {
	Games   Games
	Catalog game.Catalog
}

// Records returns the records of a finished game from the first one on, or
// table.ErrUnknownTable.
func (l Library) Records(ctx context.Context, id table.ID) ([]table.Record, error) {
	g, blob, err := l.Games.Record(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return nil, table.ErrUnknownTable
	}
	if err != nil {
		return nil, err
	}
	rules, ok := l.Catalog[g.Kind]
	if !ok {
		return nil, fmt.Errorf("%w: game %s is of unknown kind %q", game.ErrMalformed, id, g.Kind)
	}
	return Unpack(&g, rules, blob)
}

// Has reports whether a game has the id.
func (l Library) Has(ctx context.Context, id table.ID) (bool, error) {
	_, err := l.Games.Game(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return false, nil
	}
	return err == nil, err
}

// Final returns the last state of a finished game, or table.ErrUnknownTable.
func (l Library) Final(ctx context.Context, id table.ID) (game.State, error) {
	g, blob, err := l.Games.Record(ctx, id)
	if errors.Is(err, ErrUnknown) {
		return nil, table.ErrUnknownTable
	}
	if err != nil {
		return nil, err
	}
	rules, ok := l.Catalog[g.Kind]
	if !ok {
		return nil, fmt.Errorf("%w: game %s is of unknown kind %q", game.ErrMalformed, id, g.Kind)
	}
	return Final(&g, rules, blob)
}
