package httpapi

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/clock"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// The games on a page of a history.
const (
	pageOfGames = 20
	mostOfGames = 50
)

// gameRow is a finished game in a list.
type gameRow struct {
	Table       table.ID        `json:"table"`
	Kind        game.Kind       `json:"kind"`
	Variant     string          `json:"variant"`
	Speed       clock.Speed     `json:"speed"`
	Control     string          `json:"control"`
	Rated       bool            `json:"rated"`
	EndedMillis int64           `json:"ended_at"`
	Plies       int             `json:"plies"`
	Players     []export.Player `json:"players"`
	You         game.Seat       `json:"you"`
	Result      gameResult      `json:"result"`
	ECO         string          `json:"eco,omitempty"`
	Opening     string          `json:"opening,omitempty"`
	// FEN is the last position, where the game has one.
	FEN string `json:"fen,omitempty"`
}

type gameResult struct {
	Status string     `json:"status"`
	Winner *game.Seat `json:"winner"`
}

func rowOf(e *archive.Entry) gameRow {
	g := &e.Game
	row := gameRow{
		Table: g.ID, Kind: g.Kind, Variant: g.Variant, Speed: g.Speed, Control: g.Control.String(), Rated: g.Rated,
		EndedMillis: g.Ended.UnixMilli(), Plies: g.Plies, You: e.Seat, Result: gameResult{Status: g.Status},
		ECO: g.Opening.ECO, Opening: g.Opening.Name,
	}
	for _, p := range g.Players {
		row.Players = append(row.Players, export.PlayerOf(p))
	}
	if g.Winners != 0 {
		winner := g.Winners.First()
		row.Result.Winner = &winner
	}
	return row
}

// getUserGames lists the finished games of somebody.
func (s *Server) getUserGames(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	q := r.URL.Query()
	source, err := choice(q, "source", map[string]bool{"played": false, "import": true})
	if err != nil {
		return nil, err
	}
	if source {
		return s.getLibrary(r, a, q)
	}
	if s.lib.History == nil {
		return nil, account.ErrNotFound
	}
	filter, err := s.historyFilter(r, q)
	if err != nil {
		return nil, err
	}
	page, err := pageOf(q, pageOfGames, mostOfGames)
	if err != nil {
		return nil, err
	}
	entries, next, err := s.lib.History.History(r.Context(), a.ID, filter, page)
	if err != nil {
		return nil, err
	}
	rows := make([]gameRow, 0, len(entries))
	for i := range entries {
		row := rowOf(&entries[i])
		row.FEN = s.final(r.Context(), row.Table)
		rows = append(rows, row)
	}
	return map[string]any{"games": rows, "next": next.String()}, nil
}

// final returns the last position of a game. A game that cannot be read must
// not keep somebody from all others.
func (s *Server) final(ctx context.Context, id table.ID) string {
	if s.lib.Finals == nil {
		return ""
	}
	fen, err := s.lib.Finals.FEN(ctx, id)
	if err != nil && ctx.Err() == nil {
		s.cfg.Log.Warn("a game is listed without its last position", "table", id, "err", err)
	}
	return fen
}

// pageOf reads cursor and limit.
func pageOf(q url.Values, usual, most int) (archive.Page, error) {
	before, err := archive.ParseCursor(q.Get("cursor"))
	if err != nil {
		return archive.Page{}, err
	}
	size, err := number(q, "limit", 1, most)
	if size == 0 {
		size = usual
	}
	return archive.Page{Before: before, Size: size}, err
}

// number reads a whole number from a query; 0 for none.
func number(q url.Values, name string, least, most int) (int, error) {
	text := q.Get(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%w: %s is a number from %d to %d", game.ErrMalformed, name, least, most)
	}
	return n, nil
}

// choice returns what a word in a query stands for; the zero T for none.
func choice[T any](q url.Values, name string, words map[string]T) (T, error) {
	text := q.Get(name)
	value, ok := words[text]
	if text != "" && !ok {
		return value, fmt.Errorf("%w: %s cannot be %.20q", game.ErrMalformed, name, text)
	}
	return value, nil
}

// ladders are the words for what has a rating of its own.
var ladders = map[string]archive.Ladder{
	"ultraBullet": "ultraBullet", "bullet": "bullet", "blitz": "blitz", "rapid": "rapid", "classical": "classical",
	"correspondence": "correspondence", "chess960": "chess960", "fromPosition": "fromPosition",
}

