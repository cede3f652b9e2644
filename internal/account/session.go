package account

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// tokenBytes is the length of the secret that a browser keeps: 256 bits.
const tokenBytes = 32

// SessionLife is how long a session lasts after it was opened; no browser
// keeps a cookie for longer than 400 days (RFC 6265bis 5.5).
const SessionLife = 400 * 24 * time.Hour

// SessionIdle is how long a session lasts that nobody uses.
const SessionIdle = 90 * 24 * time.Hour

// TokenHash is the SHA-256 of a session's token: the only thing of it that is
// ever stored, so that nobody can sign in with a stolen database.
type TokenHash [sha256.Size]byte

// Session is one browser or program that is signed in.
type Session struct {
	Hash TokenHash
	User ID
	// Created is in whole milliseconds, UTC.
	Created time.Time
	// Client is who opened the session, as far as it said so.
	Client Client
	// Seen is when the session was last used, to about a minute; in whole
	// milliseconds, UTC.
	Seen time.Time
}

// SessionID names a session to its owner, and to nobody else. It is made of
// the hash, and opens nothing.
type SessionID string

// ID returns the name of the session.
func (s Session) ID() SessionID { return SessionID(hex.EncodeToString(s.Hash[:8])) }

// Ended reports whether the session is too old at the given time, or was not
// used for too long.
func (s Session) Ended(now time.Time) bool {
	seen := s.Seen
	if seen.Before(s.Created) {
		seen = s.Created
	}
	return now.Sub(s.Created) > SessionLife || now.Sub(seen) > SessionIdle
}

// Login is a session with its user.
type Login struct {
	User    User
	Session Session
}

// NewToken draws a token from random, usually crypto/rand.Reader. The token
// goes to its owner and nowhere else, a log included.
func NewToken(random io.Reader) (token string, hash TokenHash, err error) {
	var secret [tokenBytes]byte
	if _, err := io.ReadFull(random, secret[:]); err != nil {
		return "", TokenHash{}, fmt.Errorf("draw a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(secret[:]), sha256.Sum256(secret[:]), nil
}

// HashToken returns the hash under which a token is kept. What cannot be a
// token is refused with ErrNotSignedIn.
func HashToken(token string) (TokenHash, error) {
	var secret [tokenBytes]byte
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return TokenHash{}, ErrNotSignedIn
	}
	if _, err := base64.RawURLEncoding.Strict().Decode(secret[:], []byte(token)); err != nil {
		return TokenHash{}, ErrNotSignedIn
	}
	return sha256.Sum256(secret[:]), nil
}
