package account

import "context"

// Users keeps users. It is safe for concurrent use.
type Users interface {
	// Add stores a new user and the session that goes with it, both or
	// neither, and returns when they are on stable storage. It fails with
	// ErrNameTaken when somebody has that name.
	Add(ctx context.Context, u User, first Session) error
	// User returns a user, or ErrUnknown.
	User(ctx context.Context, id ID) (User, error)
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
}

// Store keeps all that is known of people.
type Store interface {
	Users
	Sessions
}
