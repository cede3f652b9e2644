package account

import "fmt"

// Audience is who may do something to a user.
type Audience string

// The audiences. They are stored; never rename one.
const (
	Everyone   Audience = "everyone"
	Registered Audience = "registered" // no guests
	Nobody     Audience = "nobody"
)

// Includes reports whether a user belongs to the audience. The empty Audience
// is Everyone.
func (a Audience) Includes(u User) bool {
	switch a {
	case Nobody:
		return false
	case Registered:
		return !u.Guest
	}
	return true
}

// Privacy is who may do what to a user, blocked users apart.
type Privacy struct {
	// Challenge is who may ask for a game, and Chat who may write.
	Challenge, Chat Audience
	// Hidden keeps from others that the user is online.
	Hidden bool
}

// Check refuses audiences that there are not.
func (p Privacy) Check() error {
	for _, a := range []Audience{p.Challenge, p.Chat} {
		switch a {
		case Everyone, Registered, Nobody:
		default:
			return fmt.Errorf("%w: who may is everyone, registered or nobody", ErrInvalid)
		}
	}
	return nil
}

// Open is the privacy of a new account.
func Open() Privacy { return Privacy{Challenge: Everyone, Chat: Everyone} }
