package host

import (
	"errors"
	"fmt"

	"kibitz/internal/table"
)

// Refusals by the host, besides those of the table and the journal.
var (
	// ErrBusy: the inbox of the table is full. Asking again with the same
	// action id is welcome.
	ErrBusy = errors.New("the table is busy, try again")
	// ErrStarting: the host has not recovered its tables yet. It wraps ErrBusy.
	ErrStarting = fmt.Errorf("%w: the server is starting", ErrBusy)
	// ErrStopping: the host takes nothing more. It wraps ErrBusy.
	ErrStopping = fmt.Errorf("%w: the server is restarting", ErrBusy)
	// ErrMoved: somebody else writes to the table, so this host let go of it.
	// It wraps table.ErrConflict.
	ErrMoved = fmt.Errorf("the table is on another server now: %w", table.ErrConflict)
	// ErrInternal: our fault, and logged. Asking again with the same action id
	// does nothing twice.
	ErrInternal = errors.New("internal error")
)

// errMoving is ErrMoved for who should ask again: where several hosts share a
// journal, another one has the table in a moment.
var errMoving = fmt.Errorf("%w: %w", ErrBusy, ErrMoved)

// errAgain is how commit says that the outcome of an append was unknown, and
// that the table was read again from the journal: judge anew.
var errAgain = errors.New("the table was read again")

// errGone is the answer of a keeper that the host has let go of.
var errGone = errors.New("the keeper is gone")