// historyFilter reads the filters of a history from a query.
func (s *Server) historyFilter(r *http.Request, q url.Values) (archive.Filter, error) {
	var f archive.Filter
	var errs [6]error
	f.Ladder, errs[0] = choice(q, "speed", ladders)
	f.Result, errs[1] = choice(q, "result", map[string]archive.Result{"win": archive.Win, "draw": archive.Draw, "loss": archive.Loss})
	f.Seats, errs[2] = choice(q, "color", map[string]game.Seats{"white": game.SeatSet(0), "black": game.SeatSet(1)})
	f.Rated, errs[3] = choice(q, "rated", map[string]archive.Which{"true": archive.Only, "false": archive.Never})
	f.From, errs[4] = day(q, "from")
	f.To, errs[5] = day(q, "to")
	if !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1)
	}
	if kind := q.Get("kind"); kind != "" && s.cfg.Catalog[game.Kind(kind)] == nil {
		return f, fmt.Errorf("%w: kind cannot be %.20q", game.ErrMalformed, kind)
	}
	if err := errors.Join(errs[:]...); err != nil {
		return f, err
	}
	if name := q.Get("opponent"); name != "" {
		a, err := s.cfg.Accounts.Named(r.Context(), name)
		if errors.Is(err, account.ErrUnknown) {
			a.ID, err = "-", nil // nobody has played against nobody
		}
		f.Opponent = a.ID
		return f, err
	}
	return f, nil
}

// day reads a day, in UTC.
func day(q url.Values, name string) (time.Time, error) {
	text := q.Get(name)
	if text == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.DateOnly, text)
	if err != nil || at.Year() < 1970 || at.Year() > 9000 {
		return at, fmt.Errorf("%w: %s is a day, as 2026-03-14", game.ErrMalformed, name)
	}
	return at, nil
}

// ratingAnswer is a rating as people see it.
type ratingAnswer struct {
	Key         archive.Ladder `json:"key"`
	Rating      int            `json:"rating"`
	Deviation   int            `json:"rd"`
	Provisional bool           `json:"provisional"`
	Games       int            `json:"games"`
	Rank        *int           `json:"rank"`
	Progress    int            `json:"progress"`
	Spark       []int          `json:"spark,omitempty"`
}

// plainRating is a rating without what is looked up elsewhere. It has grown
// unsure since the last game.
func (s *Server) plainRating(r archive.Rating) ratingAnswer {
	now := r.Idle(s.cfg.Now().Sub(r.At).Hours() / 24)
	return ratingAnswer{
		Key: r.Ladder, Rating: now.Rounded(), Deviation: int(math.Round(now.Deviation)),
		Provisional: now.Provisional(), Games: r.Games,
	}
}

// getMyRatings answers with one's own ratings.
func (s *Server) getMyRatings(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	list := []ratingAnswer{}
	if s.lib.Ratings != nil {
		all, err := s.lib.Ratings.Ratings(r.Context(), me.User.ID)
		if err != nil {
			return nil, err
		}
		for _, one := range all {
			list = append(list, s.plainRating(one))
		}
	}
	return map[string]any{"ratings": list}, nil
}

// The last games whose change is shown, and the days in a small chart.
const (
	progressGames = 12
	sparkDays     = 30
	maxPoints     = 2000
)

// ratingsOf returns the ratings of somebody for their page.
func (s *Server) ratingsOf(ctx context.Context, user account.ID) ([]ratingAnswer, error) {
	list := []ratingAnswer{}
	if s.lib.Ratings == nil {
		return list, nil
	}
	all, err := s.lib.Ratings.Ratings(ctx, user)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		full, err := s.fullRating(ctx, one)
		if err != nil {
			return nil, err
		}
		list = append(list, full)
	}
	return list, nil
}

func (s *Server) fullRating(ctx context.Context, one archive.Rating) (ratingAnswer, error) {
	full := s.plainRating(one)
	days, err := s.lib.Ratings.RatingDays(ctx, one.User, one.Ladder, sparkDays)
	if err != nil {
		return full, err
	}
	for _, d := range days {
		full.Spark = append(full.Spark, int(math.Round(d.Rating)))
	}
	board, err := s.board(ctx, one.Ladder)
	if err != nil {
		return full, err
	}
	full.Rank = board.rank(one)
	full.Progress, err = s.progress(ctx, one)
	return full, err
}

// progress is what the last games changed.
func (s *Server) progress(ctx context.Context, one archive.Rating) (int, error) {
	if s.lib.History == nil {
		return 0, nil
	}
	last, _, err := s.lib.History.History(ctx, one.User,
		archive.Filter{Ladder: one.Ladder, Rated: archive.Only}, archive.Page{Size: progressGames})
	sum := 0
	for _, e := range last {
		if p := e.Game.Players[e.Seat]; p.Before > 0 && p.After > 0 {
			sum += p.After - p.Before
		}
	}
	return sum, err
}

// getRatingHistory answers with the points of a chart.
func (s *Server) getRatingHistory(r *http.Request) (any, error) {
	a, err := s.person(r, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	ladder, ok := ladders[r.PathValue("key")]
	if !ok || s.lib.Ratings == nil {
		return nil, account.ErrNotFound
	}
	from, err := number(r.URL.Query(), "from", 0, math.MaxInt)
	if err != nil {
		return nil, err
	}
	days, err := s.lib.Ratings.RatingDays(r.Context(), a.ID, ladder, maxPoints)
	points := [][2]int64{}
	for _, d := range days {
		if at := int64(d.Day) * 24 * 60 * 60 * 1000; at >= int64(from)-24*60*60*1000 {
			points = append(points, [2]int64{at, int64(math.Round(d.Rating))})
		}
	}
	return map[string]any{"key": ladder, "points": points}, err
}
