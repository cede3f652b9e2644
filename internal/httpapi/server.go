// Package httpapi is the edge of a node: the WebSocket of docs/protocol.md,
// the plain HTTP beside it, and the pages. It decides who somebody is and how
// much they may ask, and leaves all else to the host and the lobby.
package httpapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/hands"
	"kibitz/internal/ledger"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// Config is what a Server needs. Host, Lobby, Accounts, Hasher, OneTime,
// Authenticator and Catalog must be given.
type Config struct {
	Host     Host
	Lobby    *lobby.Lobby
	Accounts *account.Cached
	// Peers are the other nodes of a cluster. Default: there are none.
	Peers *Peers
	// Hasher, OneTime and Authenticator check what people prove who they are
	// with.
	Hasher        account.Hasher
	OneTime       account.OneTime
	Authenticator account.Authenticator
	// Games are put into exports. Default: none.
	Games account.Games
	// Library is finished games and what follows from them.
	Library Library
	// Mail sends a letter. Default: nobody gets mail.
	Mail func(ctx context.Context, to, subject, text string) error
	// PublicURL is where browsers find this server, for links in mail, without
	// a slash at the end.
	PublicURL string
	// FirstCode lets its bearer become the first admin; with an empty one
	// nobody can over HTTP.
	FirstCode string
	// FirstElsewhere reports whether a code is that of another node, of which each
	// has its own. Default: it is not.
	FirstElsewhere func(ctx context.Context, code string) bool
	Catalog        game.Catalog
	// People tells how strong players are. Default: nobody is known.
	People lobby.People
	// House is the house players, one a level, with their ids and names.
	House []table.Player
	// Rooms finds tables at which people come and go, and Bank has the chips
	// for them.
	Rooms Rooms
	Bank  ledger.Bank
	// Hands are those that were played; nil where there are none.
	Hands *hands.Collection
	// Present reports whether somebody is here by another way than a socket.
	// Default: nobody is.
	Present func(account.ID) bool
	// Voided is told of tokens that were voided. Default: nobody is told.
	Voided func(account.TokenHash)
	// UI is the built web client with index.html at its root. Without one, the
	// pages say how to build it.
	UI fs.FS
	// Build changes when the web client does. Default: made from the UI.
	Build string
	// Ready returns nil when the node takes players. Default: always.
	Ready func() error
	// Secure says that a proxy in front speaks TLS with the browsers.
	Secure bool
	// ClientAddr returns whose request it is, for limits and logs. Default:
	// the other end of the connection.
	ClientAddr func(*http.Request) netip.Addr
	// GuestsPerMinute bounds the new guests of one address; a school behind
	// one address needs many at once. GuestBurst is how many at once. Default:
	// 60 and 100; a negative number means no limit.
	GuestsPerMinute, GuestBurst int
	// ProdEvery is how often sockets that were silent for that long are pinged.
	// A browser answers in a hidden tab, too, where the timers of the page
	// stand still. Default: 10 s.
	ProdEvery time.Duration
	// SignUpClosed refuses new accounts; guests still play.
	SignUpClosed bool
	// Random is where ids, tokens and colors come from. Default: crypto/rand.
	Random io.Reader
	// Refused is told of every refusal on a socket. It must not block. Default:
	// nobody is told.
	Refused func(wire.Code)
	Now     func() time.Time // Default: time.Now.
	Log     *slog.Logger     // Default: slog.Default.
}

// Server answers HTTP. It is safe for concurrent use.
type Server struct {
	cfg     Config
	hub     *hub
	codec   Codec
	people  account.People
	tickets account.Tickets
	// letters are the names of those who forgot their password.
	letters chan string
	// first is held while the first admin is made.
	first  sync.Mutex
	limits limits
	lib    *library
	hands  handShelf
	pages  *pages
}

