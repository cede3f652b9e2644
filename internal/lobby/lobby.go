// Package lobby brings players together: pools of quick time controls, open
// challenges called seeks, and the news of both to everybody who looks on. It
// makes tables through a port and knows no particular game.
package lobby

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/clock"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Refusals, wrapped with a reason a person can read. They wrap the sentinels
// that the edges know: table.ErrTaken, table.ErrNotAllowed and table.ErrSetup.
var (
	// ErrGone: the seek was taken, or taken back.
	ErrGone = fmt.Errorf("%w: the challenge is not there any more", table.ErrTaken)
	// ErrNoPool: no pool has that time control.
	ErrNoPool = fmt.Errorf("%w: there is no pool for that time control", table.ErrSetup)
	// ErrFull: there are as many seeks as the lobby can hold.
	ErrFull = fmt.Errorf("%w: there are too many open challenges; take one of them", table.ErrNotAllowed)
	// ErrSelf: nobody plays against themselves.
	ErrSelf = fmt.Errorf("%w: this challenge is your own", table.ErrNotAllowed)
)

// MaxSeeks is how many open challenges there can be.
const MaxSeeks = 2000

// Tables is where games are played.
type Tables interface {
	// Create makes a table and returns its id once it is durable.
	Create(ctx context.Context, s table.Setup) (table.ID, error)
}

// Conn is one socket. Its dynamic type must be comparable, as a pointer is.
type Conn interface {
	// Send queues a frame, which it must not change. It never blocks, and
	// returns false when the socket is gone.
	Send(frame []byte) bool
}

// Codec makes the frames of the protocol. It must be safe for concurrent use.
type Codec interface {
	Lobby(v View) []byte
	Change(c Change) []byte
	Paired(id table.ID, kind game.Kind, seat game.Seat) []byte
}

// Config is what a Lobby needs. Tables, Codec and Catalog must be given.
type Config struct {
	Tables  Tables
	Codec   Codec
	Catalog game.Catalog
	// Kind and Setup are the game of the pools, and Pools their time controls.
	// Default of Pools: QuickControls.
	Kind  game.Kind
	Setup []byte
	Pools []clock.Control
	// May refuses games that cannot be played here, before anybody waits for one.
	// Default: all can.
	May func(s table.Setup) error
	// Counts returns how many are online and how many games are on. It is
	// called by Run alone, at most every CountEvery. Default: zeroes.
	Counts     func() (online, playing int)
	CountEvery time.Duration // Default: 2 s.
	// Mine makes the frame about the running tables of a user, or nil. It is
	// called by Run and Follow, and may take its time. Default: none.
	Mine func(ctx context.Context, user account.ID) []byte
	// Every is the time between two rounds of news. Default: 500 ms.
	Every time.Duration
	// People tells about registered players. Default: all are alike.
	People People
	// WaveEvery is the time between two waves of pairing; who comes is also
	// paired at once where somebody fits. Default: 3 s.
	WaveEvery time.Duration
	// Log gets what is our fault. Default: slog.Default.
	Log *slog.Logger
	// Random is where ids and colors come from. Default: crypto/rand.
	Random io.Reader
}

// Lobby is safe for concurrent use.
type Lobby struct {
	cfg Config

	mu        sync.Mutex
	pools     []*pool
	seeks     map[SeekID]*Seek
	order     []SeekID // of creation
	followers map[*Member]struct{}
	dirty     map[account.ID]struct{}
	online    int
	playing   int
	news      news
}

// Member is one socket in the lobby and who is behind it.
type Member struct {
	Conn Conn
	// Player is the zero Player for who is not signed in: they can look.
	Player table.Player
	// gone belongs to Lobby.mu, and is set by Leave.
	gone bool
}

// New returns an empty lobby.
func New(cfg Config) (*Lobby, error) {
	if cfg.Tables == nil || cfg.Codec == nil || cfg.Catalog == nil {
		return nil, errors.New("lobby: Tables, Codec and Catalog must be given")
	}
	cfg = cfg.withDefaults()
	l := &Lobby{
		cfg:       cfg,
		seeks:     make(map[SeekID]*Seek),
		followers: make(map[*Member]struct{}),
		dirty:     make(map[account.ID]struct{}),
	}
	for _, c := range cfg.Pools {
		l.pools = append(l.pools, &pool{control: c})
	}
	l.news.told = l.counted()
	return l, nil
}

// signedIn refuses who is nobody.
func (m *Member) signedIn() error {
	if m.Player.Free() {
		return account.ErrNotSignedIn
	}
	return nil
}

// Leave ends all that hangs on a socket: its place in a pool, its seeks, and
// the news.
func (l *Lobby) Leave(m *Member) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m.gone = true
	delete(l.followers, m)
	l.withdraw(func(other *Member) bool { return other == m })
}

// withdraw takes members out of pools and their seeks out of the list.
func (l *Lobby) withdraw(whose func(*Member) bool) {
	for _, p := range l.pools {
		p.remove(whose)
	}
	for id, s := range l.seeks {
		if whose(s.maker.Member) {
			l.removeSeek(id)
		}
	}
}

// withdrawUser does so for all sockets of a user.
func (l *Lobby) withdrawUser(id account.ID) {
	l.withdraw(func(m *Member) bool { return m.Player.ID == id })
}
