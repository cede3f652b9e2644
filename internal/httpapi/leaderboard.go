package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

// Who is on a leaderboard (spec/chess.md 7): whose rating is well known, and
// who has played not long ago.
const (
	boardSize        = 1000
	boardPage        = 50
	boardMostPage    = 200
	boardAge         = time.Minute
	boardSince       = 90 * 24 * time.Hour
	speedDeviation   = 75
	variantDeviation = 65
)

// boards keeps the leaderboards for a minute.
type boards struct {
	mu  sync.Mutex
	all map[archive.Ladder]*board
}

// board is the best of a ladder.
type board struct {
	at    time.Time
	list  []archive.Rating
	ranks map[account.ID]int
}

// rank returns the place of somebody, from 1, and nil for who has none.
func (b *board) rank(user account.ID) *int {
	if rank, ok := b.ranks[user]; ok {
		return &rank
	}
	return nil
}

// board returns the leaderboard of a ladder.
func (s *Server) board(ctx context.Context, l archive.Ladder) (*board, error) {
	now := s.cfg.Now()
	s.lib.boards.mu.Lock()
	b := s.lib.boards.all[l]
	s.lib.boards.mu.Unlock()
	if b != nil && now.Sub(b.at) < boardAge && !now.Before(b.at) {
		return b, nil
	}
	deviation := float64(variantDeviation)
	if l != "chess960" {
		deviation = speedDeviation
	}
	list, err := s.lib.Ratings.Leaders(ctx, archive.Ranking{
		Ladder: l, MaxDeviation: deviation, Since: now.Add(-boardSince), N: boardSize,
	})
	if err != nil {
		return nil, err
	}
	b = &board{at: now, list: list, ranks: make(map[account.ID]int, len(list))}
	for i, r := range list {
		b.ranks[r.User] = i + 1
	}
	s.lib.boards.mu.Lock()
	defer s.lib.boards.mu.Unlock()
	s.lib.boards.all[l] = b
	return b, nil
}

// leader is a place on a leaderboard.
type leader struct {
	Rank      int        `json:"rank"`
	Name      string     `json:"name"`
	User      account.ID `json:"user"`
	Rating    int        `json:"rating"`
	Deviation int        `json:"rd"`
	Games     int        `json:"games"`
}

// getLeaderboard answers with a part of a leaderboard; the cursor is the last
// rank that was shown.
func (s *Server) getLeaderboard(r *http.Request) (any, error) {
	ladder, ok := ladders[r.PathValue("key")]
	if !ok || s.lib.Ratings == nil {
		return nil, account.ErrNotFound
	}
	q := r.URL.Query()
	limit, err := number(q, "limit", 1, boardMostPage)
	if err != nil {
		return nil, err
	}
	if limit == 0 {
		limit = boardPage
	}
	after, err := number(q, "cursor", 0, boardSize)
	if err != nil {
		return nil, fmt.Errorf("%w: cursor is what the page before gave", game.ErrMalformed)
	}
	b, err := s.board(r.Context(), ladder)
	if err != nil {
		return nil, err
	}
	body := map[string]any{"key": ladder, "next": ""}
	end := min(after+limit, len(b.list))
	if body["players"], err = s.leaders(r.Context(), b.list[min(after, end):end], after); err != nil {
		return nil, err
	}
	if end < len(b.list) {
		body["next"] = strconv.Itoa(end)
	}
	return body, s.myPlace(r, b, body)
}

// leaders gives the places names. Whoever has closed the account is left out.
func (s *Server) leaders(ctx context.Context, list []archive.Rating, after int) ([]leader, error) {
	shown := make([]leader, 0, len(list))
	for i, one := range list {
		a, err := s.cfg.Accounts.Account(ctx, one.User)
		if errors.Is(err, account.ErrUnknown) || err == nil && a.Closed {
			continue
		}
		if err != nil {
			return nil, err
		}
		now := s.plainRating(one)
		shown = append(shown, leader{after + i + 1, a.Name, a.ID, now.Rating, now.Deviation, one.Games})
	}
	return shown, nil
}

// myPlace adds where who asks stands.
func (s *Server) myPlace(r *http.Request, b *board, body map[string]any) error {
	me, err := s.old(r)
	if err != nil || me == nil {
		return err
	}
	rank := b.rank(me.User.ID)
	if rank == nil {
		return nil
	}
	mine := s.plainRating(b.list[*rank-1])
	body["you"] = map[string]any{"rank": *rank, "rating": mine.Rating, "rd": mine.Deviation, "games": mine.Games}
	return nil
}