// New returns a server that is ready to answer. Close must be called in the
// end.
func New(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	p, err := loadPages(cfg.UI)
	if err != nil {
		return nil, fmt.Errorf("web client: %w", err)
	}
	if cfg.Build == "" {
		cfg.Build = p.build
	}
	s := &Server{
		cfg: cfg, pages: p, hub: newHub(cfg), codec: Codec{Log: cfg.Log, Refused: cfg.Refused},
		people: account.People{
			Store: cfg.Accounts, Hasher: cfg.Hasher, OneTime: cfg.OneTime, Authenticator: cfg.Authenticator,
			Random: cfg.Random, Now: cfg.Now,
		},
		letters: make(chan string, maxLetters),
		limits:  newLimits(cfg),
		lib:     newLibrary(cfg.Library),
		hands:   newHandShelf(cfg.Hands),
	}
	return s, nil
}

func (c Config) withDefaults() (Config, error) {
	if c.Host == nil || c.Lobby == nil || c.Accounts == nil || c.Catalog == nil ||
		c.Hasher == nil || c.OneTime == nil || c.Authenticator == nil {
		return c, errors.New("httpapi: Host, Lobby, Accounts, Hasher, OneTime, Authenticator and Catalog must be given")
	}
	if c.Ready == nil {
		c.Ready = func() error { return nil }
	}
	if c.ClientAddr == nil {
		c.ClientAddr = peerAddr
	}
	if c.Present == nil {
		c.Present = func(account.ID) bool { return false }
	}
	if c.Voided == nil {
		c.Voided = func(account.TokenHash) {}
	}
	if c.FirstElsewhere == nil {
		c.FirstElsewhere = func(context.Context, string) bool { return false }
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.ProdEvery <= 0 {
		c.ProdEvery = 10 * time.Second
	}
	if c.GuestsPerMinute == 0 {
		c.GuestsPerMinute = 60
	}
	if c.GuestBurst == 0 {
		c.GuestBurst = 100
	}
	return c, nil
}

func newLimits(c Config) limits {
	perSecond := rate.Limit(float64(c.GuestsPerMinute) / 60)
	if c.GuestsPerMinute < 0 || c.GuestBurst < 0 {
		perSecond = rate.Inf
	}
	all := rate.Limit(requestsPerSecond)
	if perSecond == rate.Inf {
		all = rate.Inf
	}
	return limits{
		api:     newKeyedLimit[netip.Prefix](all, requestsAtOnce),
		exports: newKeyedLimit[account.ID](exportsPerSecond, exportsAtOnce),
		guests:  newKeyedLimit[netip.Prefix](perSecond, c.GuestBurst),
		tables:  newKeyedLimit[account.ID](tablesPerSecond, tablesAtOnce),
		doors:   newKeyedLimit[netip.Prefix](doorsPerSecond, doorsAtOnce),
		names:   newKeyedLimit[string](namesPerSecond, namesAtOnce),
	}
}

// The times of an HTTP connection; a WebSocket has its own.
const (
	headerTime   = 5 * time.Second
	readTime     = 15 * time.Second
	writeTime    = 30 * time.Second
	keepAlive    = 2 * time.Minute
	maxHeaderLen = 16 << 10
)

// HTTP returns the http.Server for this handler, with its limits set. Its
// Shutdown does not wait for WebSockets: call Close as well.
func (s *Server) HTTP() *http.Server {
	return &http.Server{
		Handler: s.Handler(), ErrorLog: slog.NewLogLogger(s.cfg.Log.Handler(), slog.LevelWarn),
		ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: keepAlive, MaxHeaderBytes: maxHeaderLen,
	}
}

// Online returns the number of open sockets.
func (s *Server) Online() int { return s.hub.count() }

// AnnounceShutdown tells every socket that the server restarts.
func (s *Server) AnnounceShutdown(in time.Duration) {
	s.Announce(wire.Append(nil, wire.Shutdown{InMillis: in.Milliseconds()}))
}

// Announce sends a frame to every socket.
func (s *Server) Announce(frame []byte) { s.hub.announce(frame) }

// Close closes every socket, takes no new one, and waits until the host has
// been told of all, or ctx is done.
func (s *Server) Close(ctx context.Context) error { return s.hub.close(ctx) }
