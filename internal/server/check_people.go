package server

import (
	"context"
	"maps"
	"math"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

// forgotten finds out which of those who played have closed their accounts:
// they have no history, and no statistics.
func (c *checker) forgotten(ctx context.Context) (err error) {
	c.closed, err = c.stores.archive.Forgotten(ctx, slices.Collect(maps.Keys(c.played)))
	for user := range c.closed {
		delete(c.played, user)
	}
	return err
}

// ratings compares the ratings of everybody with those that follow from the
// games.
func (c *checker) ratings(ctx context.Context) error {
	computed := make(map[archive.Ladder]int)
	for want := range c.ledger.All {
		if !c.closed[want.User] { // others follow from the rating, but it is not shown
			computed[want.Ladder]++
		}
		got, err := c.stores.archive.Rating(ctx, want.User, want.Ladder)
		if err != nil {
			return err
		}
		c.audit.Ratings++
		if !alike(got, want) {
			c.differ("%s: the %s rating is %+v after %d games, and %+v after %d follows from the games",
				want.User, want.Ladder, got.Rating, got.Games, want.Rating, want.Games)
		}
	}
	for ladder, want := range computed {
		all, err := c.stores.archive.Leaders(ctx, archive.Ranking{Ladder: ladder, MaxDeviation: math.MaxFloat64, N: math.MaxInt32})
		if err != nil {
			return err
		}
		if len(all) != want {
			c.differ("%d users have a %s rating, and %d follow from the games", len(all), ladder, want)
		}
	}
	return nil
}

// tolerance is what another processor may compute differently.
const tolerance = 1e-3

func alike(a, b archive.Rating) bool {
	near := func(x, y float64) bool { return math.Abs(x-y) <= tolerance }
	return a.Games == b.Games && a.At.Equal(b.At) && near(a.Deviation, b.Deviation) &&
		near(a.Rating.Rating, b.Rating.Rating) && near(a.Volatility, b.Volatility)
}

// stats compares the statistics of everybody with those that follow from the
// games.
func (c *checker) stats(ctx context.Context) error {
	computed, openings := c.tally.Changed()
	byUser := make(map[account.ID][]archive.Stats)
	for _, s := range computed {
		byUser[s.User] = append(byUser[s.User], s)
	}
	for user := range c.closed {
		delete(byUser, user)
	}
	openings = slices.DeleteFunc(openings, func(o archive.OpeningStats) bool { return c.closed[o.User] })
	for user, want := range byUser {
		got, err := c.stores.archive.Stats(ctx, user)
		if err != nil {
			return err
		}
		if len(got) != len(want) {
			c.differ("%s: there are statistics of %d ladders, and %d follow from the games", user, len(got), len(want))
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				c.differ("%s: the statistics are %+v, and %+v follow from the games", user, got[i], want[i])
			}
		}
	}
	return c.openings(ctx, openings)
}

func (c *checker) openings(ctx context.Context, computed []archive.OpeningStats) error {
	for len(computed) > 0 {
		n := 1
		for n < len(computed) && computed[n].User == computed[0].User && computed[n].Seat == computed[0].Seat {
			n++
		}
		user, seat := computed[0].User, computed[0].Seat
		stored, err := c.stores.archive.Openings(ctx, user, seat, math.MaxInt32)
		if err != nil {
			return err
		}
		have := make(map[string]archive.OpeningStats)
		for _, o := range stored {
			have[o.Opening.Name] = o
		}
		for _, want := range computed[:n] {
			if got := have[want.Opening.Name]; got.Score != want.Score {
				c.differ("%s: %q went %+v from seat %d, and %+v follows from the games", user, want.Opening.Name, got.Score, seat, want.Score)
			}
		}
		if len(stored) != n {
			c.differ("%s: there are %d openings from seat %d, and %d follow from the games", user, len(stored), seat, n)
		}
		computed = computed[n:]
	}
	return nil
}

// byFacet compares the games by color and by time control with those that
// follow from the games.
func (c *checker) byFacet(ctx context.Context) error {
	for _, want := range c.facets.All() {
		if c.closed[want.User] {
			continue
		}
		all, err := c.stores.archive.FacetScores(ctx, want.User, want.Facet, math.MaxInt32)
		if err != nil {
			return err
		}
		if !slices.Contains(all, want) {
			c.differ("%s: %s %s is not %+v, which follows from the games, among %+v", want.User, want.Facet, want.Value, want.Score, all)
		}
	}
	return nil
}

// histories counts the rows of everybody's history.
func (c *checker) histories(ctx context.Context) error {
	c.audit.Users = len(c.played)
	for user, want := range c.played {
		got := 0
		var at archive.Cursor
		for {
			entries, next, err := c.stores.archive.History(ctx, user, archive.Filter{}, archive.Page{Before: at, Size: archive.MaxPage})
			if err != nil {
				return err
			}
			if got += len(entries); next == (archive.Cursor{}) {
				break
			}
			at = next
		}
		if got != want {
			c.differ("%s: the history has %d games, and %d were played", user, got, want)
		}
	}
	return nil
}
