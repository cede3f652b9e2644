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
}

// OpenGateway connects to the cluster, and opens the address.
func OpenGateway(cfg Config) (*Gateway, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	g := &Gateway{cfg: cfg}
	if g.nats, err = openNATS(cfg); err != nil {
		return nil, err
	}
	if err := g.build(); err != nil {
		return nil, errors.Join(err, g.nats.close())
	}
	if g.listener, err = net.Listen("tcp", cfg.Listen); err != nil {
		return nil, errors.Join(fmt.Errorf("listen: %w", err), g.nats.close())
	}
	return g, nil
}

func (g *Gateway) build() (err error) {
	if g.watcher, err = g.nats.watch(g.cfg, cluster.Gateway); err != nil {
		return err
	}
	trusted, err := parseProxies(g.cfg.TrustedProxies)
	if err != nil {
		return err
	}
	g.gateway, err = gateway.New(gateway.Config{
		Cluster: g.watcher, Secret: []byte(g.cfg.Cluster.Secret), Lobby: lobbyTable, Log: g.cfg.Log,
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

// watch returns a watcher for a process that owns no tables.
func (s *shared) watch(cfg Config, role cluster.Role) (*cluster.Watcher, error) {
	self, err := cfg.identity(role)
	if err != nil {
		return nil, err
	}
	return cluster.NewWatcher(cluster.Config{
		Bus: s.client.Bus(), Leases: s.leases, Members: s.members, Log: cfg.Log, Self: func() cluster.Node { return self },
	})
}

// Addr implements Process.
func (g *Gateway) Addr() net.Addr { return g.listener.Addr() }

// FirstCode implements Process: app servers have one.
func (g *Gateway) FirstCode() string { return "" }

// drainPause is how long a gateway that ends says that it is not ready, before
// it takes nothing more.
const drainPause = time.Second

// Serve implements Process.
func (g *Gateway) Serve(ctx context.Context) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	live, end := context.WithCancel(context.WithoutCancel(ctx))
	defer end()
	web := &http.Server{
		Handler: g.gateway, ErrorLog: slog.NewLogLogger(g.cfg.Log.Handler(), slog.LevelDebug),
		ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
	}
	var running sync.WaitGroup
	running.Go(func() { g.watcher.Run(live) })
	running.Go(func() { g.gateway.Run(live) })
	running.Go(func() {
		if err := web.Serve(g.listener); !errors.Is(err, http.ErrServerClosed) {
			fail(fmt.Errorf("serve: %w", err))
		}
	})
	<-ctx.Done()
	g.gateway.Drain()
	time.Sleep(drainPause)
	last, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	err := web.Shutdown(last)
	end()
	running.Wait()
	return errors.Join(failure(ctx), err, g.nats.close())
}
