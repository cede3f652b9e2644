package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/table"
)

var (
	_ hands.Archive = (*Store)(nil)
	_ hands.Lists   = (*Store)(nil)
	_ hands.Audit   = (*Store)(nil)
)

const handColumns = `h.table_id, h.number, h.kind, h.variant, h.bounds, h.format, h.stakes, h.private, h.began_ms, h.ended_ms, h.pot, h.board, h.seq`

// scanHand reads handColumns, and what stands behind them.
func scanHand(r *sql.Rows, more ...any) (h hands.Hand, err error) {
	var began, ended int64
	err = r.Scan(append([]any{&h.Table, &h.Number, &h.Kind, &h.Variant, &h.Limit, &h.Format, &h.Stakes, &h.Private,
		&began, &ended, &h.Pot, &h.Board, &h.Seq}, more...)...)
	h.Began, h.Ended = moment(began), moment(ended)
	return h, err
}

// Hand implements hands.Archive.
func (s *Store) Hand(ctx context.Context, k hands.Key) (hands.Hand, []byte, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+handColumns+`, h.blob FROM hands h WHERE h.table_id = $1 AND h.number = $2`, string(k.Table), k.Number)
	found, err := s.finishedHands(ctx, rows, err)
	switch {
	case err != nil:
		return hands.Hand{}, nil, fmt.Errorf("hand %s: %w", k, err)
	case len(found) == 0:
		return hands.Hand{}, nil, fmt.Errorf("%w: %s", hands.ErrUnknown, k)
	}
	h := found[0].Hand
	for i := range h.Players {
		h.Players[i].Cards = "" // each is for one reader
	}
	return h, found[0].Blob, nil
}

// finishedHands reads hands with their records and players.
func (s *Store) finishedHands(ctx context.Context, rows *sql.Rows, err error) ([]hands.Finished, error) {
	all, err := scanAll(rows, err, func(r *sql.Rows) (f hands.Finished, err error) {
		f.Hand, err = scanHand(r, &f.Blob)
		return f, err
	})
	for i := range all {
		h := &all[i].Hand
		rows, err := s.read.QueryContext(ctx, `SELECT seat, user_id, name, house, net, won, showdown, cards FROM hand_players
			WHERE table_id = $1 AND number = $2 ORDER BY seat`, string(h.Table), h.Number)
		if h.Players, err = scanAll(rows, err, scanHandPlayer); err != nil {
			return nil, err
		}
	}
	return all, err
}

func scanHandPlayer(r *sql.Rows) (p hands.Player, err error) {
	var seat int64
	err = r.Scan(&seat, &p.User, &p.Name, &p.House, &p.Net, &p.Won, &p.Showdown, &p.Cards)
	p.Seat = game.Seat(seat)
	return p, err
}

// HandsBeside implements hands.Archive.
func (s *Store) HandsBeside(ctx context.Context, k hands.Key, user account.ID) (before, after int, err error) {
	from, args := `hands WHERE table_id = $1`, []any{string(k.Table), k.Number}
	if user != "" {
		from, args = `hand_players WHERE house = 0 AND table_id = $1 AND user_id = $3`, append(args, string(user))
	}
	err = s.read.QueryRowContext(ctx, `SELECT COALESCE((SELECT MAX(number) FROM `+from+` AND number < $2), 0),
		COALESCE((SELECT MIN(number) FROM `+from+` AND number > $2), 0)`, args...).Scan(&before, &after)
	if err != nil {
		return 0, 0, fmt.Errorf("hands beside %s: %w", k, err)
	}
	return before, after, nil
}

// PlayedAt implements hands.Archive.
func (s *Store) PlayedAt(ctx context.Context, user account.ID, id table.ID) (bool, error) {
	var first int // the smallest, which an index knows
	err := s.read.QueryRowContext(ctx, `SELECT COALESCE(MIN(number), 0) FROM hand_players WHERE house = 0 AND table_id = $1 AND user_id = $2`,
		string(id), string(user)).Scan(&first)
	if err != nil {
		return false, fmt.Errorf("hands at %s: %w", id, err)
	}
	return first > 0, nil
}

const youColumns = `p.seat, p.user_id, p.name, p.house, p.net, p.won, p.showdown, p.cards`

// scanHandEntry reads a hand and, where there is one, the player whose list it is.
func scanHandEntry(r *sql.Rows) (e hands.Entry, err error) {
	var seat, net, won sql.NullInt64
	var house, showdown sql.NullBool
	var user, name, cards sql.NullString
	e.Hand, err = scanHand(r, &seat, &user, &name, &house, &net, &won, &showdown, &cards)
	if seat.Valid {
		e.You = &hands.Player{
			Seat: game.Seat(seat.Int64), User: account.ID(user.String), Name: name.String, House: house.Bool,
			Net: net.Int64, Won: won.Int64, Showdown: showdown.Bool, Cards: cards.String,
		}
	}
	return e, err
}

// filter adds the conditions of a filter on hand_players.
func (q *query) filter(f hands.Filter) {
	switch f.Result {
	case hands.Won:
		q.and("p.net > 0")
	case hands.Lost:
		q.and("p.net < 0")
	case hands.Showdown:
		q.and("p.showdown = 1")
	}
	for _, c := range []struct{ column, value string }{
		{"p.variant", f.Variant}, {"p.stakes", f.Stakes}, {"p.format", string(f.Format)}, {"p.table_id", string(f.Table)},
	} {
		if c.value != "" {
			q.and(c.column+" = ?", c.value)
		}
	}
}

