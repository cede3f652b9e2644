package stats

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// Facets is a worker.Step that counts games by facets. One at a time may work
// on a book.
type Facets struct {
	games Games
	book  archive.Facets
}

// NewFacets returns the projection of games into a book.
func NewFacets(games Games, book archive.Facets) *Facets { return &Facets{games, book} }

// Name implements worker.Step.
func (*Facets) Name() string { return archive.ProjectFacets }

// Step implements worker.Step.
func (f *Facets) Step(ctx context.Context) (more bool, err error) {
	from, err := f.book.Through(ctx, archive.ProjectFacets)
	if err != nil {
		return false, err
	}
	games, err := f.games.After(ctx, from, batchSize)
	if err != nil || len(games) == 0 {
		return false, err
	}
	tally := make(FacetTally)
	for i := range games {
		tally.Count(&games[i])
	}
	span := archive.Span{From: from, Through: games[len(games)-1].Number}
	if err := f.book.AddFacets(ctx, span, tally.All()); err != nil && !errors.Is(err, archive.ErrTwice) {
		return false, err
	}
	return len(games) == batchSize, nil
}

// FacetTally counts games by facets.
type FacetTally map[archive.FacetScore]archive.Score // by a key without a score

// colors are the names of the seats of a table of two.
var colors = [2]string{"white", "black"}

// Count counts a game for everybody who played it and whose account is not
// closed.
func (t FacetTally) Count(g *archive.Game) {
	if g.Void {
		return
	}
	for i, p := range g.Players {
		if !p.Historied() {
			continue
		}
		keys := []archive.FacetScore{{User: p.ID, Facet: archive.ByControl, Value: g.Control.String()}}
		if len(g.Players) == len(colors) {
			keys = append(keys, archive.FacetScore{User: p.ID, Facet: archive.ByColor, Value: colors[i]})
		}
		for _, key := range keys {
			score := t[key]
			score.Add(g.Result(game.Seat(i)))
			t[key] = score
		}
	}
}

// All returns what was counted, in an order that does not depend on chance.
func (t FacetTally) All() []archive.FacetScore {
	all := make([]archive.FacetScore, 0, len(t))
	for key, score := range t {
		key.Score = score
		all = append(all, key)
	}
	slices.SortFunc(all, func(a, b archive.FacetScore) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Facet, b.Facet), cmp.Compare(a.Value, b.Value))
	})
	return all
}
