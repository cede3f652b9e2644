package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

var _ archive.Games = (*Store)(nil)

// gameColumns are those of games g, in the order of gameRow and scanGame.
const gameColumns = `g.number, g.id, g.kind, g.variant, g.speed, g.initial_ms, g.increment_ms, g.delay_ms, g.days, g.origin, g.rated,
	g.prior, g.series, g.players, g.status, g.winners, g.void, g.created_ms, g.started_ms, g.ended_ms, g.plies, g.eco, g.opening`

var intoGames = insert{
	into: `games (number, id, kind, variant, speed, initial_ms, increment_ms, delay_ms, days, origin, rated,
		prior, series, players, status, winners, void, created_ms, started_ms, ended_ms, plies, eco, opening)`, columns: 23,
}

// player is the stored form of archive.Player. Never rename a field.
type player struct {
	ID          account.ID `json:"u,omitempty"`
	Name        string     `json:"n,omitempty"`
	Guest       bool       `json:"g,omitempty"`
	House       int        `json:"h,omitempty"`
	Bot         bool       `json:"t,omitempty"`
	Before      int        `json:"b,omitempty"`
	After       int        `json:"a,omitempty"`
	Provisional bool       `json:"p,omitempty"`
}

func encodePlayers(all []archive.Player) (string, error) {
	stored := make([]player, len(all))
	for i, p := range all {
		stored[i] = player(p)
	}
	text, err := json.Marshal(stored)
	return string(text), err
}

func decodePlayers(text []byte) ([]archive.Player, error) {
	var stored []player
	if err := json.Unmarshal(text, &stored); err != nil {
		return nil, fmt.Errorf("players: %w", err)
	}
	all := make([]archive.Player, len(stored))
	for i, p := range stored {
		all[i] = archive.Player(p)
	}
	return all, nil
}

func gameRow(g *archive.Game) ([]any, error) {
	players, err := encodePlayers(g.Players)
	if err != nil {
		return nil, err
	}
	c := g.Control
	return []any{g.Number, string(g.ID), string(g.Kind), g.Variant, string(g.Speed),
		c.Initial.Milliseconds(), c.Increment.Milliseconds(), c.Delay.Milliseconds(), c.Days, string(g.Origin), bit(g.Rated),
		string(g.Prior), g.Series, players, g.Status, int64(g.Winners), bit(g.Void),
		stamp(g.Created), stamp(g.Started), stamp(g.Ended), g.Plies, g.Opening.ECO, g.Opening.Name}, nil
}

// scanner is a row.
type scanner interface{ Scan(...any) error }

// scanGame reads gameColumns, and what stands behind them into more.
func scanGame(r scanner, more ...any) (archive.Game, error) {
	var g archive.Game
	var players []byte
	var winners, created, started, ended int64
	var control [3]int64
	err := r.Scan(append([]any{&g.Number, &g.ID, &g.Kind, &g.Variant, &g.Speed, &control[0], &control[1], &control[2], &g.Control.Days,
		&g.Origin, &g.Rated, &g.Prior, &g.Series, &players, &g.Status, &winners, &g.Void,
		&created, &started, &ended, &g.Plies, &g.Opening.ECO, &g.Opening.Name}, more...)...)
	if err != nil {
		return g, err
	}
	g.Control.Initial = time.Duration(control[0]) * time.Millisecond
	g.Control.Increment = time.Duration(control[1]) * time.Millisecond
	g.Control.Delay = time.Duration(control[2]) * time.Millisecond
	g.Winners = game.Seats(winners)
	g.Created, g.Started, g.Ended = moment(created), moment(started), moment(ended)
	g.Players, err = decodePlayers(players)
	return g, err
}

// Game implements archive.Games.
func (s *Store) Game(ctx context.Context, id table.ID) (archive.Game, error) {
	g, err := scanGame(s.read.QueryRowContext(ctx, `SELECT `+gameColumns+` FROM games g WHERE g.id = $1`, string(id)))
	return g, unknownGame(id, err)
}

// Record implements archive.Games.
func (s *Store) Record(ctx context.Context, id table.ID) (archive.Game, []byte, error) {
	var blob []byte
	g, err := scanGame(s.read.QueryRowContext(ctx,
		`SELECT `+gameColumns+`, r.blob FROM games g JOIN records r ON r.number = g.number WHERE g.id = $1`, string(id)), &blob)
	return g, blob, unknownGame(id, err)
}

