package account

import "time"

// User is a person: a guest, or a registered user. It is what others may see.
type User struct {
	ID   ID
	Name string
	// Guest is true until the user signs up.
	Guest bool
	// Role is what the user may do. The empty Role is RoleUser.
	Role Role
	// Closed is true once the account is closed: nobody can sign in, and the
	// name says no more than that.
	Closed bool
	// Created is in whole milliseconds, UTC.
	Created time.Time
}

// Account is all that is kept of a user in one place, secrets included. It
// never leaves the server as it is.
type Account struct {
	User
	// Password is a hash in PHC form; empty when there is no password.
	Password string
	// Email is where recovery mail goes; empty for nowhere.
	Email string
	// Renamed is when the user took another name; zero for never.
	Renamed time.Time
	// TOTP is the second factor.
	TOTP TOTP
	// Recovery is what is left of the recovery codes.
	Recovery []TokenHash
	Privacy  Privacy
}

// TOTP is a second factor after RFC 6238.
type TOTP struct {
	// Secret is in base 32; empty without a second factor.
	Secret string
	// On is false until the first code was given.
	On bool
	// Step is the time step of the last code that was taken: none is taken
	// twice.
	Step int64
}
