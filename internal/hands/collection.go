package hands

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Collection is hands as people may read them. All its fields must be given. It
// is safe for concurrent use.
type Collection struct {
	Archive Archive
	Lists   Lists
	Scribe  Scribe
	Log     *slog.Logger
}

// Wish says which parts of a hand somebody wants to see of what they may.
type Wish struct {
	Nameless, Cardless bool
	// Site is as in Reader.
	Site string
}

// Open is a hand that somebody may read, and as whom.
type Open struct {
	Hand   Hand
	Record Record
	As     Reader
}

// Open returns a hand as a user may know it, who may be empty. It fails with
// ErrUnknown, also where there is a hand that the user may not read.
func (c *Collection) Open(ctx context.Context, k Key, user account.ID, wish Wish) (*Open, error) {
	h, blob, err := c.Archive.Hand(ctx, k)
	if err != nil {
		return nil, err
	}
	seat := h.SeatOf(user)
	if h.Private && seat == game.NoSeat {
		if err := c.played(ctx, user, k.Table); err != nil {
			return nil, err
		}
	}
	r, err := Unpack(blob)
	if err != nil {
		return nil, fmt.Errorf("hand %s: %w", k, err)
	}
	if wish.Cardless {
		seat = game.NoSeat
	}
	return &Open{h, r, Reader{Seat: seat, Nameless: wish.Nameless, Site: wish.Site}}, nil
}

// played fails with ErrUnknown for who never played at a table.
func (c *Collection) played(ctx context.Context, user account.ID, id table.ID) error {
	if user == "" {
		return fmt.Errorf("%w at %s", ErrUnknown, id)
	}
	played, err := c.Archive.PlayedAt(ctx, user, id)
	if err == nil && !played {
		err = fmt.Errorf("%w at %s", ErrUnknown, id)
	}
	return err
}

// Replay returns an open hand for a page.
func (c *Collection) Replay(o *Open) (json.RawMessage, error) {
	return c.Scribe.Replay(&o.Hand, &o.Record, o.As)
}

// File appends an open hand to a file, as its nth from 1, or alone with 0.
func (c *Collection) File(dst []byte, f *FileFormat, o *Open, nth int) ([]byte, error) {
	return c.Scribe.Append(dst, f, Written{Hand: &o.Hand, Record: &o.Record, As: o.As, Nth: nth})
}

// Beside returns the hands before and after one in the sitting of a user, or,
// for who was not dealt in, at the table; nil for none.
func (c *Collection) Beside(ctx context.Context, h *Hand, user account.ID) (before, after *Key, err error) {
	if h.SeatOf(user) == game.NoSeat {
		user = ""
	}
	b, a, err := c.Archive.HandsBeside(ctx, h.Key, user)
	if b > 0 {
		before = &Key{h.Table, b}
	}
	if a > 0 {
		after = &Key{h.Table, a}
	}
	return before, after, err
}

// AtTable is Lists.TableHands for who may read them; others get none.
func (c *Collection) AtTable(ctx context.Context, id table.ID, user account.ID, f Filter, p Page) ([]Entry, Cursor, error) {
	entries, next, err := c.Lists.TableHands(ctx, id, user, f, p)
	if err != nil || len(entries) == 0 || !entries[0].Hand.Private {
		return entries, next, err
	}
	err = c.played(ctx, user, id)
	if err != nil {
		return nil, Cursor{}, err
	}
	return entries, next, nil
}

// Request says which hands are wanted as a file.
type Request struct {
	User   account.ID
	Filter Filter
	// Everybody takes all hands of the filter's table that the user may read,
	// and not only those of the user.
	Everybody bool
	Format    *FileFormat
	Wish      Wish
	// Flushed is called after each page of hands, which may want to be sent.
	Flushed func()
}

// Write writes the hands, the newest first, and returns how many they were. A
// hand that cannot be read is logged and left out, since it must not keep
// somebody from all others.
func (c *Collection) Write(ctx context.Context, w io.Writer, r Request) (int, error) {
	n := 0
	var before Cursor
	for {
		entries, next, err := c.list(ctx, r, Page{Before: before, Size: MaxPage})
		if err != nil {
			return n, err
		}
		var buf []byte
		for i := range entries {
			if err := ctx.Err(); err != nil {
				return n, err
			}
			longer, err := c.one(ctx, buf, entries[i].Hand.Key, r, n+1)
			if err != nil {
				c.Log.Error("a hand is left out of an export", "hand", entries[i].Hand.Key, "err", err)
				continue
			}
			buf = longer
			n++
		}
		if _, err := w.Write(buf); err != nil {
			return n, err
		}
		if r.Flushed != nil {
			r.Flushed()
		}
		if next == (Cursor{}) {
			return n, nil
		}
		before = next
	}
}

func (c *Collection) list(ctx context.Context, r Request, p Page) ([]Entry, Cursor, error) {
	if r.Everybody {
		return c.AtTable(ctx, r.Filter.Table, r.User, r.Filter, p)
	}
	return c.Lists.HandHistory(ctx, r.User, r.Filter, p)
}

func (c *Collection) one(ctx context.Context, dst []byte, k Key, r Request, nth int) ([]byte, error) {
	o, err := c.Open(ctx, k, r.User, r.Wish)
	if err != nil {
		return nil, err
	}
	return c.File(dst, r.Format, o, nth)
}

// WriteHands writes all hands of a user as PHH, for an export of everything.
func (c *Collection) WriteHands(ctx context.Context, user account.ID, w io.Writer) error {
	_, err := c.Write(ctx, w, Request{User: user, Format: c.Scribe.Formats()["phhs"]})
	return err
}
