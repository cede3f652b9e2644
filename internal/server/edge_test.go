package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"kibitz/internal/memcached"
	"kibitz/internal/memcached/memcachedtest"
	"kibitz/internal/natsstore/natstest"
	"kibitz/internal/sqlstore/pgtest"
	"kibitz/internal/table"
)

// townOf is a cluster in this process, with stores that are processes of their
// own: 2 app servers, of which the first does the slow path, too, and 3
// gateways.
type townOf struct {
	database string
	memory   []*memcachedtest.Server
	apps     []*Server
	stop     []func()
	// gateways are two for HTTP, and the last for HTTPS, by ca.
	gateways []*Gateway
	end      []func()
	ca       *authority
}

const townDomain = "play.example.org"

func newTown(t *testing.T) *townOf {
	t.Helper()
	nats := natstest.Start(t, natstest.Options{})
	c := &townOf{database: pgtest.New(t), memory: []*memcachedtest.Server{memcachedtest.Start(t), memcachedtest.Start(t)}}
	cfg := Config{Database: c.database, GuestsPerMinute: -1, TrustedProxies: "127.0.0.1", Log: slog.New(slog.DiscardHandler)}
	for i, role := range []string{RoleAll, "app"} {
		one := cfg
		one.Listen = freeAddr(t)
		one.Cluster = Cluster{Role: role, NATS: nats.URL, Memcached: strings.Join(c.caches(), ","), Name: fmt.Sprintf("app%d", i)}
		s, stop := serveAt(t, one)
		c.apps, c.stop = append(c.apps, s), append(c.stop, stop)
	}
	c.ca = newAuthority(t)
	for i := range 3 {
		one := cfg
		if i == 2 {
			one.Data, one.TLS = t.TempDir(), TLS{Domain: townDomain, Listen: "127.0.0.1:0", ListenPlain: "127.0.0.1:0", issuer: c.ca}
		}
		one.Cluster = Cluster{Role: "gateway", NATS: nats.URL, Name: fmt.Sprintf("gateway%d", i), Secret: "of a test and nobody else"}
		c.gateway(t, one)
	}
	until(t, "both app servers have tables", func() bool {
		return c.apps[0].host.Owned()+c.apps[1].host.Owned() == table.Partitions && c.apps[0].host.Owned() == c.apps[1].host.Owned()
	})
	return c
}

// freeAddr is where nobody listens at the moment.
func freeAddr(t *testing.T) string {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	defer s.Close()
	return s.Listener.Addr().String()
}

func (c *townOf) gateway(t *testing.T, cfg Config) {
	t.Helper()
	g, err := OpenGateway(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Serve(ctx) }()
	end := sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(end)
	c.gateways, c.end = append(c.gateways, g), append(c.end, end)
}

func (c *townOf) caches() []string {
	var all []string
	for _, m := range c.memory {
		all = append(all, m.Addr)
	}
	return all
}

// TestEdge looks that it does not matter through which gateway, and on which
// node, somebody asks.
func TestEdge(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a cluster")
	}
	c := newTown(t)
	t.Run("the code of any node makes the first admin", func(t *testing.T) {
		body := fmt.Sprintf(`{"code":%q,"name":"Olga","password":%q}`, c.apps[0].FirstCode(), visitorPassword)
		visit(t, c.apps[1]).ask("POST", "admin/first", body, nil)
	})
	t.Run("a gateway speaks HTTPS", c.speakHTTPS)
	t.Run("a frozen memcached costs nothing", c.freezeMemory)
	t.Run("connections are known everywhere", c.knowConnections)
	t.Run("gateways serve the public lists themselves", c.serveLists)
	t.Run("app servers say how far the archive is behind", c.sayLag)
	t.Run("programs meet, and play while the server of their game ends", c.playPrograms)
	t.Run("and without the server that ended", c.sameLists)
	t.Run("a gateway that ends closes its sockets in good order", c.endGateway)
}

// knowConnections has two people at a table through different gateways, and asks
// every app server who is there.
func (c *townOf) knowConnections(t *testing.T) {
	one, two := c.guest(t, c.gateways[0]), c.guest(t, c.gateways[1])
	var made struct{ Table string }
	one.ask("POST", "tables", `{"kind":"chess","control":"10+5","opponent":"friend","color":"white"}`, &made)
	for _, p := range []*visitor{one, two} {
		p.follow(made.Table)
	}
	c.cached(t, made.Table)
	for _, s := range c.apps {
		for _, p := range []*visitor{one, two} {
			here := visitor{t, "http://" + s.Addr().String() + "/api/v1/", p.web}
			var answer struct {
				Connections []struct{ User, Addr string }
			}
			here.ask("GET", "tables/"+made.Table+"/connections", "", &answer)
			if got := answer.Connections; len(got) != 1 || got[0].User != p.id() || got[0].Addr != "127.0.0.1" {
				t.Errorf("a player is told %v, want their own connection", got)
			}
		}
		if res, err := http.Get("http://" + s.Addr().String() + "/api/v1/tables/" + made.Table + "/connections"); err != nil || res.StatusCode < 400 {
			t.Errorf("a stranger is told who is there: %v", err)
		} else {
			_ = res.Body.Close()
		}
	}
}

