package archive

import (
	"context"

	"kibitz/internal/account"
)

// ClosedName stands in games in place of the name of a closed account. Nobody
// can have it, for it has a space.
const ClosedName = "closed account"

// Closed reports whether the player's account is closed, and the name erased.
func (p Player) Closed() bool { return p.Name == ClosedName }

// Historied reports whether the game belongs into a history of the player's.
func (p Player) Historied() bool { return p.Person() && !p.Closed() }

// Erasure is a closed account that games may still name.
type Erasure struct {
	User account.ID
	// Scanned is how far the games were looked through that were archived when
	// nobody noted who is mentioned in them.
	Scanned int64
}

// Traces are games that may name somebody.
type Traces struct {
	Games []Finished
	// Scanned is that of the Erasure once these are rewritten.
	Scanned int64
}

// Erasures is where closed accounts are erased from finished games: a queue
// that outlives the process. It is safe for concurrent use.
type Erasures interface {
	// Forget adds somebody to the queue; once more is no error.
	Forget(ctx context.Context, user account.ID) error
	// Forgotten returns those of the users whose accounts are closed, erased
	// already or not.
	Forgotten(ctx context.Context, users []account.ID) (map[account.ID]bool, error)
	// Erasing returns one that is not done, or ErrUnknown.
	Erasing(ctx context.Context) (Erasure, error)
	// Traces returns at most n games that may name the user; none, when all
	// are rewritten.
	Traces(ctx context.Context, e Erasure, n int) (Traces, error)
	// Rewrite replaces the players and the records of the changed games among
	// some traces, all or nothing, and takes all of those out of the traces of
	// the user, histories included.
	Rewrite(ctx context.Context, e Erasure, t Traces, changed []Finished) error
	// Finish forgets a part of what else is kept of the user: charts,
	// statistics and imported games. It reports true, and takes the user off
	// the queue, when nothing is left. Ratings stay, for those of others follow
	// from them.
	Finish(ctx context.Context, user account.ID) (done bool, err error)
}
