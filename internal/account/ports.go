package account

import (
	"context"
	"time"
)

// Users keeps users. It is safe for concurrent use.
type Users interface {
	// Add stores a new user and the session that goes with it, both or
	// neither, and returns when they are on stable storage. It fails with
	// ErrNameTaken when somebody has that name.
	Add(ctx context.Context, u User, first Session) error
	// User returns a user, or ErrUnknown.
	User(ctx context.Context, id ID) (User, error)
}

// Accounts keeps what belongs to a user in one place. It is safe for
// concurrent use.
type Accounts interface {
	// Account returns an account, or ErrUnknown.
	Account(ctx context.Context, id ID) (Account, error)
	// Named returns the account with a name, or ErrUnknown.
	Named(ctx context.Context, name string) (Account, error)
	// Change reads an account, lets change alter it, and stores it, so that no
	// other change comes between. An error of change is returned, and nothing
	// is stored. change may be called more than once, must not change the id,
	// and must not use the store. It fails with ErrUnknown and ErrNameTaken.
	Change(ctx context.Context, id ID, change func(*Account) error) error
	// Erase does Change, and forgets all else that is kept of the user by any
	// port of this package: sessions, passkeys, tokens, lists, settings.
	Erase(ctx context.Context, id ID, change func(*Account) error) error
	// Members returns registered users whose accounts are not closed, by name,
	// after one; n at most.
	Members(ctx context.Context, after string, n int) ([]User, error)
	// Admins counts the accounts of RoleAdmin that are not closed.
	Admins(ctx context.Context) (int, error)
}

// Sessions keeps login sessions. It is safe for concurrent use.
type Sessions interface {
	// Open stores one more session of a user that was added.
	Open(ctx context.Context, s Session) error
	// Login returns a session with its user, or ErrNotSignedIn. It may return
	// one that has Ended.
	Login(ctx context.Context, hash TokenHash) (Login, error)
	// End ends a session for ever. Ending one that is not there is no error.
	End(ctx context.Context, hash TokenHash) error
	// SessionsOf returns the sessions of a user, the last used first, at most
	// MaxSessions.
	SessionsOf(ctx context.Context, user ID) ([]Session, error)
	// EndOthers ends all sessions of a user but one, and returns which. With
	// the zero hash it ends all.
	EndOthers(ctx context.Context, user ID, keep TokenHash) ([]TokenHash, error)
}

// MaxSessions is how many sessions of one user are listed.
const MaxSessions = 200

// Sighting is that a session was used.
type Sighting struct {
	Hash TokenHash
	At   time.Time
	// Client is where it was used from; only its address is taken.
	Client Client
}

// Sightings keeps when sessions were used. It is safe for concurrent use.
type Sightings interface {
	// Saw stores sightings. Those of sessions that are gone are left out.
	Saw(ctx context.Context, all []Sighting) error
	// Prune forgets the sessions, tokens and links that have ended.
	Prune(ctx context.Context, now time.Time) error
}

// News tells one process what another did, such as `kibitz user` to a running
// server, or one node of a cluster to the others.
type News interface {
	// Changed returns users who were changed or lost sessions after a mark,
	// and the mark to ask with next. A mark below 0 asks for the newest mark
	// alone.
	Changed(ctx context.Context, after int64) (users []ID, mark int64, err error)
}

// Store keeps all that is known of people.
type Store interface {
	Users
	Accounts
	Sessions
	Sightings
	News
	Passkeys
	Tokens
	Grants
	Blocks
	Preferences
	Links
	Reminders
	Deeds
}
