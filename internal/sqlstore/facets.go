package sqlstore

import (
	"context"
	"database/sql"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

var _ archive.Facets = (*Store)(nil)

// FacetScores implements archive.Facets.
func (s *Store) FacetScores(ctx context.Context, user account.ID, by archive.Facet, n int) ([]archive.FacetScore, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT value, wins, draws, losses FROM facets WHERE user_id = $1 AND facet = $2
		ORDER BY wins + draws + losses DESC, value LIMIT $3`, string(user), string(by), max(0, n))
	all, err := scanAll(rows, err, func(r *sql.Rows) (archive.FacetScore, error) {
		f := archive.FacetScore{User: user, Facet: by}
		return f, r.Scan(&f.Value, &f.Wins, &f.Draws, &f.Losses)
	})
	if err != nil {
		return nil, fmt.Errorf("games of %s by %s: %w", user, by, err)
	}
	return all, nil
}

var intoFacets = insert{
	into: `facets (user_id, facet, value, wins, draws, losses)`, columns: 6,
	tail: `ON CONFLICT (user_id, facet, value) DO UPDATE SET wins = facets.wins + excluded.wins,
		draws = facets.draws + excluded.draws, losses = facets.losses + excluded.losses`,
}

// AddFacets implements archive.Facets.
func (s *Store) AddFacets(ctx context.Context, span archive.Span, all []archive.FacetScore) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if refusal, err := advance(ctx, tx, archive.ProjectFacets, span); refusal != nil || err != nil {
			return refusal, err
		}
		rows := make([][]any, 0, len(all))
		for _, f := range all {
			rows = append(rows, []any{string(f.User), string(f.Facet), f.Value, f.Wins, f.Draws, f.Losses})
		}
		return nil, intoFacets.rows(ctx, tx, rows)
	})
}
