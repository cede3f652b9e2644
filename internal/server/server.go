// Package server puts a node together: stores, host, lobby and edge. It is
// what `kibitz serve` runs, and what tests start for real.
package server

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/credential"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/importer"
	"kibitz/internal/lichessapi"
	"kibitz/internal/lobby"
	"kibitz/internal/rooms"
	"kibitz/internal/worker"
	workhands "kibitz/internal/worker/hands"
	"kibitz/web"
)

// stopTime bounds each step of a graceful stop.
const stopTime = 10 * time.Second

// Server is one node.
type Server struct {
	cfg      Config
	stores   *stores
	house    *house
	host     *host.Host
	lobby    *lobby.Lobby
	edge     *httpapi.Server
	lichess  *lichessapi.Server
	reviews  *reviews
	imports  *importer.Imports
	worker   *worker.Worker
	chips    *worker.Worker
	hands    *worker.Worker
	dealt    *workhands.Hands
	rooms    *rooms.Rooms
	listener net.Listener
	// node is nil for a server that is alone.
	node *appNode
	// backlog is nil for a server that is alone.
	backlog *backlog
	// programs is where programs connect, nil where they cannot.
	programs net.Listener
	// guard is nil without TLS.
	guard *guard
	// watch is nil where nobody asked for metrics.
	watch *watch
	ready atomic.Bool
	// first lets its bearer become the first admin.
	first string
	// passing is a folder to remove in the end.
	passing string
}

// Open opens the stores and the address. The server answers, to begin with
// that it is starting, from when Serve is called.
func Open(cfg Config) (*Server, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg}
	if s.watch, err = openWatch(cfg); err != nil {
		return nil, err
	}
	if s.stores, err = openStores(cfg, s.watch.grouped()); err != nil {
		return nil, errors.Join(err, s.watch.close())
	}
	if err := s.build(); err != nil {
		return nil, errors.Join(err, s.release())
	}
	if err := s.listen(); err != nil {
		return nil, errors.Join(err, s.release())
	}
	return s, nil
}

// listen opens the addresses.
func (s *Server) listen() (err error) {
	at := s.cfg.Listen
	if s.cfg.TLS.Domain != "" {
		at = s.cfg.TLS.Listen
		if s.guard, err = openGuard(s.cfg); err != nil {
			return err
		}
	}
	if s.listener, err = net.Listen("tcp", at); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	if s.cfg.Programs.Listen != "" {
		if s.programs, err = net.Listen("tcp", s.cfg.Programs.Listen); err != nil {
			return fmt.Errorf("listen for programs: %w", err)
		}
	}
	return nil
}

// build makes the parts and joins them.
func (s *Server) build() error {
	catalog, err := games.Catalog(games.Options{Draws: s.cfg.Draws})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	if s.house, err = openHouse(s.cfg); err != nil {
		return err
	}
	codec := httpapi.Codec{Log: s.cfg.Log, Refused: s.watch.refused()}
	if s.node, err = openNode(s); err != nil {
		return err
	}
	s.host, err = host.New(s.node.share(host.Config{
		Journal: s.watch.journal(s.stores.journal), Resumed: s.watch.resumed(), Pulse: s.stores.pulse, Catalog: catalog, Chance: games.Chance(),
		Codec: codec, Brain: s.house, Cashier: cashier{s.bank()}, Changed: s.changed, Archive: s.library(catalog), Log: s.cfg.Log,
	}))
	if err != nil {
		return err
	}
	s.backlog = s.openBacklog()
	all := tables{s.host, s.node}
	if err := s.openProjections(catalog); err != nil {
		return err
	}
	if s.rooms, err = s.openRooms(); err != nil {
		return err
	}
	s.lobby, err = lobby.New(lobby.Config{
		Tables: spread{all}, Codec: codec, Catalog: catalog, Kind: chess.Kind, Counts: s.counts, Mine: codec.Mine(all),
		People: s.standings(catalog), May: s.node.here, Log: s.cfg.Log,
	})
	if err != nil {
		return err
	}
	people, err := s.people()
	if err != nil {
		return err
	}
	shelves, err := s.openShelves(catalog)
	if err != nil {
		return err
	}
	if err := s.openLichess(catalog, codec, people.proxies); err != nil {
		return err
	}
	s.edge, err = httpapi.New(httpapi.Config{
		Host: all, Peers: s.node.peers(), Lobby: s.lobby, Accounts: s.stores.accounts, Catalog: catalog,
		Hasher: hasher(), OneTime: credential.TOTP{Random: rand.Reader}, Authenticator: credential.Passkeys{},
		Mail: people.send, PublicURL: s.cfg.PublicURL, FirstCode: people.first, FirstElsewhere: s.node.firstElsewhere, SignUpClosed: s.cfg.SignUp == "closed",
		People: s.standings(catalog), House: s.house.Players(chess.Kind), UI: web.Files(), Build: web.Build(), Ready: s.starting,
		Secure: s.cfg.Secure, ClientAddr: people.proxies.ClientAddr, GuestsPerMinute: s.cfg.GuestsPerMinute, Log: s.cfg.Log,
		Present: s.present, Voided: s.voided,
		Refused: s.watch.refused(), Library: shelves, Games: s.belongings(catalog), Rooms: s.rooms, Bank: s.bank(), Hands: s.handBooks(),
	})
	if err == nil {
		s.watch.gauge(s)
	}
	return err
}

