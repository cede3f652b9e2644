package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
)

// Entry is one game in the history of a user.
type Entry struct {
	Game Game
	// Seat is the user's.
	Seat   game.Seat
	Result Result
}

// Filter chooses games of a history. The zero Filter takes all.
type Filter struct {
	// Ladder is a speed of the standard game or a variant; empty for all.
	Ladder Ladder
	// Result is how it went for the user; zero for all.
	Result Result
	// Seats are those the user may have had, as White has seat 0; empty for
	// all.
	Seats game.Seats
	// Opponent is the other player; empty for all.
	Opponent account.ID
	Rated    Which
	// From and To bound the end of the game, From included and To not. A zero
	// time bounds nothing.
	From, To time.Time
}

// Which says which side of a question is wanted.
type Which uint8

// The choices.
const (
	Either Which = iota
	Only
	Never
)

// MaxPage is how many entries a page of a history holds at most.
const MaxPage = 200

// Page asks for a part of a history, newest first.
type Page struct {
	// Before is where the page before ended; the zero Cursor is the newest.
	Before Cursor
	// Size is brought into the range of 1 to MaxPage.
	Size int
}

// Cursor is a place in a history: behind the game with this end and number.
type Cursor struct {
	EndedMillis int64
	Number      int64
}

// ErrCursor is returned by ParseCursor.
var ErrCursor = errors.New("not a place in a list of games; begin without one")

// String returns the form for a URL; it is empty for the zero Cursor.
func (c Cursor) String() string {
	if c == (Cursor{}) {
		return ""
	}
	return fmt.Sprintf("%d-%d", c.EndedMillis, c.Number)
}

// ParseCursor reads what String wrote.
func ParseCursor(s string) (Cursor, error) {
	var c Cursor
	if s == "" {
		return c, nil
	}
	if n, err := fmt.Sscanf(s, "%d-%d", &c.EndedMillis, &c.Number); n != 2 || err != nil || c.String() != s || c.Number <= 0 {
		return Cursor{}, ErrCursor
	}
	return c, nil
}

// History is the games of users. It is safe for concurrent use.
type History interface {
	// History returns games of a user, newest first, and where to go on; the
	// Cursor is zero at the end. A user without games has an empty history.
	History(ctx context.Context, user account.ID, f Filter, p Page) ([]Entry, Cursor, error)
	// HeadToHead counts the games of two users against each other, as the
	// first one sees it. Void games do not count.
	HeadToHead(ctx context.Context, user, opponent account.ID) (Score, error)
}

// Score counts games by how they went.
type Score struct{ Wins, Draws, Losses int }

// Games is the sum.
func (s Score) Games() int { return s.Wins + s.Draws + s.Losses }

// Add counts a game.
func (s *Score) Add(r Result) {
	switch r {
	case Win:
		s.Wins++
	case Draw:
		s.Draws++
	case Loss:
		s.Losses++
	}
}
