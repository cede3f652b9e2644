package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// Chips that are given away.
const (
	// Welcome is what everybody begins with, and Daily what can be had once a
	// day (UTC).
	Welcome = 10_000
	Daily   = 2_000
	// dailyBelow is how few chips an account must have for that.
	dailyBelow = 50_000
)

// ErrDaily: today's chips were had, or there are many already.
var ErrDaily = errors.New("there are no chips today")

// Bank is what happens between people and the book. It is safe for concurrent
// use.
type Bank struct {
	Book Book
	// Now is the time. It must be given.
	Now func() time.Time
}

// Purse is what somebody has.
type Purse struct {
	Chips int64
	// Daily says that today's chips can be had, and Next when those of
	// tomorrow can.
	Daily bool
	Next  time.Time
}

// Purse returns what a user has. Who never had chips is given some.
func (b Bank) Purse(ctx context.Context, user account.ID) (Purse, error) {
	if err := b.welcome(ctx, user); err != nil {
		return Purse{}, err
	}
	chips, err := b.Book.Balance(ctx, OfUser(user))
	if err != nil {
		return Purse{}, err
	}
	had, err := b.Book.Made(ctx, b.dailyID(user))
	if err != nil {
		return Purse{}, err
	}
	today := b.Now().UTC().Truncate(24 * time.Hour)
	return Purse{Chips: chips, Daily: !had && chips < dailyBelow, Next: today.Add(24 * time.Hour)}, nil
}

// TakeDaily gives a user today's chips, or fails with ErrDaily.
func (b Bank) TakeDaily(ctx context.Context, user account.ID) error {
	purse, err := b.Purse(ctx, user)
	switch {
	case err != nil:
		return err
	case !purse.Daily && purse.Chips >= dailyBelow:
		return fmt.Errorf("%w: they are for who has fewer than %d", ErrDaily, dailyBelow)
	case !purse.Daily:
		return fmt.Errorf("%w: you had them; the next are there at midnight UTC", ErrDaily)
	}
	return b.give(ctx, b.dailyID(user), user, Daily, "daily")
}

func (b Bank) dailyID(user account.ID) string {
	return "daily." + string(user) + "." + b.Now().UTC().Format("20060102")
}

// welcome gives a user the first chips, once.
func (b Bank) welcome(ctx context.Context, user account.ID) error {
	return b.give(ctx, "welcome."+string(user), user, Welcome, "welcome")
}

func (b Bank) give(ctx context.Context, id string, user account.ID, chips int64, why string) error {
	return b.Book.Move(ctx, Transfer{ID: id, At: b.Now(), From: Mint, To: OfUser(user), Chips: chips, Why: why, State: Done})
}

// BuyIn takes chips from a player for a table, under the id of table.Voucher.
// It fails with ErrShort and ErrCancelled.
func (b Bank) BuyIn(ctx context.Context, id string, at table.ID, p table.Player, chips int64) error {
	if p.House == 0 {
		if err := b.welcome(ctx, p.ID); err != nil {
			return err
		}
	}
	return b.Book.Move(ctx, Transfer{ID: id, At: b.Now(), From: Of(p), To: OfTable(at), Chips: chips, Why: "buy-in", State: Open})
}

// OpenAtMost is how long after chips were reserved for a table at most a record
// may bring them there. What is open for longer never came.
const OpenAtMost = 5 * time.Minute
