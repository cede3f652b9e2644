package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/gateway"
)

// Gateway is a process that sends people to app servers.
type Gateway struct {
	cfg      Config
	nats     *shared
	watcher  *cluster.Watcher
	gateway  *gateway.Gateway
	listener net.Listener
	// guard is nil without TLS.
	guard *guard
	// leaving is said to app servers, which then close the sockets that came
	// this way.
	leaving atomic.Bool
	// watch is nil where nobody asked for metrics.
	watch    *watch
	answered classes
}

// OpenGateway connects to the cluster, and opens the address.
func OpenGateway(cfg Config) (*Gateway, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	g := &Gateway{cfg: cfg}
	if g.watch, err = openWatch(cfg); err != nil {
		return nil, err
	}
	if g.nats, err = openNATS(cfg); err != nil {
		return nil, errors.Join(err, g.watch.close())
	}
	if err = g.build(); err == nil {
		err = g.listen()
	}
	if err != nil {
		return nil, errors.Join(err, g.release())
	}
	g.gauge()
	return g, nil
}

func (g *Gateway) build() error {
	self, err := g.cfg.identity(cluster.Gateway)
	if err != nil {
		return err
	}
	g.watcher, err = g.nats.watchAs(g.cfg, func() cluster.Node {
		now := self
		now.Draining = g.leaving.Load()
		return now
	})
	if err != nil {
		return err
	}
	trusted, err := parseProxies(g.cfg.TrustedProxies)
	if err != nil {
		return err
	}
	g.gateway, err = gateway.New(gateway.Config{
		Cluster: g.watcher, Secret: []byte(g.cfg.Cluster.Secret), Self: self.ID, Lobby: lobbyTable, Log: g.cfg.Log,
		Bus: g.nats.client.Bus(), Lists: publicLists(), Headers: g.cfg.harden,
		Trusted: func(a netip.Addr) bool {
			for _, p := range trusted {
				if p.Contains(a) {
					return true
				}
			}
			return false
		},
	})
	return err
}

// listen opens the address, that for HTTPS where there is a domain.
func (g *Gateway) listen() (err error) {
	at := g.cfg.Listen
	if g.cfg.TLS.Domain != "" {
		at = g.cfg.TLS.Listen
		if g.guard, err = openGuard(g.cfg); err != nil {
			return err
		}
	}
	if g.listener, err = net.Listen("tcp", at); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	return nil
}

// release closes what OpenGateway opened.
func (g *Gateway) release() error {
	if g.guard != nil {
		g.guard.close()
	}
	return errors.Join(g.watch.close(), g.nats.close())
}

// watch returns a watcher for a process that owns no tables.
func (s *shared) watch(cfg Config, role cluster.Role) (*cluster.Watcher, error) {
	self, err := cfg.identity(role)
	if err != nil {
		return nil, err
	}
	return s.watchAs(cfg, func() cluster.Node { return self })
}

func (s *shared) watchAs(cfg Config, self func() cluster.Node) (*cluster.Watcher, error) {
	return cluster.NewWatcher(cluster.Config{Bus: s.client.Bus(), Leases: s.leases, Members: s.members, Log: cfg.Log, Self: self})
}

// Addr implements Process.
func (g *Gateway) Addr() net.Addr { return g.listener.Addr() }

// FirstCode implements Process: app servers have one.
func (g *Gateway) FirstCode() string { return "" }

// Serve implements Process.
func (g *Gateway) Serve(ctx context.Context) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	live, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	asked, hangUp := context.WithCancel(live)
	defer hangUp()
	web := &http.Server{
		Handler: g.answered.count(g.gateway), ErrorLog: slog.NewLogLogger(g.cfg.Log.Handler(), slog.LevelDebug),
		ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		BaseContext: func(net.Listener) context.Context { return asked },
	}
	var running sync.WaitGroup
	running.Go(func() { g.watcher.Run(live) })
	running.Go(func() { g.gateway.Run(live) })
	running.Go(func() {
		if err := g.watch.serve(live); err != nil {
			fail(fmt.Errorf("metrics: %w", err))
		}
	})
	running.Go(func() {
		if err := g.answer(web); !errors.Is(err, http.ErrServerClosed) {
			fail(fmt.Errorf("serve: %w", err))
		}
	})
	if g.guard != nil {
		running.Go(func() {
			if err := g.guard.run(live); err != nil {
				fail(err)
			}
		})
	}
	<-ctx.Done()
	err := g.drain(web, hangUp)
	end()
	running.Wait()
	return errors.Join(failure(ctx), err, g.release())
}

// answer serves HTTP, or HTTPS where there is a domain.
func (g *Gateway) answer(web *http.Server) error {
	if g.guard == nil {
		return web.Serve(g.listener)
	}
	web.TLSConfig = g.guard.tls()
	return web.ServeTLS(g.listener, "", "")
}

// The steps of a gateway that ends: how long it says that it is not ready,
// before it takes nothing more, and how long app servers have to close the
// sockets, before what is left is cut.
const (
	drainPause = 1500 * time.Millisecond
	closeTime  = 4 * time.Second
)

// drain sends everybody elsewhere: nobody new first, then the sockets, which app
// servers close in good order, and at last the streams.
func (g *Gateway) drain(web *http.Server, hangUp func()) error {
	g.gateway.Drain()
	time.Sleep(drainPause)
	g.leaving.Store(true)
	last, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	cut := time.AfterFunc(closeTime, hangUp)
	defer cut.Stop()
	err := web.Shutdown(last) // closes the address, and does not wait for sockets
	for g.gateway.Open() > 0 && last.Err() == nil {
		time.Sleep(lookEvery)
	}
	return err
}
