package lichessapi

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/cluster"
	"kibitz/internal/export"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// Config is what a Server needs. Host, Lobby, Accounts and ClientAddr must be
// given.
type Config struct {
	Host     Host
	Lobby    *lobby.Lobby
	Accounts account.Store
	// Strength tells how strong players are. Default: nobody is known.
	Strength lobby.People
	// House is the house players, one a level.
	House []table.Player
	// Games, History, Ratings and Counts are finished games and what follows
	// from them. Default: there are none.
	Games   *export.Source
	History archive.History
	Ratings archive.Ratings
	Counts  archive.Counts
	// Import takes a game into the library of a user, and returns its id there.
	// Default: games are not taken.
	Import func(ctx context.Context, owner account.ID, pgn []byte) (table.ID, error)
	// Online reports whether somebody is here by another way than this
	// package. Default: nobody is.
	Online func(account.ID) bool
	// Unheard reports whether a gateway is silent for longer than one that is well,
	// and since when. Default: none is.
	Unheard func(cluster.NodeID) (since time.Time, unheard bool)
	// Listening returns who holds a stream of events open on other nodes.
	// Default: nobody does.
	Listening func(ctx context.Context) []account.User
	// Tell passes notes on to other nodes, which Hear them. It must not block.
	// Default: there are none.
	Tell func(Note)
	// Mine reports whether a table is this node's to look after. Default: all
	// are. LobbyHere reports whether the lobby is on this node, with the
	// opponents for who seeks one. Default: it is.
	Mine      func(table.ID) bool
	LobbyHere func() bool
	// Revoked closes what a token opened elsewhere. Default: nothing.
	Revoked func(account.TokenHash)
	// PublicURL is where browsers find this server, without a slash at the
	// end. Default: what the request says.
	PublicURL string
	// Secure says that a proxy in front speaks TLS.
	Secure bool
	// ClientAddr returns whose request it is.
	ClientAddr func(*http.Request) netip.Addr
	// Unpaced lifts the limits of addresses and users, for measurements.
	Unpaced bool
	// KeepAlive is the time between two empty lines of a stream. Default: 6 s.
	KeepAlive time.Duration
	// WriteTime is how long a client may take to read a line of a stream. The
	// connection of one that takes longer is cut; nobody waits for it meanwhile.
	// Default: 10 s.
	WriteTime time.Duration
	// ChallengeLife is how long a challenge waits whose maker is not
	// connected. Default: 20 s.
	ChallengeLife time.Duration
	// Random is where ids and colors come from. Default: crypto/rand.
	Random io.Reader
	Now    func() time.Time // Default: time.Now.
	Log    *slog.Logger     // Default: slog.Default.
}

// Server answers the API. It is safe for concurrent use.
type Server struct {
	cfg       Config
	people    account.People
	limits    *limits
	streams   *streams
	followers *followers
	notes     *notes
	titles    *titles
	// ctx ends when the server closes, and with it every stream.
	ctx   context.Context
	close context.CancelFunc
	loops sync.WaitGroup
}

// New returns a server. Close must be called in the end.
func New(cfg Config) (*Server, error) {
	if cfg.Host == nil || cfg.Lobby == nil || cfg.Accounts == nil || cfg.ClientAddr == nil {
		return nil, errors.New("lichessapi: Host, Lobby, Accounts and ClientAddr must be given")
	}
	cfg = cfg.withDefaults()
	s := &Server{
		cfg: cfg, limits: newLimits(cfg.Unpaced), streams: newStreams(), followers: newFollowers(), notes: newNotes(),
		people: account.People{Store: cfg.Accounts, Random: cfg.Random, Now: cfg.Now},
	}
	s.titles = &titles{accounts: cfg.Accounts, now: cfg.Now, known: make(map[account.ID]titled)}
	s.ctx, s.close = context.WithCancel(context.Background())
	s.loops.Go(s.expire)
	return s, nil
}

func (c Config) withDefaults() Config {
	if c.Online == nil {
		c.Online = func(account.ID) bool { return false }
	}
	if c.Unheard == nil {
		c.Unheard = func(cluster.NodeID) (time.Time, bool) { return time.Time{}, false }
	}
	if c.Listening == nil {
		c.Listening = func(context.Context) []account.User { return nil }
	}
	if c.Tell == nil {
		c.Tell = func(Note) {}
	}
	if c.Mine == nil {
		c.Mine = func(table.ID) bool { return true }
	}
	if c.LobbyHere == nil {
		c.LobbyHere = func() bool { return true }
	}
	if c.Revoked == nil {
		c.Revoked = func(account.TokenHash) {}
	}
	if c.KeepAlive <= 0 {
		c.KeepAlive = 6 * time.Second
	}
	if c.WriteTime <= 0 {
		c.WriteTime = 10 * time.Second
	}
	if c.ChallengeLife <= 0 {
		c.ChallengeLife = 20 * time.Second
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
	return c
}

// Close ends all streams, and waits until nothing of the package runs but
// handlers that are about to return.
func (s *Server) Close() {
	s.close()
	s.loops.Wait()
}

// Changed passes on that a table has changed. It never blocks, and never calls
// the host: it is for host.Config.Changed.
func (s *Server) Changed(c host.Change) {
	s.followers.touch(c.Table)
	for _, p := range c.Players {
		if !p.Free() && p.House == 0 {
			s.streams.touch(p.ID, c.Table)
		}
	}
}

// Present reports whether somebody holds a stream open.
func (s *Server) Present(user account.ID) bool { return s.streams.present(user) }

// Listening returns who holds a stream of events open here.
func (s *Server) Listening() []account.User { return s.streams.listening() }

// Hear takes a note of another node.
func (s *Server) Hear(n Note) { s.notes.change(n.Table, func(mine *Note) { *mine = n }) }

// note alters the note of a table, here and on other nodes.
func (s *Server) note(id table.ID, change func(*Note)) { s.cfg.Tell(s.notes.change(id, change)) }

// Voided ends what a token opened that is good no more.
func (s *Server) Voided(token account.TokenHash) { s.streams.endToken(token) }

// online reports whether somebody is here by any way.
func (s *Server) online(user account.ID) bool { return s.streams.present(user) || s.cfg.Online(user) }

// snapshot returns a table of chess as one of its players, or a spectator,
// sees it. Tables of other games are none of this package's business.
func (s *Server) snapshot(ctx context.Context, id table.ID, user account.ID) (table.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, answerTime) // streams have no bound of their own
	defer cancel()
	snap, err := s.cfg.Host.Snapshot(ctx, id, game.Spectator)
	if err != nil {
		return snap, err
	}
	if _, ok := boardOf(&snap); !ok {
		return snap, table.ErrUnknownTable
	}
	if seat := seatOf(&snap, user); seat != game.NoSeat {
		return s.cfg.Host.Snapshot(ctx, id, game.Viewer{Seat: seat})
	}
	return snap, nil
}
