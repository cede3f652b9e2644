package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/hands"
	"kibitz/internal/table"
)

var _ hands.Chronicle = (*Store)(nil)

// HandPositions implements hands.Chronicle.
func (s *Store) HandPositions(ctx context.Context) (map[int]table.Position, error) {
	return s.Positions(ctx, hands.Project)
}

// HandSeq implements hands.Chronicle.
func (s *Store) HandSeq(ctx context.Context, k hands.Key) (seq table.Seq, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT seq FROM hands WHERE table_id = $1 AND number = $2`, string(k.Table), k.Number).Scan(&seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("hand %s: %w", k, err)
	}
	return seq, nil
}

// WriteHands implements hands.Chronicle.
func (s *Store) WriteHands(ctx context.Context, b *hands.Batch) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		if len(b.Hands) > 0 {
			if err := passGate(ctx, tx); err != nil {
				return nil, err
			}
		}
		w := handWriter{tx: tx, tallies: make(map[tallyKey]*hands.Tally), closed: make(map[account.ID]bool)}
		for i := range b.Hands {
			if err := w.hand(ctx, &b.Hands[i]); err != nil {
				return nil, fmt.Errorf("hand %s: %w", b.Hands[i].Hand.Key, err)
			}
		}
		if err := w.writeTallies(ctx); err != nil {
			return nil, err
		}
		if err := writePoison(ctx, tx, &archive.Batch{Poison: b.Poison}); err != nil {
			return nil, err
		}
		return nil, reach(ctx, tx, hands.Project, b.Positions)
	})
}

// passGate waits for whoever else writes hands, until the end of the
// transaction.
func passGate(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE hand_gate SET writes = writes + 1 WHERE id = 1`)
	return err
}

// handWriter writes the hands of a batch.
type handWriter struct {
	tx      *sql.Tx
	tallies map[tallyKey]*hands.Tally
	closed  map[account.ID]bool
}

type tallyKey struct {
	user account.ID
	hands.Class
}

// hand writes one. What is there already takes the longer record alone.
func (w *handWriter) hand(ctx context.Context, f *hands.Finished) error {
	h := &f.Hand
	done, err := w.tx.ExecContext(ctx, `INSERT INTO hands (table_id, number, kind, variant, bounds, format, stakes, private, began_ms, ended_ms, pot, board, seq, blob)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (table_id, number) DO NOTHING`,
		string(h.Table), h.Number, string(h.Kind), h.Variant, h.Limit, string(h.Format), h.Stakes, bit(h.Private),
		stamp(h.Began), stamp(h.Ended), h.Pot, h.Board, int64(h.Seq), f.Blob)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		if err == nil {
			_, err = w.tx.ExecContext(ctx, `UPDATE hands SET seq = $1, blob = $2 WHERE table_id = $3 AND number = $4 AND seq < $1`,
				int64(h.Seq), f.Blob, string(h.Table), h.Number)
		}
		return err
	}
	if err := w.players(ctx, h); err != nil {
		return err
	}
	return w.count(ctx, f)
}

var intoHandPlayers = insert{
	into:    `hand_players (table_id, number, seat, user_id, name, house, net, won, showdown, cards, variant, format, stakes, ended_ms)`,
	columns: 14,
}

func (w *handWriter) players(ctx context.Context, h *hands.Hand) error {
	rows := make([][]any, 0, len(h.Players))
	for _, p := range h.Players {
		name, cards := p.Name, p.Cards
		gone, err := w.gone(ctx, p)
		if err != nil {
			return err
		}
		if gone {
			name, cards = archive.ClosedName, ""
		}
		rows = append(rows, []any{string(h.Table), h.Number, int64(p.Seat), string(p.User), name, bit(p.House), p.Net, p.Won, bit(p.Showdown),
			cards, h.Variant, string(h.Format), h.Stakes, stamp(h.Ended)})
	}
	return intoHandPlayers.rows(ctx, w.tx, rows)
}

// gone reports whether the account of a player is closed.
func (w *handWriter) gone(ctx context.Context, p hands.Player) (bool, error) {
	if p.House {
		return false, nil
	}
	if gone, ok := w.closed[p.User]; ok {
		return gone, nil
	}
	gone, err := closed(ctx, w.tx, p.User)
	w.closed[p.User] = gone
	return gone, err
}

// count adds what the players of a hand did, house players and closed accounts
// left out.
func (w *handWriter) count(ctx context.Context, f *hands.Finished) error {
	for i, p := range f.Hand.Players {
		if p.House || w.closed[p.User] || i >= len(f.Counts) {
			continue
		}
		t, err := w.tally(ctx, tallyKey{p.User, f.Hand.Class})
		if err != nil {
			return err
		}
		t.Take(&f.Hand, p, f.Counts[i])
	}
	return nil
}

// tally returns what a player did before.
func (w *handWriter) tally(ctx context.Context, k tallyKey) (*hands.Tally, error) {
	if t, ok := w.tallies[k]; ok {
		return t, nil
	}
	rows, err := w.tx.QueryContext(ctx, `SELECT `+tallyColumns+` FROM hand_tallies
		WHERE user_id = $1 AND variant = $2 AND bounds = $3 AND format = $4`, string(k.user), k.Variant, k.Limit, string(k.Format))
	all, err := scanAll(rows, err, scanTally)
	if err != nil {
		return nil, err
	}
	t := &hands.Tally{User: k.user, Class: k.Class, Counts: hands.Counts{}}
	if len(all) > 0 {
		t = &all[0]
	}
	w.tallies[k] = t
	return t, nil
}

const tallyColumns = `user_id, variant, bounds, format, counts, best_won, best_table, best_number`

func scanTally(r *sql.Rows) (t hands.Tally, err error) {
	var counts []byte
	if err := r.Scan(&t.User, &t.Variant, &t.Limit, &t.Format, &counts, &t.Won, &t.Best.Table, &t.Best.Number); err != nil {
		return t, err
	}
	return t, json.Unmarshal(counts, &t.Counts)
}

var intoTallies = insert{
	into: `hand_tallies (` + tallyColumns + `)`, columns: 8,
	tail: `ON CONFLICT (user_id, variant, bounds, format) DO UPDATE SET counts = excluded.counts,
		best_won = excluded.best_won, best_table = excluded.best_table, best_number = excluded.best_number`,
}

func (w *handWriter) writeTallies(ctx context.Context) error {
	var rows [][]any
	for _, t := range w.tallies {
		counts, err := json.Marshal(t.Counts)
		if err != nil {
			return err
		}
		rows = append(rows, []any{string(t.User), t.Variant, t.Limit, string(t.Format), string(counts), t.Won, string(t.Best.Table), t.Best.Number})
	}
	return intoTallies.rows(ctx, w.tx, rows)
}

// eraseHands takes a part of what names a closed account out of hands, and
// reports whether nothing is left. The hands stay, for those of others are made
// of them.
func eraseHands(ctx context.Context, tx *sql.Tx, user account.ID) (done bool, err error) {
	if err := passGate(ctx, tx); err != nil {
		return false, err
	}
	res, err := tx.ExecContext(ctx, `UPDATE hand_players SET name = $1, cards = '' WHERE user_id = $2 AND house = 0 AND (table_id, number, seat) IN
		(SELECT table_id, number, seat FROM hand_players WHERE user_id = $2 AND house = 0 AND name <> $1 LIMIT $3)`,
		archive.ClosedName, string(user), maxErased)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); n == maxErased || err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM hand_tallies WHERE user_id = $1`, string(user))
	return err == nil, err
}