// guest is a new guest who asks a gateway.
func (c *townOf) guest(t *testing.T, g *Gateway) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &visitor{t, "http://" + g.Addr().String() + "/api/v1/", http.Client{Jar: jar}}
	p.ask("POST", "guests", "{}", nil)
	return p
}

// id is who the visitor is.
func (v *visitor) id() string {
	var me struct{ User struct{ ID string } }
	v.ask("GET", "me", "", &me)
	return me.User.ID
}

// follow sits down at a table, through a socket that lasts as long as the test.
func (v *visitor) follow(id string) {
	v.t.Helper()
	base, err := url.Parse(v.base)
	if err != nil {
		v.t.Fatal(err)
	}
	r := &http.Request{Header: http.Header{"Sec-Websocket-Protocol": {"kibitz.1"}}}
	for _, c := range v.web.Jar.Cookies(base) {
		r.AddCookie(c)
	}
	conn, _, err := gws.NewClient(&gws.BuiltinEventHandler{}, &gws.ClientOption{Addr: "ws://" + base.Host + "/ws", RequestHeader: r.Header})
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { _ = conn.NetConn().Close() })
	go conn.ReadLoop()
	for _, frame := range []string{`{"type":"join","table":%q}`, `{"type":"act","table":%q,"id":"sit","action":{"type":"sit"}}`} {
		if err := conn.WriteString(fmt.Sprintf(frame, id)); err != nil {
			v.t.Fatal(err)
		}
	}
}

// freezeMemory signs in while no memcached answers.
func (c *townOf) freezeMemory(t *testing.T) {
	one := c.guest(t, c.gateways[0])
	want := one.id()
	for _, m := range c.memory {
		m.Freeze()
		defer m.Thaw()
	}
	for range 20 {
		if got := one.id(); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
		c.guest(t, c.gateways[1])
	}
}

// speakHTTPS asks the gateway that has a domain, for an answer and a socket.
func (c *townOf) speakHTTPS(t *testing.T) {
	roots := x509.NewCertPool()
	roots.AddCert(c.ca.cert)
	secret := &tls.Config{RootCAs: roots, ServerName: townDomain}
	at := c.gateways[2].Addr().String()
	web := &http.Client{Transport: &http.Transport{TLSClientConfig: secret.Clone(), ForceAttemptHTTP2: true}}
	until(t, "there is a certificate", func() bool {
		res, err := web.Get("https://" + at + "/api/v1/house")
		if err != nil {
			return false
		}
		_ = res.Body.Close()
		return res.StatusCode == http.StatusOK && res.ProtoMajor == 2
	})
	conn, _, err := gws.NewClient(&gws.BuiltinEventHandler{}, &gws.ClientOption{
		Addr: "wss://" + at + "/ws", TlsConfig: secret, RequestHeader: http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.NetConn().Close()
}

// endGateway ends a gateway with a socket, which is closed with the code for
// which browsers come back at once.
func (c *townOf) endGateway(t *testing.T) {
	closed := make(chan error, 1)
	conn, _, err := gws.NewClient(&lastWords{ended: closed}, &gws.ClientOption{
		Addr: "ws://" + c.gateways[1].Addr().String() + "/ws", RequestHeader: http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	go conn.ReadLoop()
	c.end[1]()
	var code *gws.CloseError
	if err := <-closed; !errors.As(err, &code) || code.Code != 1012 {
		t.Errorf("the socket ended with %v, want code 1012", err)
	}
}

// cached waits until memcached knows a table with two connections.
func (c *townOf) cached(t *testing.T, id string) {
	t.Helper()
	cache, err := memcached.New(memcached.Config{Servers: c.caches(), Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cache.Close() }()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		r := memcached.NewRunning(cache).Get(t.Context(), table.ID(id))[table.ID(id)]
		if len(r.Connections) == 2 && len(r.Players) == 2 && r.Node != "" {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("memcached knows %+v", r)
		}
	}
}

// lastWords tells how a socket ended.
type lastWords struct {
	gws.BuiltinEventHandler
	ended chan error
}

// OnClose implements gws.Event.
func (c *lastWords) OnClose(_ *gws.Conn, err error) { c.ended <- err }
