package account

import (
	"context"
	"fmt"
	"time"
)

// maxPasskeys is how many passkeys one user has.
const maxPasskeys = 20

// Passkey is a WebAuthn credential.
type Passkey struct {
	// ID is the credential's id in unpadded base64url.
	ID   string
	User ID
	// Name is what its owner calls it.
	Name string
	// State is the public key and what goes with it, as the Authenticator
	// wrote it.
	State         []byte
	Created, Used time.Time
}

// Passkeys keeps passkeys. It is safe for concurrent use.
type Passkeys interface {
	// AddPasskey stores a passkey; one whose id is known already is refused
	// with ErrDenied.
	AddPasskey(ctx context.Context, k Passkey) error
	// PasskeysOf returns the passkeys of a user, the oldest first.
	PasskeysOf(ctx context.Context, user ID) ([]Passkey, error)
	// UsedPasskey stores what changed with a use: State and Used.
	UsedPasskey(ctx context.Context, k Passkey) error
	// RemovePasskey forgets a passkey of a user, or fails with ErrNotFound.
	RemovePasskey(ctx context.Context, user ID, id string) error
}

// Party is the site that passkeys are for.
type Party struct {
	// Host is the name without a port, Origin the whole of it with scheme.
	Host, Origin string
}

// Authenticator speaks WebAuthn. Options and responses are the JSON that
// browsers give and take; states are kept until the second half. A response
// that proves nothing is refused with ErrWrong. It is safe for concurrent use.
type Authenticator interface {
	BeginRegister(p Party, u User, has []Passkey) (options, state []byte, err error)
	// FinishRegister returns a passkey without Name and times.
	FinishRegister(p Party, u User, t Answer) (Passkey, error)
	BeginLogin(p Party) (options, state []byte, err error)
	// FinishLogin returns the passkey that was used, with its new State. find
	// returns the passkeys of the user whom the response names.
	FinishLogin(p Party, t Answer, find func(ID) ([]Passkey, error)) (Passkey, error)
}

// Answer is the second half of a ceremony: what was kept, and what the browser
// says.
type Answer struct{ State, Response []byte }

// BeginPasskey starts the registration of a passkey. The login must have been
// confirmed.
func (p People) BeginPasskey(ctx context.Context, u User, at Party) (options, state []byte, err error) {
	has, err := p.Store.PasskeysOf(ctx, u.ID)
	if err != nil {
		return nil, nil, err
	}
	if len(has) >= maxPasskeys {
		return nil, nil, denied(fmt.Sprintf("at most %d passkeys; remove one first", maxPasskeys))
	}
	return p.Authenticator.BeginRegister(at, u, has)
}

// Registration is the second half of a registration.
type Registration struct {
	At Party
	// Name is what the user calls the passkey.
	Name   string
	Answer Answer
}

// AddPasskey ends the registration of a passkey.
func (p People) AddPasskey(ctx context.Context, u User, r Registration) (Passkey, error) {
	if err := checkTitle(r.Name); err != nil {
		return Passkey{}, err
	}
	k, err := p.Authenticator.FinishRegister(r.At, u, r.Answer)
	if err != nil {
		return Passkey{}, err
	}
	k.User, k.Name, k.Created = u.ID, r.Name, p.now()
	return k, p.Store.AddPasskey(ctx, k)
}

// checkTitle refuses what cannot be what a user calls something.
func checkTitle(s string) error {
	if s == "" || len(s) > 40 {
		return fmt.Errorf("%w: give it a name of 1 to 40 characters", ErrInvalid)
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			return fmt.Errorf("%w: a name has no control characters", ErrInvalid)
		}
	}
	return nil
}

// RemovePasskey forgets a passkey, unless its owner could never come back. The
// login must have been confirmed.
func (p People) RemovePasskey(ctx context.Context, user ID, id string) error {
	a, err := p.Store.Account(ctx, user)
	if err != nil {
		return err
	}
	has, err := p.Store.PasskeysOf(ctx, user)
	if err != nil {
		return err
	}
	if a.Password == "" && len(has) == 1 && has[0].ID == id {
		return denied("that is your only way in; set a password first")
	}
	return p.Store.RemovePasskey(ctx, user, id)
}

// LogInPasskey signs in with a passkey, which is two factors by itself: the
// device, and what unlocks it.
func (p People) LogInPasskey(ctx context.Context, at Party, t Answer, by Attempt) (Entry, error) {
	k, err := p.Authenticator.FinishLogin(at, t, func(user ID) ([]Passkey, error) {
		return p.Store.PasskeysOf(ctx, user)
	})
	if err != nil {
		return Entry{}, err
	}
	a, err := p.Store.Account(ctx, k.User)
	if err != nil || a.Closed {
		return Entry{}, ErrWrong
	}
	k.Used = p.now()
	if err := p.Store.UsedPasskey(ctx, k); err != nil {
		return Entry{}, err
	}
	return p.enter(ctx, a.User, by.From, by.Old)
}
