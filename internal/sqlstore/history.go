package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
)

var _ archive.History = (*Store)(nil)

// History implements archive.History. It looks in the index for the games of
// the page, and then at these alone.
func (s *Store) History(ctx context.Context, user account.ID, f archive.Filter, p archive.Page) ([]archive.Entry, archive.Cursor, error) {
	size := min(max(p.Size, 1), archive.MaxPage)
	q := historyQuery(user, f, p.Before)
	rows, err := s.read.QueryContext(ctx, q.text(size+1), q.args...)
	entries, err := scanAll(rows, err, func(r *sql.Rows) (e archive.Entry, err error) {
		var seat, result int64
		e.Game, err = scanGame(r, &seat, &result)
		e.Seat, e.Result = game.Seat(seat), archive.Result(result)
		return e, err
	})
	if err != nil {
		return nil, archive.Cursor{}, fmt.Errorf("history of %s: %w", user, err)
	}
	if len(entries) <= size {
		return entries, archive.Cursor{}, nil
	}
	last := &entries[size-1].Game
	return entries[:size], archive.Cursor{EndedMillis: stamp(last.Ended), Number: last.Number}, nil
}

// query collects conditions, and the arguments of each.
type query struct {
	where []string
	args  []any
}

// and adds a condition whose ? are the next arguments.
func (q *query) and(condition string, args ...any) {
	for _, arg := range args {
		q.args = append(q.args, arg)
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(q.args)), 1)
	}
	q.where = append(q.where, condition)
}

func historyQuery(user account.ID, f archive.Filter, before archive.Cursor) *query {
	q := &query{}
	q.and("user_id = ?", string(user))
	if f.Opponent != "" {
		q.and("opponent = ?", string(f.Opponent))
	}
	if f.Ladder != "" {
		q.and("ladder = ?", string(f.Ladder))
	}
	if f.Result != 0 {
		q.and("result = ?", int64(f.Result))
	}
	if f.Rated != archive.Either {
		q.and("rated = ?", bit(f.Rated == archive.Only))
	}
	q.seats(f.Seats)
	q.span(f.From, f.To, before)
	return q
}

func (q *query) seats(seats game.Seats) {
	var list []string
	for seat := range seats.All() {
		list = append(list, fmt.Sprint(int(seat)))
	}
	if len(list) > 0 {
		q.and("seat IN (" + strings.Join(list, ",") + ")")
	}
}

// span bounds the end of the games. The cursor alone is a bound that every
// index understands.
func (q *query) span(from, to time.Time, before archive.Cursor) {
	if !from.IsZero() {
		q.and("ended_ms >= ?", stamp(from))
	}
	if !to.IsZero() {
		q.and("ended_ms < ?", stamp(to))
	}
	if before != (archive.Cursor{}) {
		q.and("(ended_ms, number) < (?, ?)", before.EndedMillis, before.Number)
	}
}

func (q *query) text(limit int) string {
	return `SELECT ` + gameColumns + `, h.seat, h.result FROM (
		SELECT ended_ms, number, seat, result FROM history WHERE ` + strings.Join(q.where, " AND ") +
		fmt.Sprintf(` ORDER BY ended_ms DESC, number DESC LIMIT %d) h
		JOIN games g ON g.number = h.number ORDER BY h.ended_ms DESC, h.number DESC`, min(limit, math.MaxInt16))
}

// HeadToHead implements archive.History.
func (s *Store) HeadToHead(ctx context.Context, user, opponent account.ID) (archive.Score, error) {
	var score archive.Score
	rows, err := s.read.QueryContext(ctx,
		`SELECT result, COUNT(*) FROM history WHERE user_id = $1 AND opponent = $2 GROUP BY result`, string(user), string(opponent))
	_, err = scanAll(rows, err, func(r *sql.Rows) (none struct{}, err error) {
		var result int64
		var n int
		err = r.Scan(&result, &n)
		switch archive.Result(result) {
		case archive.Win:
			score.Wins = n
		case archive.Draw:
			score.Draws = n
		case archive.Loss:
			score.Losses = n
		}
		return none, err
	})
	if err != nil {
		return archive.Score{}, fmt.Errorf("%s against %s: %w", user, opponent, err)
	}
	return score, nil
}
