// Package uci talks to chess engines over the UCI protocol. An engine is a
// separate program that may hang, die or talk nonsense: every call ends within
// a bounded time, a broken process is killed, and the next call starts a new
// one. The package knows no chess: positions and moves are plain text.
package uci

import "errors"

// Refusals of this package. Every error returned by it wraps one of them, or
// is the error of a context.
var (
	// ErrEngine: the engine could not be started, died, was silent for too
	// long or broke the protocol. Its process is gone.
	ErrEngine = errors.New("chess engine")
	// ErrDown: the engine failed not long ago and is not started again yet.
	// It comes together with ErrEngine.
	ErrDown = errors.New("not started again yet")
	// ErrOption: the engine has no such option, or not with that value.
	ErrOption = errors.New("engine option")
	// ErrSearch: the position or the limits of a search cannot be sent.
	ErrSearch = errors.New("engine search")
	// ErrClosed: Close was called.
	ErrClosed = errors.New("the chess engine is closed")
	// ErrNotFound: there is no engine on this machine.
	ErrNotFound = errors.New("no chess engine found")
)
