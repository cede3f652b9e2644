package host

import (
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"time"

	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Config is what a Host needs. The ports must be given; everything else has a
// default.
type Config struct {
	Journal table.Journal
	Pulse   table.Pulse
	Catalog game.Catalog
	// Chance serves all tables and must be safe for concurrent use.
	Chance game.Chance
	Codec  Codec
	// Archive has the games that the journal has forgotten. Default: none.
	Archive Archive
	// Shared says that other hosts write to the journal, too. This one then has
	// no table before TakeOver gives it some.
	Shared bool
	// Index finds the tables of a partition. Default: all records of the journal
	// are read, and those of others left out.
	Index Index
	// Cashier keeps the chips of tables where they are played for. Default:
	// whoever sits down there is refused.
	Cashier Cashier
	// Brain plays for the house. Without one, house players do nothing.
	Brain Brain
	// Changed is called after every change of a table, by the goroutine that
	// owns it. It must not block, nor call the host. Default: nobody is told.
	Changed func(Change)
	// Resumed is told what a socket that joined a table was sent. It must not
	// block. Default: nobody is told.
	Resumed func(Resume)
	// Now must advance as the system's clock does. Default: time.Now.
	Now func() time.Time
	// Random is where table ids come from. Default: crypto/rand.
	Random io.Reader
	// Log gets what is our fault. Default: slog.Default.
	Log *slog.Logger

	// Inbox is how many commands may wait at one table. Default: 64.
	Inbox int
	// Resume is the largest gap, in records, that a returning viewer gets
	// record by record rather than as a whole table. Default: 64.
	Resume int
	// BeatEvery is the time between two beats of the pulse, and so the most
	// that a crash can cost a running clock. Default: 100 ms.
	BeatEvery time.Duration
	// NoteEvery is how often the Index is told which tables run. Default: 10 s.
	NoteEvery time.Duration
	// CarryAfter is how old a running table may be before its records are stored
	// anew, in a journal that drops what is old. Default: 24 h.
	CarryAfter time.Duration
	// HoldFor is how long a clock that an outage held waits for its player.
	// Default: 30 s.
	HoldFor time.Duration
	// KeepOver is how long a finished table that nobody looks at stays in
	// memory, for chat and rematches. Default: 20 min.
	KeepOver time.Duration
	// Blip is how long a seat may lose its socket before others are told.
	// Default: 1 s.
	Blip time.Duration

	// Thinkers is how many calls of the Brain may run at a time; the others
	// come a little later. Most of a call is waiting, so that it may be many
	// more than there are processors. Default: 256.
	Thinkers int
	// ThinkTime bounds one call of the Brain. Default: 30 s.
	ThinkTime time.Duration
	// GiveUp is the action of a house player whose Brain keeps failing.
	// Default: "resign".
	GiveUp string
}

// withDefaults fills in what was left out, and refuses a missing port.
func (c Config) withDefaults() (Config, error) {
	if c.Journal == nil || c.Pulse == nil || c.Catalog == nil || c.Chance == nil || c.Codec == nil {
		return c, errors.New("host: Journal, Pulse, Catalog, Chance and Codec must be given")
	}
	if c.Index == nil {
		c.Index = filter{c.Journal}
	}
	if c.Archive == nil {
		c.Archive = noArchive{}
	}
	if c.Cashier == nil {
		c.Cashier = noCashier{}
	}
	if c.Changed == nil {
		c.Changed = func(Change) {}
	}
	if c.Resumed == nil {
		c.Resumed = func(Resume) {}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.GiveUp == "" {
		c.GiveUp = "resign"
	}
	orElse(&c.Inbox, 64)
	orElse(&c.Resume, 64)
	orElse(&c.Thinkers, 256)
	orElse(&c.BeatEvery, 100*time.Millisecond)
	orElse(&c.NoteEvery, 10*time.Second)
	orElse(&c.CarryAfter, 24*time.Hour)
	orElse(&c.HoldFor, 30*time.Second)
	orElse(&c.KeepOver, 20*time.Minute)
	orElse(&c.Blip, time.Second)
	orElse(&c.ThinkTime, 30*time.Second)
	return c, nil
}

func orElse[T int | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
