// Package stats is the projection of the archive into statistics. It follows
// the ratings, for a best win needs them.
package stats

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// Games is where the games come from.
type Games interface {
	After(ctx context.Context, number int64, n int) ([]archive.Game, error)
}

// batchSize is how many games one step does.
const batchSize = 256

// Step is a worker.Step. One at a time may work on a book.
type Step struct {
	games Games
	book  archive.StatsBook
}

// New returns the projection of games into a book.
func New(games Games, book archive.StatsBook) *Step { return &Step{games, book} }

// Name implements worker.Step.
func (*Step) Name() string { return archive.ProjectStats }

// Step implements worker.Step.
func (s *Step) Step(ctx context.Context) (more bool, err error) {
	from, err := s.book.Through(ctx, archive.ProjectStats)
	if err != nil {
		return false, err
	}
	rated, err := s.book.Through(ctx, archive.ProjectRatings)
	if err != nil || rated <= from {
		return false, err
	}
	games, err := s.games.After(ctx, from, batchSize)
	if err != nil {
		return false, err
	}
	if i := slices.IndexFunc(games, func(g archive.Game) bool { return g.Number > rated }); i >= 0 {
		games = games[:i]
	}
	if len(games) == 0 {
		return false, nil
	}
	tally := NewTally(func(user account.ID) ([]archive.Stats, error) { return s.book.Stats(ctx, user) })
	for i := range games {
		if err := tally.Count(&games[i]); err != nil {
			return false, err
		}
	}
	span := archive.Span{From: from, Through: games[len(games)-1].Number}
	stats, openings := tally.Changed()
	if err := s.book.Count(ctx, span, stats, openings); err != nil && !errors.Is(err, archive.ErrTwice) {
		return false, err
	}
	return len(games) == batchSize, nil
}

// Tally counts games one after the other. It is not safe for concurrent use.
type Tally struct {
	before   func(account.ID) ([]archive.Stats, error)
	known    map[account.ID]bool
	stats    map[key]*archive.Stats
	openings map[opening]*archive.OpeningStats
}

type key struct {
	user   account.ID
	ladder archive.Ladder
}

type opening struct {
	user account.ID
	seat game.Seat
	name string
}

// NewTally returns a tally that asks before for the statistics of who has not
// played in it yet.
func NewTally(before func(account.ID) ([]archive.Stats, error)) *Tally {
	return &Tally{
		before: before, known: make(map[account.ID]bool),
		stats: make(map[key]*archive.Stats), openings: make(map[opening]*archive.OpeningStats),
	}
}

// Fresh is the before of a tally in which nobody has played.
func Fresh(account.ID) ([]archive.Stats, error) { return nil, nil }

// Count counts a game for everybody who played it and whose account is not
// closed. Void games do not count.
func (t *Tally) Count(g *archive.Game) error {
	if g.Void {
		return nil
	}
	for i, p := range g.Players {
		if !p.Historied() {
			continue
		}
		if err := t.load(p.ID); err != nil {
			return err
		}
		seat := game.Seat(i)
		for _, l := range []archive.Ladder{archive.Overall, g.Ladder()} {
			add(t.of(p.ID, l), g, seat)
		}
		t.open(g, seat)
	}
	return nil
}

func (t *Tally) load(user account.ID) error {
	if t.known[user] {
		return nil
	}
	all, err := t.before(user)
	if err != nil {
		return err
	}
	t.known[user] = true
	for _, s := range all {
		*t.of(user, s.Ladder) = s
	}
	return nil
}

func (t *Tally) of(user account.ID, l archive.Ladder) *archive.Stats {
	k := key{user, l}
	if t.stats[k] == nil {
		t.stats[k] = &archive.Stats{User: user, Ladder: l}
	}
	return t.stats[k]
}

// add counts a game for one seat.
func add(s *archive.Stats, g *archive.Game, seat game.Seat) {
	r := g.Result(seat)
	s.Add(r)
	s.Plies += int64(g.Plies)
	s.Played += max(0, g.Ended.Sub(g.Started))
	if g.Ended.After(s.Last) {
		s.Last = g.Ended
	}
	streak(s, r)
	if !g.Counts() {
		return
	}
	s.Rated++
	if other := g.Opponent(seat); r == archive.Win && other.Before > s.BestWin.Rating {
		s.BestWin = archive.BestWin{Number: g.Number, Opponent: other.Name, Rating: other.Before}
	}
}

func streak(s *archive.Stats, r archive.Result) {
	switch r {
	case archive.Win:
		s.Streak = max(0, s.Streak) + 1
	case archive.Loss:
		s.Streak = min(0, s.Streak) - 1
	default:
		s.Streak = 0
	}
	s.BestStreak, s.WorstStreak = max(s.BestStreak, s.Streak), min(s.WorstStreak, s.Streak)
}

func (t *Tally) open(g *archive.Game, seat game.Seat) {
	if g.Opening.Name == "" {
		return
	}
	k := opening{g.Players[seat].ID, seat, g.Opening.Name}
	if t.openings[k] == nil {
		t.openings[k] = &archive.OpeningStats{User: k.user, Seat: seat, Opening: g.Opening}
	}
	t.openings[k].Add(g.Result(seat))
}

// Changed returns the statistics that hold now, and what the openings were
// played more than before, in an order that does not depend on chance.
func (t *Tally) Changed() ([]archive.Stats, []archive.OpeningStats) {
	stats := make([]archive.Stats, 0, len(t.stats))
	for _, s := range t.stats {
		stats = append(stats, *s)
	}
	slices.SortFunc(stats, func(a, b archive.Stats) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Ladder, b.Ladder))
	})
	openings := make([]archive.OpeningStats, 0, len(t.openings))
	for _, o := range t.openings {
		openings = append(openings, *o)
	}
	slices.SortFunc(openings, func(a, b archive.OpeningStats) int {
		return cmp.Or(cmp.Compare(a.User, b.User), cmp.Compare(a.Seat, b.Seat), cmp.Compare(a.Opening.Name, b.Opening.Name))
	})
	return stats, openings
}
