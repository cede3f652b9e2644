package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/ledger"
	"kibitz/internal/table"
)

var (
	_ ledger.Book     = (*Store)(nil)
	_ ledger.Follower = (*Store)(nil)
)

// projectLedger is the projection that follows what tables pay.
const projectLedger = "ledger"

const transferColumns = `id, at_ms, giver, taker, chips, why, state`

func scanTransfer(r *sql.Rows) (t ledger.Transfer, err error) {
	var at int64
	err = r.Scan(&t.ID, &at, &t.From, &t.To, &t.Chips, &t.Why, &t.State)
	t.At = moment(at)
	return t, err
}

// Move implements ledger.Book.
func (s *Store) Move(ctx context.Context, t ledger.Transfer) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) { return move(ctx, tx, t) })
}

// move makes a transfer in a transaction. The row of the account that pays is
// locked by taking from it, before its balance is looked at.
func move(ctx context.Context, tx *sql.Tx, t ledger.Transfer) (refusal, err error) {
	if t.Chips <= 0 {
		return fmt.Errorf("transfer %s of %d chips: there is nothing to move", t.ID, t.Chips), nil
	}
	var state ledger.State
	switch err := tx.QueryRowContext(ctx, `SELECT state FROM transfers WHERE id = $1`, t.ID).Scan(&state); {
	case err == nil && state == ledger.Cancelled:
		return ledger.ErrCancelled, nil
	case err == nil:
		return nil, nil
	case !errors.Is(err, sql.ErrNoRows):
		return nil, err
	}
	if refusal, err := pays(ctx, tx, t); refusal != nil || err != nil {
		return refusal, err
	}
	if err := change(ctx, tx, t.To, t.Chips); err != nil {
		return nil, err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO transfers (`+transferColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		t.ID, stamp(t.At), string(t.From), string(t.To), t.Chips, t.Why, string(t.State))
	return nil, err
}

// pays takes the chips of a transfer from who gives them. Where they are too
// few, nothing is changed.
func pays(ctx context.Context, tx *sql.Tx, t ledger.Transfer) (refusal, err error) {
	if !t.From.Bounded() {
		return nil, change(ctx, tx, t.From, -t.Chips)
	}
	done, err := tx.ExecContext(ctx, `UPDATE balances SET chips = chips - $1 WHERE account = $2 AND chips >= $1`, t.Chips, string(t.From))
	if err != nil {
		return nil, err
	}
	if n, err := done.RowsAffected(); n > 0 || err != nil {
		return nil, err
	}
	var has int64
	err = tx.QueryRowContext(ctx, `SELECT chips FROM balances WHERE account = $1`, string(t.From)).Scan(&has)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	return ledger.Explain(has, t.Chips), nil
}

// change adds to the balance of an account.
func change(ctx context.Context, tx *sql.Tx, a ledger.Account, by int64) error {
	_, err := tx.ExecContext(ctx,
		`INSERT INTO balances (account, chips) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET chips = balances.chips + excluded.chips`,
		string(a), by)
	return err
}

// Cancel implements ledger.Book.
func (s *Store) Cancel(ctx context.Context, id string) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		var t ledger.Transfer
		err := tx.QueryRowContext(ctx,
			`UPDATE transfers SET state = 'cancelled' WHERE id = $1 AND state = 'open' RETURNING giver, taker, chips`, id).
			Scan(&t.From, &t.To, &t.Chips)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if err := change(ctx, tx, t.To, -t.Chips); err != nil {
			return nil, err
		}
		return nil, change(ctx, tx, t.From, t.Chips)
	})
}

// Made implements ledger.Book.
func (s *Store) Made(ctx context.Context, id string) (bool, error) {
	var n int
	if err := s.read.QueryRowContext(ctx, `SELECT COUNT(*) FROM transfers WHERE id = $1`, id).Scan(&n); err != nil {
		return false, fmt.Errorf("transfer %s: %w", id, err)
	}
	return n > 0, nil
}

// Balance implements ledger.Book.
func (s *Store) Balance(ctx context.Context, a ledger.Account) (int64, error) {
	var chips int64
	err := s.read.QueryRowContext(ctx, `SELECT chips FROM balances WHERE account = $1`, string(a)).Scan(&chips)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("balance of %s: %w", a, err)
	}
	return chips, nil
}

// Transfers implements ledger.Book.
func (s *Store) Transfers(ctx context.Context, a ledger.Account, before time.Time, n int) ([]ledger.Transfer, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+transferColumns+` FROM transfers WHERE giver = $1 AND at_ms < $2
		 UNION ALL SELECT `+transferColumns+` FROM transfers WHERE taker = $1 AND at_ms < $2
		 ORDER BY at_ms DESC, id DESC LIMIT $3`, string(a), stamp(before), n)
	return transfers(rows, err, "transfers")
}

// Stale implements ledger.Book.
func (s *Store) Stale(ctx context.Context, before time.Time, n int) ([]ledger.Transfer, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT `+transferColumns+` FROM transfers WHERE state = 'open' AND at_ms < $1 ORDER BY at_ms LIMIT $2`, stamp(before), n)
	return transfers(rows, err, "open transfers")
}

func transfers(rows *sql.Rows, err error, what string) ([]ledger.Transfer, error) {
	all, err := scanAll(rows, err, scanTransfer)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return all, nil
}

// Accounts implements ledger.Book.
func (s *Store) Accounts(ctx context.Context, do func(ledger.Account, int64) error) error {
	type balance struct {
		of    ledger.Account
		chips int64
	}
	rows, err := s.read.QueryContext(ctx, `SELECT account, chips FROM balances WHERE chips <> 0 ORDER BY account`)
	all, err := scanAll(rows, err, func(r *sql.Rows) (b balance, err error) { return b, r.Scan(&b.of, &b.chips) })
	if err != nil {
		return fmt.Errorf("balances: %w", err)
	}
	for _, b := range all {
		if err := do(b.of, b.chips); err != nil {
			return err
		}
	}
	return nil
}

// Audit implements ledger.Book.
func (s *Store) Audit(ctx context.Context) ([]ledger.Account, error) {
	rows, err := s.read.QueryContext(ctx,
		`SELECT account FROM (
		   SELECT account, chips FROM balances
		   UNION ALL SELECT taker, -chips FROM transfers WHERE state <> 'cancelled'
		   UNION ALL SELECT giver, chips FROM transfers WHERE state <> 'cancelled') AS lines
		 GROUP BY account HAVING SUM(chips) <> 0 ORDER BY account`)
	all, err := scanAll(rows, err, func(r *sql.Rows) (a ledger.Account, err error) { return a, r.Scan(&a) })
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return all, nil
}

// LedgerPositions implements ledger.Follower.
func (s *Store) LedgerPositions(ctx context.Context) (map[int]table.Position, error) {
	return s.Positions(ctx, projectLedger)
}

// Enter implements ledger.Follower. What tables pay they have: that a table is
// short is an error of ours, which undoes everything.
func (s *Store) Enter(ctx context.Context, e ledger.Entries) error {
	return s.submit(ctx, func(ctx context.Context, tx *sql.Tx) (error, error) {
		for _, id := range e.Settled {
			if _, err := tx.ExecContext(ctx, `UPDATE transfers SET state = 'done' WHERE id = $1 AND state = 'open'`, id); err != nil {
				return nil, err
			}
		}
		for _, t := range e.Moves {
			if refusal, err := move(ctx, tx, t); refusal != nil || err != nil {
				return nil, fmt.Errorf("transfer %s: %w", t.ID, errors.Join(refusal, err))
			}
		}
		return nil, reach(ctx, tx, projectLedger, e.Positions)
	})
}
