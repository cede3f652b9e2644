package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"kibitz/internal/account"
	"kibitz/internal/archive"
)

// Collection writes all games of users. It is safe for concurrent use.
type Collection struct {
	Source  *Source
	History archive.History
	// PGN is the format of WritePGN.
	PGN Format
	Log *slog.Logger // Default: slog.Default.
}

// Request says which games of a user are wanted, and how.
type Request struct {
	User   account.ID
	Filter archive.Filter
	// Before is where an earlier export ended.
	Before archive.Cursor
	// Max bounds the games; 0 is no bound.
	Max     int
	Format  Format
	Options Options
	// Flushed is called after each page of games, which may want to be sent.
	Flushed func()
}

// pageSize is how many games are looked up at a time.
const pageSize = 100

// Write writes the games, the newest first, and returns how many they were. A
// game that cannot be read is logged and left out, since it must not keep
// somebody from all others.
func (c *Collection) Write(ctx context.Context, w io.Writer, r Request) (int, error) {
	n, before := 0, r.Before
	var buf []byte
	for {
		entries, next, err := c.History.History(ctx, r.User, r.Filter, archive.Page{Before: before, Size: pageSize})
		if err != nil {
			return n, err
		}
		if r.Max > 0 && n+len(entries) >= r.Max {
			entries, next = entries[:r.Max-n], archive.Cursor{}
		}
		if buf, err = c.page(ctx, buf[:0], entries, r); err != nil {
			return n, err
		}
		if _, err := w.Write(buf); err != nil {
			return n, err
		}
		n += len(entries)
		if r.Flushed != nil {
			r.Flushed()
		}
		if next == (archive.Cursor{}) {
			return n, nil
		}
		before = next
	}
}

// page appends the games of some entries.
func (c *Collection) page(ctx context.Context, dst []byte, entries []archive.Entry, r Request) ([]byte, error) {
	for i := range entries {
		if err := ctx.Err(); err != nil {
			return dst, err
		}
		g, err := c.Source.Archived(ctx, entries[i].Game.ID)
		var whole []byte
		if err == nil {
			whole, err = r.Format.Append(dst, g, r.Options)
		}
		switch {
		case err == nil:
			dst = whole
		case errors.Is(err, ErrFormat): // a game of another kind
		case ctx.Err() != nil:
			return dst, ctx.Err()
		default:
			c.log().Error("a game is left out of an export", "table", entries[i].Game.ID, "err", err)
		}
	}
	return dst, nil
}

func (c *Collection) log() *slog.Logger {
	if c.Log != nil {
		return c.Log
	}
	return slog.Default()
}

// WritePGN implements account.Games.
func (c *Collection) WritePGN(ctx context.Context, user account.ID, w io.Writer) error {
	_, err := c.Write(ctx, w, Request{User: user, Format: c.PGN})
	if err != nil {
		return fmt.Errorf("games of %s: %w", user, err)
	}
	return nil
}
