// Package ledger is the chips of everybody: play money in double entry. Every
// transfer takes from one account what it gives to another, so that the sum of
// all accounts is zero always; the mint's is what was issued, below zero.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// Errors of a Book.
var (
	// ErrShort: an account has less than is to be taken from it.
	ErrShort = errors.New("there are not enough chips")
	// ErrCancelled: the transfer was taken back.
	ErrCancelled = errors.New("the transfer was taken back")
)

// Account is who has chips.
type Account string

// The accounts that may be below zero: where chips come from, and the house's
// own, which plays on credit.
const (
	Mint  Account = "mint"
	House Account = "house"
)

const (
	userPrefix  = "user:"
	tablePrefix = "table:"
)

// Of returns the account of a user; all house players share one.
func Of(p table.Player) Account {
	if p.House > 0 {
		return House
	}
	return OfUser(p.ID)
}

// OfUser returns the account of a user.
func OfUser(id account.ID) Account { return Account(userPrefix + string(id)) }

// OfTable returns the account of the chips at a table.
func OfTable(id table.ID) Account { return Account(tablePrefix + string(id)) }

// Table returns the table whose account it is, and false for any other.
func (a Account) Table() (table.ID, bool) {
	id, ok := strings.CutPrefix(string(a), tablePrefix)
	return table.ID(id), ok
}

// Bounded reports whether the account may not go below zero.
func (a Account) Bounded() bool { return a != Mint && a != House }

// State is how far a transfer is.
type State string

// The states. They are stored; never rename one.
const (
	// Done: nothing more happens to it.
	Done State = "done"
	// Open: chips on their way to a table, of which its journal says nothing
	// yet.
	Open State = "open"
	// Cancelled: taken back.
	Cancelled State = "cancelled"
)

// Transfer moves chips from one account to another.
type Transfer struct {
	// ID is unique: a transfer that is asked for twice happens once.
	ID       string
	At       time.Time
	From, To Account
	// Chips is over 0.
	Chips int64
	// Why is a word for people: "buy-in", "cash-out", "daily", "grant".
	Why   string
	State State
}

// Book is where transfers are stored. It is safe for concurrent use.
type Book interface {
	// Move makes a transfer, and returns when it is durable; one that was made
	// before changes nothing. It fails with ErrShort, and with ErrCancelled for
	// one that was cancelled.
	Move(ctx context.Context, t Transfer) error
	// Cancel takes an open transfer back. One that is unknown, done or
	// cancelled stays as it is.
	Cancel(ctx context.Context, id string) error
	// Made reports whether there is a transfer of that id, cancelled or not.
	Made(ctx context.Context, id string) (bool, error)
	// Balance returns the chips of an account, 0 for one that never had any.
	Balance(ctx context.Context, a Account) (int64, error)
	// Transfers returns at most n transfers of an account that were made before
	// a time, the newest first.
	Transfers(ctx context.Context, a Account, before time.Time, n int) ([]Transfer, error)
	// Stale returns at most n open transfers from before a time.
	Stale(ctx context.Context, before time.Time, n int) ([]Transfer, error)
	// Accounts yields every account with chips, or with debts, and calls stop
	// with the first error that do returns.
	Accounts(ctx context.Context, do func(Account, int64) error) error
	// Audit recomputes all balances from the transfers, and returns the
	// accounts of which the stored balance differs.
	Audit(ctx context.Context) ([]Account, error)
}

// Entries is what a projection of the journal makes of it.
type Entries struct {
	// Positions are those reached, in the partitions that moved on.
	Positions map[int]table.Position
	// Settled are open transfers of which the journal has told.
	Settled []string
	// Moves are transfers that the journal demands: those of tables, which
	// always have what they pay.
	Moves []Transfer
}

// Follower is where a projection of the journal writes. It is safe for
// concurrent use.
type Follower interface {
	// LedgerPositions returns how far the projection is, by partition.
	LedgerPositions(ctx context.Context) (map[int]table.Position, error)
	// Enter stores entries, all or nothing. Those that were stored before
	// change nothing.
	Enter(ctx context.Context, e Entries) error
}

// Explain is ErrShort with what is there.
func Explain(balance, needed int64) error {
	return fmt.Errorf("%w: you have %d, and it takes %d", ErrShort, balance, needed)
}
