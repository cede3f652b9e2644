// Package ratings is the projection of the archive into ratings: one Glicko-2
// step for every rated game, in the order of archiving.
package ratings

import (
	"context"
	"errors"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/rating"
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
	book  archive.RatingBook
}

// New returns the projection of games into a book.
func New(games Games, book archive.RatingBook) *Step { return &Step{games, book} }

// Name implements worker.Step.
func (*Step) Name() string { return archive.ProjectRatings }

// Step implements worker.Step.
func (s *Step) Step(ctx context.Context) (more bool, err error) {
	from, err := s.book.Through(ctx, archive.ProjectRatings)
	if err != nil {
		return false, err
	}
	games, err := s.games.After(ctx, from, batchSize)
	if err != nil || len(games) == 0 {
		return false, err
	}
	ledger := NewLedger(func(user account.ID, l archive.Ladder) (archive.Rating, error) {
		return s.book.Rating(ctx, user, l)
	})
	var all []archive.Rated
	for _, g := range games {
		r, rated, err := ledger.Rate(g)
		if err != nil {
			return false, err
		}
		if rated {
			all = append(all, r)
		}
	}
	span := archive.Span{From: from, Through: games[len(games)-1].Number}
	if err := s.book.Rate(ctx, span, all); err != nil && !errors.Is(err, archive.ErrTwice) {
		return false, err
	}
	return len(games) == batchSize, nil
}

// Ledger rates games one after the other. It is not safe for concurrent use.
type Ledger struct {
	before func(account.ID, archive.Ladder) (archive.Rating, error)
	now    map[key]archive.Rating
}

type key struct {
	user   account.ID
	ladder archive.Ladder
}

// NewLedger returns a ledger that asks before for the rating of who has not
// played in it yet.
func NewLedger(before func(account.ID, archive.Ladder) (archive.Rating, error)) *Ledger {
	return &Ledger{before: before, now: make(map[key]archive.Rating)}
}

// Fresh is the before of a ledger in which everybody begins.
func Fresh(user account.ID, l archive.Ladder) (archive.Rating, error) {
	return archive.Rating{User: user, Ladder: l, Rating: rating.Start()}, nil
}

// Rate returns what a game does, and false when it changes no rating.
func (l *Ledger) Rate(g archive.Game) (archive.Rated, bool, error) {
	if !g.Counts() {
		return archive.Rated{}, false, nil
	}
	white, err := l.rating(g.Players[0].ID, g.Ladder())
	if err != nil {
		return archive.Rated{}, false, err
	}
	black, err := l.rating(g.Players[1].ID, g.Ladder())
	if err != nil {
		return archive.Rated{}, false, err
	}
	return l.rate(g, idle(white, g.Ended), idle(black, g.Ended)), true, nil
}

func (l *Ledger) rate(g archive.Game, white, black archive.Rating) archive.Rated {
	afterWhite, afterBlack := rating.Game(white.Rating, black.Rating, score(&g))
	r := archive.Rated{Game: g, After: [2]archive.Rating{next(white, afterWhite, g.Ended), next(black, afterBlack, g.Ended)}}
	r.Game.Players = append([]archive.Player(nil), g.Players...)
	for i, before := range []archive.Rating{white, black} {
		p := &r.Game.Players[i]
		p.Before, p.After, p.Provisional = before.Rounded(), r.After[i].Rounded(), before.Provisional()
		l.now[key{p.ID, g.Ladder()}] = r.After[i]
	}
	return r
}

// All yields the last rating of everybody who played.
func (l *Ledger) All(yield func(archive.Rating) bool) {
	for _, r := range l.now {
		if !yield(r) {
			return
		}
	}
}

func (l *Ledger) rating(user account.ID, ladder archive.Ladder) (archive.Rating, error) {
	if r, ok := l.now[key{user, ladder}]; ok {
		return r, nil
	}
	return l.before(user, ladder)
}

// idle is a rating after the time since its last game.
func idle(r archive.Rating, at time.Time) archive.Rating {
	if r.Games > 0 {
		r.Rating = r.Idle(at.Sub(r.At).Hours() / 24)
	}
	return r
}

func next(before archive.Rating, after rating.Rating, at time.Time) archive.Rating {
	if before.Games == 0 || at.After(before.At) {
		before.At = at
	}
	before.Rating = after
	before.Games++
	return before
}

func score(g *archive.Game) rating.Score {
	switch g.Result(0) {
	case archive.Win:
		return rating.Win
	case archive.Loss:
		return rating.Loss
	}
	return rating.Draw
}
