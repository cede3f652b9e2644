package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sort"
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

// board is the best of a ladder, and the ratings of all who are ranked.
type board struct {
	at    time.Time
	list  []archive.Rating
	ranks map[account.ID]int
	// all has the best first. It may be nil, and then only the best are ranked.
	all  []float64
	wish archive.Ranking

	mu sync.Mutex
	// progress is what the last games of some changed.
	progress map[account.ID]int
}

// rank returns the place of somebody, from 1, and nil for who has none. Behind
// the best, equal ratings have the same place.
func (b *board) rank(r archive.Rating) *int {
	if rank, ok := b.ranks[r.User]; ok {
		return &rank
	}
	if r.Deviation > b.wish.MaxDeviation || r.At.Before(b.wish.Since) || len(b.list) == 0 {
		return nil
	}
	rank := 1 + sort.Search(len(b.all), func(i int) bool { return b.all[i] <= r.Rating.Rating })
	if rank <= len(b.list) { // it has changed since the board was made
		return nil
	}
	return &rank
}

// board returns the leaderboard of a ladder. Who asks while it is made anew is
// told of the one before.
func (s *Server) board(ctx context.Context, l archive.Ladder) (*board, error) {
	now := s.cfg.Now()
	b, fresh := s.lib.boards.take(l, now)
	if fresh {
		return b, nil
	}
	b, err := s.newBoard(ctx, l, now)
	if err != nil {
		return nil, err
	}
	s.lib.boards.mu.Lock()
	defer s.lib.boards.mu.Unlock()
	s.lib.boards.all[l] = b
	return b, nil
}

// take returns a board that is good enough. Of those who ask for one that is
// too old, the first makes it anew, and the others take it as it is.
func (b *boards) take(l archive.Ladder, now time.Time) (*board, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	old := b.all[l]
	if old == nil {
		return nil, false
	}
	if now.Sub(old.at) < boardAge && !now.Before(old.at) {
		return old, true
	}
	again := &board{at: now, list: old.list, ranks: old.ranks, all: old.all, wish: old.wish}
	b.all[l] = again
	return again, false
}

func (s *Server) newBoard(ctx context.Context, l archive.Ladder, now time.Time) (*board, error) {
	deviation := float64(variantDeviation)
	if l != "chess960" {
		deviation = speedDeviation
	}
	b := &board{at: now, wish: archive.Ranking{Ladder: l, MaxDeviation: deviation, Since: now.Add(-boardSince), N: boardSize}}
	var err error
	if b.list, err = s.lib.Ratings.Leaders(ctx, b.wish); err != nil {
		return nil, err
	}
	if s.lib.Standings != nil && len(b.list) == boardSize {
		if b.all, err = s.lib.Standings.Ranked(ctx, b.wish); err != nil {
			return nil, err
		}
	}
	b.ranks = make(map[account.ID]int, len(b.list))
	for i, r := range b.list {
		b.ranks[r.User] = i + 1
	}
	return b, nil
}

// size is how many are ranked.
func (b *board) size() int { return max(len(b.list), len(b.all)) }

// progressOf returns what the last games of somebody changed, and remembers it
// as long as the board.
func (s *Server) progressOf(ctx context.Context, b *board, one archive.Rating) (int, error) {
	b.mu.Lock()
	sum, known := b.progress[one.User]
	b.mu.Unlock()
	if known {
		return sum, nil
	}
	sum, err := s.progress(ctx, one)
	if err != nil {
		return 0, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.progress == nil {
		b.progress = make(map[account.ID]int)
	}
	b.progress[one.User] = sum
	return sum, nil
}

// leader is a place on a leaderboard.
type leader struct {
	Rank      int        `json:"rank"`
	Name      string     `json:"name"`
	User      account.ID `json:"user"`
	Bot       bool       `json:"bot,omitempty"`
	Rating    int        `json:"rating"`
	Deviation int        `json:"rd"`
	Games     int        `json:"games"`
	Progress  int        `json:"progress"`
	// Online is left out for who hides that.
	Online *bool `json:"online,omitempty"`
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
	body := map[string]any{"key": ladder, "next": "", "total": b.size()}
	end := min(after+limit, len(b.list))
	if body["players"], err = s.leaders(r.Context(), b, min(after, end), end); err != nil {
		return nil, err
	}
	if end < len(b.list) {
		body["next"] = strconv.Itoa(end)
	}
	return body, s.myPlace(r, b, body)
}

// leaders gives a part of a board names. Whoever has closed the account is left
// out.
func (s *Server) leaders(ctx context.Context, b *board, from, to int) ([]leader, error) {
	online := s.hub.users()
	shown := make([]leader, 0, to-from)
	for i, one := range b.list[from:to] {
		a, err := s.cfg.Accounts.Account(ctx, one.User)
		if errors.Is(err, account.ErrUnknown) || err == nil && a.Closed {
			continue
		}
		if err != nil {
			return nil, err
		}
		now := s.plainRating(one)
		row := leader{
			Rank: from + i + 1, Name: a.Name, User: a.ID, Bot: a.Role == account.RoleBot, Rating: now.Rating, Deviation: now.Deviation, Games: one.Games,
		}
		if row.Progress, err = s.progressOf(ctx, b, one); err != nil {
			return nil, err
		}
		if !a.Privacy.Hidden {
			there := online[a.ID]
			row.Online = &there
		}
		shown = append(shown, row)
	}
	return shown, nil
}

// myPlace adds where who asks stands.
func (s *Server) myPlace(r *http.Request, b *board, body map[string]any) error {
	me, err := s.old(r)
	if err != nil || me == nil {
		return err
	}
	mine, err := s.lib.Ratings.Rating(r.Context(), me.User.ID, b.wish.Ladder)
	if err != nil || mine.Games == 0 {
		return err
	}
	rank := b.rank(mine)
	if rank == nil {
		return nil
	}
	now := s.plainRating(mine)
	body["you"] = map[string]any{"rank": *rank, "rating": now.Rating, "rd": now.Deviation, "games": now.Games}
	return nil
}