// HandHistory implements hands.Lists.
func (s *Store) HandHistory(ctx context.Context, user account.ID, f hands.Filter, p hands.Page) ([]hands.Entry, hands.Cursor, error) {
	q := &query{}
	q.and("p.house = 0")
	q.and("p.user_id = ?", string(user))
	q.filter(f)
	if c := p.Before; c != (hands.Cursor{}) {
		q.and("(p.ended_ms, p.table_id, p.number) < (?, ?, ?)", c.EndedMillis, string(c.Table), c.Number)
	}
	order := ` ORDER BY p.ended_ms DESC, p.table_id DESC, p.number DESC`
	rows, err := s.read.QueryContext(ctx, `SELECT `+handColumns+`, `+youColumns+` FROM
		(SELECT * FROM hand_players p WHERE `+strings.Join(q.where, " AND ")+order+fmt.Sprintf(` LIMIT %d`, p.Limit()+1)+`) p
		JOIN hands h ON h.table_id = p.table_id AND h.number = p.number`+order, q.args...)
	return s.entriesOf(ctx, rows, err, p)
}

// TableHands implements hands.Lists.
func (s *Store) TableHands(ctx context.Context, id table.ID, user account.ID, f hands.Filter, p hands.Page) ([]hands.Entry, hands.Cursor, error) {
	q := &query{}
	q.and("p.user_id = ?", string(user))
	q.and("h.table_id = ?", string(id))
	f.Table = ""
	join := q.where[0]
	q.where = q.where[1:]
	q.filter(f)
	if p.Before != (hands.Cursor{}) {
		q.and("h.number < ?", p.Before.Number)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT `+handColumns+`, `+youColumns+` FROM hands h
		LEFT JOIN hand_players p ON p.house = 0 AND p.table_id = h.table_id AND p.number = h.number AND `+join+`
		WHERE `+strings.Join(q.where, " AND ")+fmt.Sprintf(` ORDER BY h.number DESC LIMIT %d`, p.Limit()+1), q.args...)
	return s.entriesOf(ctx, rows, err, p)
}

// entriesOf reads a page, and one more that tells that there is another.
func (s *Store) entriesOf(ctx context.Context, rows *sql.Rows, err error, p hands.Page) ([]hands.Entry, hands.Cursor, error) {
	all, err := scanAll(rows, err, scanHandEntry)
	if err != nil {
		return nil, hands.Cursor{}, fmt.Errorf("list of hands: %w", err)
	}
	var next hands.Cursor
	if len(all) > p.Limit() {
		all = all[:p.Limit()]
		last := &all[len(all)-1].Hand
		next = hands.Cursor{EndedMillis: stamp(last.Ended), Key: last.Key}
	}
	if err := s.nameWinners(ctx, all); err != nil {
		return nil, hands.Cursor{}, fmt.Errorf("winners of hands: %w", err)
	}
	return all, next, nil
}

// nameWinners adds who was paid out.
func (s *Store) nameWinners(ctx context.Context, all []hands.Entry) error {
	if len(all) == 0 {
		return nil
	}
	q := &query{}
	for i := range all {
		q.and("(table_id = ? AND number = ?)", string(all[i].Hand.Table), all[i].Hand.Number)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT table_id, number, name FROM hand_players WHERE won > 0 AND (`+
		strings.Join(q.where, " OR ")+`) ORDER BY won DESC, seat`, q.args...)
	type winner struct {
		hands.Key
		name string
	}
	found, err := scanAll(rows, err, func(r *sql.Rows) (w winner, err error) {
		err = r.Scan(&w.Table, &w.Number, &w.name)
		return w, err
	})
	winners := make(map[hands.Key][]string, len(all))
	for _, w := range found {
		winners[w.Key] = append(winners[w.Key], w.name)
	}
	for i := range all {
		all[i].Winners = winners[all[i].Hand.Key]
	}
	return err
}

// HandTallies implements hands.Lists.
func (s *Store) HandTallies(ctx context.Context, user account.ID) ([]hands.Tally, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+tallyColumns+` FROM hand_tallies WHERE user_id = $1 ORDER BY variant, bounds, format`, string(user))
	return tallies(rows, err)
}

// AllTallies implements hands.Audit.
func (s *Store) AllTallies(ctx context.Context) ([]hands.Tally, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+tallyColumns+` FROM hand_tallies ORDER BY user_id, variant, bounds, format`)
	return tallies(rows, err)
}

func tallies(rows *sql.Rows, err error) ([]hands.Tally, error) {
	all, err := scanAll(rows, err, scanTally)
	if err != nil {
		return nil, fmt.Errorf("statistics of hands: %w", err)
	}
	return all, nil
}

// HandsAfter implements hands.Audit.
func (s *Store) HandsAfter(ctx context.Context, k hands.Key, n int) ([]hands.Finished, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT `+handColumns+`, h.blob FROM hands h
		WHERE (h.table_id, h.number) > ($1, $2) ORDER BY h.table_id, h.number LIMIT $3`, string(k.Table), k.Number, n)
	all, err := s.finishedHands(ctx, rows, err)
	if err != nil {
		return nil, fmt.Errorf("hands: %w", err)
	}
	return all, nil
}
