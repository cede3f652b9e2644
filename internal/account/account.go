package account

import (
	"errors"
	"time"
)

// ErrNotSignedIn: there is no session, or not any more.
var ErrNotSignedIn = errors.New("you are not signed in")

// ErrUnknown: no such user.
var ErrUnknown = errors.New("unknown user")

// ErrNameTaken: somebody else has that name; letters differing only in case
// count as the same.
var ErrNameTaken = errors.New("that name is taken")

// User is a person: a guest, or a registered user.
type User struct {
	ID   ID
	Name string
	// Guest is true until the user signs up.
	Guest bool
	// Created is in whole milliseconds, UTC.
	Created time.Time
}
