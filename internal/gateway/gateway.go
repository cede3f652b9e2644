// Package gateway sends what browsers and programs ask to the app servers of a
// cluster: what is about a table to the node that has it, new tables and
// sockets to those with room, everything else to any. The public lists of running
// games it answers itself, from what app servers say every so often. It keeps no
// state that anybody would miss: there may be as many gateways as one likes, and
// one that is lost costs a reconnect.
package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/table"
)

// Cluster is what a gateway must know of its cluster; a cluster.Watcher knows
// it.
type Cluster interface {
	Owner(id table.ID) (cluster.Node, cluster.Lease, bool)
	Nodes() []cluster.Node
	Map() (m cluster.Map, ready bool)
}

// Config is what a Gateway needs. Cluster and Secret must be given.
type Config struct {
	Cluster Cluster
	// Secret signs the routing cookie: the same for all gateways.
	Secret []byte
	// Lobby is a table that is where the lobby is.
	Lobby table.ID
	// Trusted reports whether a peer is believed about whose requests it passes
	// on. Default: nobody is.
	Trusted func(netip.Addr) bool
	// CheckEvery is the time between two looks at each app server. Default: 1 s.
	CheckEvery time.Duration
	// CheckTime is how long the answer to a look may take. Default: 1 s.
	CheckTime time.Duration
	// EjectFor is how long an app server that failed is passed over. Default:
	// 3 s.
	EjectFor time.Duration
	// Self names this life of the gateway to app servers, which close its sockets
	// when it leaves. Default: they are not told.
	Self cluster.NodeID
	// Lists are the public lists that the gateway serves itself, by the names that
	// app servers have for them, and Bus is where it hears of them. Default: none.
	Lists map[string]List
	Bus   cluster.Bus
	// Headers adds to an answer of the gateway what every answer has. Default:
	// nothing.
	Headers func(h http.Header, r *http.Request)
	// Log hears of app servers that fail. Default: slog.Default.
	Log *slog.Logger
}

// Gateway is an http.Handler. It is safe for concurrent use.
type Gateway struct {
	cfg       Config
	proxy     *httputil.ReverseProxy
	transport *http.Transport
	conns     *conns
	lists     *lists
	draining  atomic.Bool
	// open is how many requests are under way, sockets among them.
	open atomic.Int64

	mu sync.Mutex
	// out is until when nodes are passed over, failed how often in a row their
	// checks have failed, and mute how often they have not answered at all.
	out          map[cluster.NodeID]time.Time
	failed, mute map[cluster.NodeID]int
	// gone is for how many rounds nobody at an address was among the living.
	gone map[string]int
}

// New returns a gateway that serves at once. Run keeps it informed.
func New(cfg Config) (*Gateway, error) {
	if cfg.Cluster == nil || len(cfg.Secret) == 0 {
		return nil, errors.New("gateway: Cluster and Secret must be given")
	}
	if len(cfg.Lists) > 0 && cfg.Bus == nil {
		return nil, errors.New("gateway: Lists need a Bus")
	}
	if cfg.Trusted == nil {
		cfg.Trusted = func(netip.Addr) bool { return false }
	}
	if cfg.Headers == nil {
		cfg.Headers = func(http.Header, *http.Request) {}
	}
	if cfg.CheckEvery <= 0 {
		cfg.CheckEvery = time.Second
	}
	if cfg.CheckTime <= 0 {
		cfg.CheckTime = time.Second
	}
	if cfg.EjectFor <= 0 {
		cfg.EjectFor = 3 * time.Second
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	g := &Gateway{
		cfg: cfg, conns: &conns{all: make(map[string]map[*conn]struct{})}, out: make(map[cluster.NodeID]time.Time),
		failed: make(map[cluster.NodeID]int), mute: make(map[cluster.NodeID]int), gone: make(map[string]int),
	}
	g.lists = newLists(cfg)
	g.transport = newTransport(g.conns)
	g.proxy = &httputil.ReverseProxy{
		Rewrite: g.rewrite, Transport: (*carrier)(g), ModifyResponse: g.sign, ErrorHandler: g.unanswered,
		FlushInterval: -1, ErrorLog: slog.NewLogLogger(cfg.Log.Handler(), slog.LevelDebug),
	}
	return g, nil
}

// Drain has the gateway say that it is not ready, so that whatever is in front
// of it sends nobody else.
func (g *Gateway) Drain() { g.draining.Store(true) }

// Open is how many requests are under way, sockets and streams among them.
func (g *Gateway) Open() int { return int(g.open.Load()) }

// Listed is how many requests for public lists the gateway has answered itself.
func (g *Gateway) Listed() int64 { return g.lists.served.Load() }

// ServeHTTP implements http.Handler.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/healthz":
		condition(w, true)
	case "/readyz":
		condition(w, g.ready())
	default:
		if g.lists.serve(w, r) {
			return
		}
		g.open.Add(1)
		defer g.open.Add(-1)
		r = r.WithContext(context.WithValue(r.Context(), choiceKey{}, &choice{all: g.choose(r)}))
		g.proxy.ServeHTTP(w, r)
	}
}

// ready reports whether there is anybody to send people to.
func (g *Gateway) ready() bool {
	_, known := g.cfg.Cluster.Map()
	return known && !g.draining.Load() && len(g.healthy()) > 0
}

func condition(w http.ResponseWriter, ok bool) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !ok {
		busy(w)
		return
	}
	_, _ = w.Write([]byte(`{"ok":true}` + "\n"))
}

// busy answers as the app servers do when they cannot.
func busy(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Retry-After", "1")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write([]byte(`{"error":{"code":"busy","message":"The server is busy; please try again."}}` + "\n"))
}

// unanswered answers when no app server did.
func (g *Gateway) unanswered(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		g.cfg.Log.Warn("nobody answers", "path", r.URL.Path, "err", err)
	}
	busy(w)
}

// rewrite makes the request for an app server out of that of a client.
func (g *Gateway) rewrite(p *httputil.ProxyRequest) {
	p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = "http", "app", p.In.Host
	if g.trusts(p.In) {
		p.Out.Header["X-Forwarded-For"] = p.In.Header["X-Forwarded-For"]
	}
	proto := p.In.Header.Get("X-Forwarded-Proto")
	p.SetXForwarded()
	if g.trusts(p.In) && proto != "" {
		p.Out.Header.Set("X-Forwarded-Proto", proto)
	}
	p.Out.Header.Del("Forwarded")
	p.Out.Header.Set(cluster.GatewayHeader, string(g.cfg.Self))
}

func (g *Gateway) trusts(r *http.Request) bool {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	return err == nil && g.cfg.Trusted(at.Addr().Unmap())
}
