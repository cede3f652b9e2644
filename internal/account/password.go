package account

import (
	"context"
	"fmt"
	"unicode/utf8"
)

// What a password must be. There is no rule of which characters it has.
const (
	passwordShortest = 10  // characters
	passwordLongest  = 256 // bytes: nobody types more, and hashing it costs
	passwordBits     = 28  // of strength: 2e8 guesses
)

// Hasher turns passwords into what may be stored. It is safe for concurrent
// use, and fails with ErrBusy when too many wait.
type Hasher interface {
	// Hash returns a password hash in PHC form.
	Hash(ctx context.Context, password string) (string, error)
	// Verify reports whether a password belongs to a hash. With an empty hash
	// it does the same work, and the answer is no. stale is true when the hash
	// was made with other parameters than Hash uses now.
	Verify(ctx context.Context, hash, password string) (ok, stale bool, err error)
}

// CheckPassword refuses, with ErrInvalid, a password that is easy to guess.
// own are words that belong to the user, such as their name.
func CheckPassword(password string, own ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || len(password) > passwordLongest:
		return fmt.Errorf("%w: a password has at most %d characters", ErrInvalid, passwordLongest)
	case n < passwordShortest:
		return fmt.Errorf("%w: a password has %d characters or more", ErrInvalid, passwordShortest)
	case strength(password, append(own, "kibitz")...) < passwordBits:
		return fmt.Errorf("%w: that password is easy to guess; three or four unusual words make a good one", ErrInvalid)
	}
	return nil
}