// changed passes the news of a table on to its players in the lobby.
func (s *Server) changed(c host.Change) {
	s.lichess.Changed(c)
	s.node.changed(c)
	for _, p := range c.Players {
		if p.House == 0 && !p.Free() {
			s.lobby.Touched(p.ID)
		}
	}
}

// present reports whether somebody is here by another way than a socket, or on
// another node.
func (s *Server) present(user account.ID) bool {
	return s.lichess.Present(user) || s.node.present(user)
}

func (s *Server) counts() (online, playing int) {
	if s.node != nil {
		return s.node.counts()
	}
	return s.edge.Online(), s.host.Counts().Running
}

var errStarting = errors.New("the server is starting")

func (s *Server) starting() error {
	if !s.ready.Load() || !s.node.joined() {
		return errStarting
	}
	return nil
}

// FirstCode returns the code with which somebody becomes the first admin, and
// an empty one when there is an admin already.
func (s *Server) FirstCode() string { return s.first }

// Addr returns where the server answers.
func (s *Server) Addr() net.Addr { return s.listener.Addr() }

// Serve answers until ctx is done, and then stops gracefully: every game is
// kept. It returns an error when the server could not start or go on.
func (s *Server) Serve(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	live, leave := context.WithCancel(context.WithoutCancel(ctx))
	defer leave()
	web := s.edge.HTTP()
	web.Handler = s.lichess.Mount(web.Handler)
	var running sync.WaitGroup
	running.Go(func() { s.lobby.Run(ctx) })
	running.Go(func() {
		if err := s.watch.serve(ctx); err != nil {
			stop(fmt.Errorf("metrics: %w", err))
		}
	})
	running.Go(func() { s.edge.Run(ctx) })
	if s.cfg.Cluster.worker() {
		running.Go(func() { s.project(ctx) })
	}
	running.Go(func() { s.rooms.Run(ctx) })
	if s.programs != nil {
		running.Go(func() {
			if err := s.servePrograms(ctx, s.programs); err != nil {
				stop(fmt.Errorf("programs: %w", err))
			}
		})
	}
	if s.node == nil {
		running.Go(func() { s.serveControl(ctx) })
	}
	running.Go(func() { s.backlog.run(ctx) })
	running.Go(func() { s.review(ctx) })
	running.Go(func() { s.alone(ctx, "imports", s.imports.Run) })
	running.Go(func() {
		if err := s.answer(web); !errors.Is(err, http.ErrServerClosed) {
			stop(fmt.Errorf("serve: %w", err))
		}
	})
	if s.guard != nil {
		running.Go(func() {
			if err := s.guard.run(ctx); err != nil {
				stop(err)
			}
		})
	}
	running.Go(func() {
		if err := s.start(ctx); err != nil {
			stop(err)
			return
		}
		running.Go(func() { s.node.show(live) })
		s.node.run(live)
	})
	s.wait(ctx, stop)
	s.ready.Store(false)
	s.node.drain()
	leave()
	err := s.stop(web)
	running.Wait()
	return errors.Join(failure(ctx), err, s.release())
}

// answer serves HTTP, or HTTPS where there is a domain.
func (s *Server) answer(web *http.Server) error {
	if s.guard == nil {
		return web.Serve(s.listener)
	}
	web.TLSConfig = s.guard.tls()
	return web.ServeTLS(s.listener, "", "")
}

// start takes the running tables up again.
func (s *Server) start(ctx context.Context) error {
	begun := time.Now()
	if err := s.host.Recover(ctx); err != nil {
		return err
	}
	s.ready.Store(true)
	s.cfg.Log.Info("ready", "tables", s.host.Counts().Tables, "after", time.Since(begun).Round(time.Millisecond))
	return nil
}

// wait returns when the server is to stop, or cannot go on.
func (s *Server) wait(ctx context.Context, stop context.CancelCauseFunc) {
	select {
	case <-ctx.Done():
	case <-s.stores.failed:
		stop(fmt.Errorf("the journal has stopped, and with it the server: %w", s.stores.err()))
	}
}

// failure returns why a context ended, unless it was asked to.
func failure(ctx context.Context) error {
	if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// stop lets every table finish what it is at, and then closes the sockets.
func (s *Server) stop(web *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	s.edge.AnnounceShutdown(0)
	s.lichess.Close()
	return errors.Join(s.host.Shutdown(ctx), s.edge.Close(ctx), web.Shutdown(ctx))
}

// release closes what Open opened.
func (s *Server) release() error {
	if s.lichess != nil {
		s.lichess.Close()
	}
	if s.house != nil {
		s.house.Close()
	}
	if s.guard != nil {
		s.guard.close()
	}
	s.reviews.Close()
	if s.passing != "" {
		return errors.Join(s.watch.close(), s.stores.close(), os.RemoveAll(s.passing))
	}
	return errors.Join(s.watch.close(), s.stores.close())
}
