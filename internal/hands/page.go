package hands

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"kibitz/internal/table"
)

// Result is how a hand went for somebody.
type Result string

// The results to look for: chips were won, or lost, or the hand was seen to its
// end. The zero Result is any.
const (
	Won      Result = "won"
	Lost     Result = "lost"
	Showdown Result = "showdown"
)

// Filter chooses hands of somebody. The zero Filter takes all.
type Filter struct {
	Result Result
	// Variant, Stakes and Format are as in Hand; empty for all.
	Variant, Stakes string
	Format          Format
	// Table takes only hands of one table.
	Table table.ID
}

// MaxPage is how many hands a page holds at most.
const MaxPage = 200

// Page asks for a part of a list, newest first.
type Page struct {
	// Before is where the page before ended; the zero Cursor is the newest.
	Before Cursor
	// Size is brought into the range of 1 to MaxPage.
	Size int
}

// Limit returns the Size in its range.
func (p Page) Limit() int { return min(max(p.Size, 1), MaxPage) }

// Cursor is a place in a list: behind the hand with this end and key.
type Cursor struct {
	EndedMillis int64
	Key
}

// ErrCursor is returned by ParseCursor.
var ErrCursor = errors.New("not a place in a list of hands; begin without one")

// String returns the form for a URL; it is empty for the zero Cursor.
func (c Cursor) String() string {
	if c == (Cursor{}) {
		return ""
	}
	return fmt.Sprintf("%d-%s", c.EndedMillis, c.Key)
}

// ParseCursor reads what String wrote.
func ParseCursor(text string) (Cursor, error) {
	if text == "" {
		return Cursor{}, nil
	}
	at, name, _ := strings.Cut(text, "-")
	ms, err := strconv.ParseInt(at, 10, 64)
	key, wrong := ParseKey(name)
	if c := (Cursor{ms, key}); err == nil && wrong == nil && c.String() == text {
		return c, nil
	}
	return Cursor{}, ErrCursor
}
