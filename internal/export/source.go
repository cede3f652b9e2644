package export

import (
	"context"
	"errors"
	"fmt"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Source finds the game of a table: in the archive, or, when it is too new for
// that, in the journal.
type Source struct {
	Catalog game.Catalog
	Journal table.Journal
	// Archive may be nil.
	Archive archive.Games
	// Opening names the opening of a game; nil names none.
	Opening func(g *Game) (Opening, bool)
}

// Game returns a game, running or finished. Of a table that still waits for
// players, or was given up, there is none: archive.ErrUnknown.
func (s *Source) Game(ctx context.Context, id table.ID) (*Game, error) {
	g, err := s.Archived(ctx, id)
	if !errors.Is(err, archive.ErrUnknown) {
		return g, err
	}
	g, err = s.journaled(ctx, id)
	if errors.Is(err, archive.ErrUnknown) {
		return s.Archived(ctx, id) // it may have moved there meanwhile
	}
	return g, err
}

// Archived returns a finished game from the archive alone.
func (s *Source) Archived(ctx context.Context, id table.ID) (*Game, error) {
	if s.Archive == nil {
		return nil, archive.ErrUnknown
	}
	row, blob, err := s.Archive.Record(ctx, id)
	if err != nil {
		return nil, err
	}
	rules, ok := s.Catalog[row.Kind]
	if !ok {
		return nil, fmt.Errorf("%w: game %s is of unknown kind %q", game.ErrMalformed, id, row.Kind)
	}
	records, err := archive.Unpack(&row, rules, blob)
	if err != nil {
		return nil, fmt.Errorf("game %s: %w", id, err)
	}
	return s.named(FromRecords(s.Catalog, records, &row))
}

func (s *Source) journaled(ctx context.Context, id table.ID) (*Game, error) {
	records, err := s.Journal.Read(ctx, id, 0)
	if errors.Is(err, table.ErrUnknownTable) {
		return nil, archive.ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("game %s: %w", id, err)
	}
	g, err := FromRecords(s.Catalog, records, nil)
	if err != nil {
		return nil, err
	}
	for _, p := range g.Players {
		if p.ID == "" {
			return nil, archive.ErrUnknown
		}
	}
	return s.named(g, nil)
}

// named adds the opening.
func (s *Source) named(g *Game, err error) (*Game, error) {
	if err != nil || s.Opening == nil {
		return g, err
	}
	if o, ok := s.Opening(g); ok {
		g.Opening = o
	}
	return g, nil
}
