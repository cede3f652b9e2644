package account

import (
	"context"
	"errors"
	"time"
)

// Deed is something that who runs the server did to somebody's account.
type Deed struct {
	ID ID
	At time.Time
	// Actor is an admin, or empty for who can read the database.
	Actor ID
	What  What
	// Subject is whose account it is.
	Subject ID
	// Detail is what the deed alone does not say; what could name a person is
	// forgotten with the account.
	Detail  string
	Outcome Outcome
}

// What is the kind of a deed. It is stored; never rename one.
type What string

// The deeds.
const (
	DeedAdd      What = "add"
	DeedRole     What = "role"
	DeedRename   What = "rename"
	DeedClose    What = "close"
	DeedSessions What = "sessions" // they were looked at
	DeedSignOut  What = "sign-out"
	DeedPassword What = "password"
	DeedLink     What = "link"
)

// Outcome is what became of a deed. It is stored; never rename one.
type Outcome string

// The outcomes. One that stays begun was interrupted: it may be done or not.
const (
	Begun   Outcome = "begun"
	Done    Outcome = "done"
	Refused Outcome = "refused"
)

// DeedCursor is a place among deeds: behind one.
type DeedCursor struct {
	AtMillis int64
	ID       ID
}

// Deeds keeps deeds. It is safe for concurrent use.
type Deeds interface {
	// AddDeed stores a deed.
	AddDeed(ctx context.Context, d Deed) error
	// EndDeed stores what became of it.
	EndDeed(ctx context.Context, id ID, o Outcome) error
	// Deeds returns at most n deeds, the newest first, behind a place; the zero
	// DeedCursor is before the newest.
	Deeds(ctx context.Context, before DeedCursor, n int) ([]Deed, error)
}

// audited notes a deed, does it, and notes what became of it: nothing is done
// that is not written down before.
func (p People) audited(ctx context.Context, d Deed, do func() error) error {
	var err error
	if d.ID, err = NewID(p.Random); err != nil {
		return err
	}
	d.At, d.Outcome = p.now(), Begun
	if err := p.Store.AddDeed(ctx, d); err != nil {
		return err
	}
	err, outcome := do(), Done
	if err != nil {
		outcome = Refused
	}
	return errors.Join(err, p.Store.EndDeed(context.WithoutCancel(ctx), d.ID, outcome))
}