func unknownGame(id table.ID, err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return archive.ErrUnknown
	}
	if err != nil {
		return fmt.Errorf("game %s: %w", id, err)
	}
	return nil
}

// After implements archive.Games.
func (s *Store) After(ctx context.Context, number int64, n int) ([]archive.Game, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+gameColumns+` FROM games g WHERE g.number > $1 ORDER BY g.number LIMIT $2`, number, n)
	games, err := scanAll(rows, err, func(r *sql.Rows) (archive.Game, error) { return scanGame(r) })
	if err != nil {
		return nil, fmt.Errorf("games after %d: %w", number, err)
	}
	return games, nil
}

// writeFinished stores games that are new with a number each, and the records
// of all.
func writeFinished(ctx context.Context, tx *sql.Tx, b *archive.Batch) error {
	if len(b.Finished) == 0 {
		return nil
	}
	ids := make([]table.ID, len(b.Finished))
	for i := range b.Finished {
		ids[i] = b.Finished[i].Game.ID
	}
	known, err := numbered(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := number(ctx, tx, b.Finished, known); err != nil {
		return err
	}
	if err := dropMoves(ctx, tx, ids); err != nil {
		return err
	}
	return insertFinished(ctx, tx, b.Finished, known)
}

// numbered returns the numbers of the games that are stored.
func numbered(ctx context.Context, tx *sql.Tx, ids []table.ID) (map[table.ID]int64, error) {
	// Whoever holds this row is alone in writing games.
	if _, err := tx.ExecContext(ctx, `UPDATE numbering SET last = last WHERE id = 1`); err != nil {
		return nil, err
	}
	known := make(map[table.ID]int64)
	return known, inChunks(ids, func(list string, args []any) error {
		rows, err := tx.QueryContext(ctx, `SELECT id, number FROM games WHERE id IN `+list, args...)
		_, err = scanAll(rows, err, func(r *sql.Rows) (none struct{}, err error) {
			var id table.ID
			var n int64
			err = r.Scan(&id, &n)
			known[id] = n
			return none, err
		})
		return err
	})
}

// number gives every game its number: the one it has, or the next.
func number(ctx context.Context, tx *sql.Tx, all []archive.Finished, known map[table.ID]int64) error {
	var last int64
	if err := tx.QueryRowContext(ctx, `UPDATE numbering SET last = last + $1 WHERE id = 1 RETURNING last`,
		len(all)-len(known)).Scan(&last); err != nil {
		return err
	}
	next := last - int64(len(all)-len(known))
	for i := range all {
		g := &all[i].Game
		if g.Number = known[g.ID]; g.Number == 0 {
			next++
			g.Number = next
		}
	}
	return nil
}

var (
	intoRecords = insert{
		into: `records (number, blob)`, columns: 2, tail: `ON CONFLICT (number) DO UPDATE SET blob = excluded.blob`,
	}
	intoHistory = insert{
		into: `history (user_id, ended_ms, number, seat, result, rated, ladder, opponent)`, columns: 8,
	}
)

func insertFinished(ctx context.Context, tx *sql.Tx, all []archive.Finished, known map[table.ID]int64) error {
	var games, records, history [][]any
	for i := range all {
		g := &all[i].Game
		records = append(records, []any{g.Number, all[i].Blob})
		if _, stored := known[g.ID]; stored {
			continue
		}
		row, err := gameRow(g)
		if err != nil {
			return err
		}
		games = append(games, row)
		history = append(history, historyRows(g)...)
	}
	if err := intoGames.rows(ctx, tx, games); err != nil {
		return err
	}
	if err := intoRecords.rows(ctx, tx, records); err != nil {
		return err
	}
	return intoHistory.rows(ctx, tx, history)
}

// historyRows returns a row for every person who played and
// has a history.
func historyRows(g *archive.Game) [][]any {
	var rows [][]any
	for i, p := range g.Players {
		if p.Historied() {
			seat := game.Seat(i)
			rows = append(rows, []any{string(p.ID), stamp(g.Ended), g.Number, i, int64(g.Result(seat)), bit(g.Rated),
				string(g.Ladder()), string(g.Opponent(seat).ID)})
		}
	}
	return rows
}
