package httpapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/analysis"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/importer"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// Library is where games, finished or running, and what follows from them is
// read. What is nil is not there: its addresses answer that there is none.
type Library struct {
	Games      *export.Source
	Collection *export.Collection
	// Formats are those that games are exported in, by the ending of their
	// files.
	Formats map[string]export.Format
	Rows    archive.Games
	History archive.History
	Ratings archive.Ratings
	Counts  archive.Counts
	Facets  archive.Facets
	// Standings tells how many there are, and Finals how games ended.
	Standings archive.Standings
	Finals    Finals
	Reviews   *analysis.Queue
	Imports   Imports
}

// Finals tells how games ended. It is safe for concurrent use.
type Finals interface {
	// FEN returns the last position of a finished game; empty for a game that
	// has no such text.
	FEN(ctx context.Context, id table.ID) (string, error)
}

// library is a Library with what its addresses keep in memory.
type library struct {
	Library
	boards  boards
	exports *keyedLimit[netip.Prefix]
	reviews *keyedLimit[account.ID]
	mu      sync.Mutex
	// under has whoever is in the middle of an export.
	under map[string]bool
}

// The exports of one address, and the reviews that one user asks for.
const (
	listsPerSecond   = 1.0 / 20
	listsAtOnce      = 10
	reviewsPerSecond = 1.0 / 10
	reviewsAtOnce    = 20
)

func newLibrary(l Library) *library {
	return &library{
		Library: l, boards: boards{all: make(map[archive.Ladder]*board)}, under: make(map[string]bool),
		exports: newKeyedLimit[netip.Prefix](listsPerSecond, listsAtOnce),
		reviews: newKeyedLimit[account.ID](reviewsPerSecond, reviewsAtOnce),
	}
}

// game returns the game of a table.
func (l *library) game(ctx context.Context, id table.ID) (*export.Game, error) {
	if l.Games == nil {
		return nil, table.ErrUnknownTable
	}
	return l.Games.Game(ctx, id)
}

// alone lets somebody do one export at a time; done must be called after it.
func (l *library) alone(who string) (done func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.under[who] {
		return nil, wire.RetryIn{Err: fmt.Errorf("%w: one export at a time", wire.ErrTooFast), Wait: 5 * time.Second}
	}
	l.under[who] = true
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.under, who)
	}, nil
}

// outcomes says what clients are told of the errors of a library.
var outcomes = []struct{ err, as error }{
	{archive.ErrUnknown, table.ErrUnknownTable},
	{archive.ErrCursor, game.ErrMalformed},
	{hands.ErrUnknown, account.ErrNotFound},
	{hands.ErrForm, account.ErrInvalid},
	{hands.ErrCursor, game.ErrMalformed},
	{export.ErrFormat, game.ErrMalformed},
	{analysis.ErrNone, account.ErrNotFound},
	{analysis.ErrRunning, wire.ErrNotAllowed},
	{analysis.ErrNoEngine, wire.ErrNotAllowed},
	{analysis.ErrNotYours, wire.ErrNotAllowed},
	{analysis.ErrTooMany, wire.ErrTooFast},
	{analysis.ErrReport, account.ErrInvalid},
	{analysis.ErrDone, table.ErrTaken},
	{importer.ErrNone, account.ErrNotFound},
	{importer.ErrBusy, wire.ErrTooFast},
	{importer.ErrTooLarge, wire.ErrTooLarge},
}

// told turns an error of the library into one that package wire knows.
func told(err error) error {
	for _, o := range outcomes {
		if errors.Is(err, o.err) {
			return fmt.Errorf("%w: %w", o.as, err)
		}
	}
	return err
}

// public returns a handler for everybody.
func (s *Server) public(do func(r *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, err := do(r)
		s.finish(w, r, body, told(err))
	}
}

// asMember is members with the errors of the library.
func (s *Server) asMember(do handled) http.HandlerFunc { return s.members(withTold(do)) }

// asMine is mine with the errors of the library.
func (s *Server) asMine(do handled) http.HandlerFunc { return s.mine(withTold(do)) }

func withTold(do handled) handled {
	return func(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
		body, err := do(w, r, me)
		return body, told(err)
	}
}

// person returns the account that a path names; closed ones are not there any
// more.
func (s *Server) person(r *http.Request, name string) (account.Account, error) {
	a, err := s.cfg.Accounts.Named(r.Context(), name)
	if errors.Is(err, account.ErrUnknown) || err == nil && a.Closed {
		return a, fmt.Errorf("%w: there is nobody of that name", account.ErrNotFound)
	}
	return a, err
}
