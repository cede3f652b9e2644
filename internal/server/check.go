package server

import (
	"context"
	"errors"
	"fmt"
	"io"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/table"
	"kibitz/internal/worker/ratings"
	"kibitz/internal/worker/stats"
)

// Audit is what Check found.
type Audit struct {
	// Games, Tables and Users are how many were looked at: in the archive, in
	// the journal, and with games in the archive.
	Games, Tables, Users int
	// Rated are the games by which ratings changed, and Ratings those of
	// somebody on a ladder that were compared with what follows from them.
	Rated, Ratings int
	// Hands are those that were looked at.
	Hands int
	// Chips are those at all tables of the journal.
	Chips int64
	// Differences is how many things are not as they should be, and Pending
	// how many tables the archive has yet to catch up with.
	Differences, Pending int
}

// Check recomputes ratings and statistics from the archived games, reads every
// record of them, and compares the journal with the archive. It writes a line
// for each difference. The server of the configuration must not be running.
func Check(ctx context.Context, cfg Config, out io.Writer) (Audit, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return Audit{}, err
	}
	catalog, err := games.Catalog(games.Options{Draws: cfg.Draws})
	if err != nil {
		return Audit{}, err
	}
	s, err := openStores(cfg, nil)
	if err != nil {
		return Audit{}, err
	}
	c := &checker{
		stores: s, catalog: catalog, out: out, played: make(map[account.ID]int),
		ledger: ratings.NewLedger(ratings.Fresh), tally: stats.NewTally(stats.Fresh), facets: make(stats.FacetTally),
	}
	err = errors.Join(c.run(ctx), s.close())
	return c.audit, err
}

// checker compares what is stored with what follows from the games.
type checker struct {
	stores  *stores
	catalog game.Catalog
	out     io.Writer
	audit   Audit
	ledger  *ratings.Ledger
	tally   *stats.Tally
	facets  stats.FacetTally
	played  map[account.ID]int // rows that a history must have
	closed  map[account.ID]bool
}

func (c *checker) differ(format string, args ...any) {
	c.audit.Differences++
	fmt.Fprintf(c.out, format+"\n", args...)
}

func (c *checker) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{c.poison, c.games, c.forgotten, c.ratings, c.stats, c.byFacet, c.histories, c.journal, c.chips, c.hands} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// maxPoison is how many tables that were set aside are shown.
const maxPoison = 1000

func (c *checker) poison(ctx context.Context) error {
	all, err := c.stores.archive.Poisons(ctx, maxPoison)
	for _, p := range all {
		c.differ("%s: set aside by %s at record %d: %s", p.Subject, p.Projection, p.Seq, p.Why)
	}
	return err
}

// checkPage is how many games are read at a time.
const checkPage = 512

// games looks at every game, and rates and counts it again.
func (c *checker) games(ctx context.Context) error {
	rated, err := c.stores.archive.Through(ctx, archive.ProjectRatings)
	if err != nil {
		return err
	}
	counted, err := c.stores.archive.Through(ctx, archive.ProjectStats)
	if err != nil {
		return err
	}
	faceted, err := c.stores.archive.Through(ctx, archive.ProjectFacets)
	if err != nil {
		return err
	}
	var last int64
	for {
		page, err := c.stores.archive.After(ctx, last, checkPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			g := &page[i]
			if g.Number <= faceted {
				c.facets.Count(g)
			}
			if err := c.game(ctx, g, g.Number <= rated, g.Number <= counted); err != nil {
				return err
			}
		}
		last = page[len(page)-1].Number
	}
}

func (c *checker) game(ctx context.Context, g *archive.Game, rated, counted bool) error {
	c.audit.Games++
	for i, p := range g.Players {
		if p.Person() && g.Result(game.Seat(i)) > 0 {
			c.played[p.ID]++
		}
	}
	if err := c.record(ctx, g); err != nil {
		return err
	}
	if rated {
		if err := c.rate(g); err != nil {
			return err
		}
	}
	if !counted {
		return nil
	}
	return c.tally.Count(g)
}

// rate compares the ratings in the row of a game.
func (c *checker) rate(g *archive.Game) error {
	r, changed, err := c.ledger.Rate(*g)
	if err != nil || !changed {
		return err
	}
	c.audit.Rated++
	for i, want := range r.Game.Players {
		if got := g.Players[i]; got != want {
			c.differ("%s: seat %d has the ratings %d and %d, and %d and %d follow from the games",
				g.ID, i, got.Before, got.After, want.Before, want.After)
		}
	}
	return nil
}

// record unpacks the record of a game, and compares the row with it.
func (c *checker) record(ctx context.Context, g *archive.Game) error {
	records, err := archive.Library{Games: c.stores.archive, Catalog: c.catalog}.Records(ctx, g.ID)
	if errors.Is(err, archive.ErrDamaged) || errors.Is(err, table.ErrUnknownTable) || errors.Is(err, game.ErrMalformed) {
		c.differ("%s: %v", g.ID, err)
		return nil
	}
	if err != nil {
		return err
	}
	s, err := archive.Summarize(c.catalog, records)
	if err != nil {
		c.differ("%s: %v", g.ID, err)
		return nil
	}
	if got, want := shape(g), shape(&s.Game); got != want {
		c.differ("%s: the row says %s, and its record %s", g.ID, got, want)
	}
	return nil
}

// shape is what the row and the record of a game must agree on.
func shape(g *archive.Game) string {
	text := fmt.Sprint(g.Kind, " ", g.Variant, " ", g.Speed, " ", g.Control, " ", g.Origin, " rated ", g.Rated, " ", g.Status,
		" winners ", g.Winners, " void ", g.Void, " plies ", g.Plies)
	for _, p := range g.Players {
		text += " " + string(p.ID)
	}
	return text
}
