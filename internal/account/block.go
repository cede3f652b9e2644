package account

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// MaxBlocks is how many users one user blocks.
const MaxBlocks = 500

// Block is that a user wants nothing of another.
type Block struct {
	By, Other ID
	At        time.Time
}

// Blocks keeps who blocks whom. It is safe for concurrent use.
type Blocks interface {
	// AddBlock stores a block; one that is there already is no error, one more
	// than MaxBlocks is ErrDenied.
	AddBlock(ctx context.Context, b Block) error
	// RemoveBlock forgets a block; one that is not there is no error.
	RemoveBlock(ctx context.Context, by, other ID) error
	// BlocksOf returns whom a user blocks, the newest first.
	BlocksOf(ctx context.Context, by ID) ([]User, error)
	// Blocked reports whether a user blocks another.
	Blocked(ctx context.Context, by, other ID) (bool, error)
}

// named returns somebody by name who is not closed, or ErrNotFound.
func (p People) named(ctx context.Context, name string) (Account, error) {
	a, err := p.Store.Named(ctx, name)
	if errors.Is(err, ErrUnknown) || err == nil && a.Closed {
		return Account{}, fmt.Errorf("%w: there is nobody called %.20q", ErrNotFound, name)
	}
	return a, err
}

// Block keeps somebody away from a user.
func (p People) Block(ctx context.Context, by ID, name string) error {
	other, err := p.named(ctx, name)
	if err != nil {
		return err
	}
	if other.ID == by {
		return fmt.Errorf("%w: nobody can block themselves", ErrInvalid)
	}
	return p.Store.AddBlock(ctx, Block{By: by, Other: other.ID, At: p.now()})
}

// Unblock takes a Block back.
func (p People) Unblock(ctx context.Context, by ID, name string) error {
	other, err := p.named(ctx, name)
	if err != nil {
		return err
	}
	return p.Store.RemoveBlock(ctx, by, other.ID)
}

// Approach is something that one user does to another.
type Approach string

// The approaches that privacy is about.
const (
	ToChallenge Approach = "challenge"
	ToChat      Approach = "chat"
)

// May reports whether a user may approach another: neither blocks the other,
// and the privacy of the other allows it.
func (p People) May(ctx context.Context, from User, what Approach, to ID) (bool, error) {
	a, err := p.Store.Account(ctx, to)
	if err != nil || a.Closed {
		return false, err
	}
	audience := a.Privacy.Challenge
	if what == ToChat {
		audience = a.Privacy.Chat
	}
	if !audience.Includes(from) {
		return false, nil
	}
	return p.Together(ctx, from.ID, to)
}

// Together reports whether neither of two users blocks the other. Who asks must
// not be told which of them does.
func (p People) Together(ctx context.Context, a, b ID) (bool, error) {
	for _, pair := range [][2]ID{{a, b}, {b, a}} {
		if blocked, err := p.Store.Blocked(ctx, pair[0], pair[1]); err != nil || blocked {
			return false, err
		}
	}
	return true, nil
}
