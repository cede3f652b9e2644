package gateway_test

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/gateway"
	"kibitz/internal/table"
)

// town is a cluster as a test wants it.
type town struct {
	mu    sync.Mutex // of nodes, in tests that change them while the gateway runs
	nodes []cluster.Node
	owner cluster.NodeID
	known bool
}

func (c *town) Owner(table.ID) (cluster.Node, cluster.Lease, bool) {
	for _, n := range c.Nodes() {
		if n.ID == c.owner {
			return n, cluster.Lease{Owner: n.ID}, true
		}
	}
	return cluster.Node{}, cluster.Lease{}, false
}

func (c *town) Nodes() []cluster.Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.nodes)
}

// lose takes the first node off the list.
func (c *town) lose() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nodes = c.nodes[1:]
}

func (c *town) Map() (cluster.Map, bool) { return cluster.NewMap(), c.known }

// app is an app server that says who it is.
type app struct {
	asked atomic.Int64
	last  atomic.Pointer[http.Request]
	// cut ends connections without an answer.
	cut atomic.Bool
	// frozen is nil, or closed when the server goes on.
	frozen chan struct{}
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.asked.Add(1)
	a.last.Store(r)
	if a.cut.Load() {
		panic(http.ErrAbortHandler)
	}
	if a.frozen != nil && r.Header.Get("Upgrade") == "" {
		<-a.frozen
		return
	}
	if r.Header.Get("Upgrade") != "" {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer func() { _ = conn.Close() }()
		_, _ = rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		_ = rw.Flush()
		line, _ := rw.ReadString('\n')
		_, _ = rw.WriteString("you said " + line)
		_ = rw.Flush()
		return
	}
	_, _ = io.WriteString(w, r.URL.Path)
}

// city is a gateway before two app servers, of which b has more room.
type city struct {
	*town
	apps    map[cluster.NodeID]*app
	gateway *gateway.Gateway
	url     string
}

func newCity(t *testing.T) *city {
	t.Helper()
	c := &city{town: &town{known: true}, apps: make(map[cluster.NodeID]*app)}
	for _, id := range []cluster.NodeID{"a", "b"} {
		c.apps[id] = &app{}
		s := httptest.NewServer(c.apps[id])
		t.Cleanup(s.Close)
		c.nodes = append(c.nodes, cluster.Node{ID: id, Name: string(id), Role: cluster.App, Addr: s.Listener.Addr().String(), MaxTables: 10})
	}
	c.nodes[0].Tables = 9
	c.nodes = append(c.nodes, cluster.Node{ID: "w", Role: cluster.Worker, Addr: "127.0.0.1:1"})
	var err error
	c.gateway, err = gateway.New(gateway.Config{
		Cluster: c.town, Secret: []byte("a secret of the test"), Self: "g1", Log: slog.New(slog.DiscardHandler),
		CheckEvery: 10 * time.Millisecond, CheckTime: 100 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(c.gateway)
	t.Cleanup(s.Close)
	c.url = s.URL
	return c
}

// ask sends a request, and returns the answer and its body.
func (c *city) ask(t *testing.T, method, path, body string, header http.Header) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		r.Header[k] = v
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

// wantAt sends a request several times, and wants one app server to get all.
func (c *city) wantAt(t *testing.T, want cluster.NodeID, method, path string, header http.Header) {
	t.Helper()
	before := c.apps[want].asked.Load()
	const times = 8
	for range times {
		if res, body := c.ask(t, method, path, "", header); res.StatusCode != http.StatusOK || body != strings.Split(path, "?")[0] {
			t.Fatalf("status %d, body %q", res.StatusCode, body)
		}
	}
	if got := c.apps[want].asked.Load() - before; got != times {
		t.Errorf("%s %s: %s got %d of %d requests", method, path, want, got, times)
	}
}

func TestRoutes(t *testing.T) {
	for name, row := range map[string]struct {
		owner, want  cluster.NodeID
		method, path string
	}{
		"a table":                    {"a", "a", "GET", "/api/v1/tables/aB3dE6gH"},
		"what belongs to a table":    {"a", "a", "GET", "/api/v1/tables/aB3dE6gH/connections"},
		"a game of a bot":            {"a", "a", "POST", "/api/board/game/aB3dE6gH/move/e2e4"},
		"a stream of a bot":          {"a", "a", "GET", "/api/board/game/stream/aB3dE6gH"},
		"a page of a table":          {"a", "a", "GET", "/g/aB3dE6gH"},
		"a socket for a table":       {"a", "a", "GET", "/ws?table=aB3dE6gH"},
		"a table of another":         {"b", "b", "GET", "/api/v1/tables/aB3dE6gH"},
		"a challenge":                {"a", "a", "POST", "/api/challenge/aB3dE6gH/accept"},
		"an export":                  {"a", "a", "GET", "/game/export/aB3dE6gH"},
		"a new challenge":            {"a", "b", "POST", "/api/challenge/somebody"},
		"a seek: where the lobby is": {"a", "a", "POST", "/api/board/seek"},
		"a new table: more room":     {"a", "b", "POST", "/api/v1/tables"},
		"a new socket: more room":    {"a", "b", "GET", "/ws"},
		"no id: as a new socket":     {"a", "b", "GET", "/ws?table=no"},
		"an id of some other thing":  {"", "", "GET", "/api/v1/users/aB3dE6gH"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCity(t)
			c.owner = row.owner
			if row.want != "" {
				c.wantAt(t, row.want, row.method, row.path, nil)
				return
			}
			if res, _ := c.ask(t, row.method, row.path, "", nil); res.StatusCode != http.StatusOK {
				t.Errorf("status %d", res.StatusCode)
			}
		})
	}
}

func TestCookieSticks(t *testing.T) {
	c := newCity(t)
	session := http.Header{"Cookie": {"kibitz=session1"}}
	res, _ := c.ask(t, "GET", "/api/v1/me", "", session)
	cookies := res.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("cookies %v, want one for the route", cookies)
	}
	route := cookies[0].Name + "=" + cookies[0].Value
	at := cluster.NodeID(strings.Split(cookies[0].Value, ".")[0])
	c.wantAt(t, at, "GET", "/api/v1/me", http.Header{"Cookie": {"kibitz=session1; " + route}})
	if res, _ := c.ask(t, "GET", "/api/v1/me", "", http.Header{"Cookie": {"kibitz=session1; " + route}}); len(res.Cookies()) != 0 {
		t.Error("a cookie that is true is given again")
	}
	for name, header := range map[string]string{
		"of another session": "kibitz=session2; " + route,
		"of another node":    "kibitz=session1; kibitz-route=b" + cookies[0].Value[1:] + "x",
		"without signature":  "kibitz=session1; kibitz-route=b",
	} {
		if res, _ := c.ask(t, "GET", "/api/v1/me", "", http.Header{"Cookie": {header}}); len(res.Cookies()) != 1 {
			t.Errorf("a cookie %s is believed", name)
		}
	}
	if res, _ := c.ask(t, "GET", "/index.html", "", session); len(res.Cookies()) != 0 {
		t.Error("a page comes with a cookie")
	}
}

func TestFailures(t *testing.T) {
	t.Run("an app server is gone", func(t *testing.T) {
		c := newCity(t)
		c.owner = "a"
		c.nodes[0].Addr = closedPort(t)
		for _, method := range []string{"GET", "POST"} { // nothing was sent, and so anything is sent again
			if res, _ := c.ask(t, method, "/api/v1/tables/aB3dE6gH", "a body", nil); res.StatusCode != http.StatusOK {
				t.Errorf("%s: status %d", method, res.StatusCode)
			}
		}
		if got := c.apps["b"].asked.Load(); got != 2 {
			t.Errorf("the other got %d requests, want 2", got)
		}
	})
	t.Run("an app server ends in the middle", func(t *testing.T) {
		c := newCity(t)
		c.owner = "a"
		c.apps["a"].cut.Store(true)
		if res, _ := c.ask(t, "GET", "/api/v1/tables/aB3dE6gH", "", nil); res.StatusCode != http.StatusOK {
			t.Errorf("GET: status %d, want an answer of the other", res.StatusCode)
		}
		before := c.apps["b"].asked.Load()
		if res, body := c.ask(t, "POST", "/api/v1/tables/aB3dE6gH", "once", nil); res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, `"busy"`) {
			t.Errorf("POST: status %d, %s, want busy", res.StatusCode, body)
		}
		if got := c.apps["b"].asked.Load(); got != before {
			t.Error("a POST that may have been done was sent again")
		}
	})
	t.Run("one that failed is passed over", func(t *testing.T) {
		c := newCity(t)
		c.owner, c.nodes[0].Addr = "a", closedPort(t)
		c.ask(t, "GET", "/api/v1/tables/aB3dE6gH", "", nil)
		c.owner = ""
		c.wantAt(t, "b", "GET", "/api/v1/house", nil)
	})
	t.Run("one that drains gets nobody new", func(t *testing.T) {
		c := newCity(t)
		c.nodes[1].Draining = true
		c.wantAt(t, "a", "POST", "/api/v1/tables", nil)
	})
	t.Run("nobody is there", func(t *testing.T) {
		c := newCity(t)
		c.nodes = nil
		if res, _ := c.ask(t, "GET", "/", "", nil); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
			t.Errorf("status %d", res.StatusCode)
		}
	})
}

// closedPort is an address at which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

func TestReady(t *testing.T) {
	c := newCity(t)
	want := func(what, path string, status int) {
		t.Helper()
		if res, _ := c.ask(t, "GET", path, "", nil); res.StatusCode != status {
			t.Errorf("%s: %s is %d, want %d", what, path, res.StatusCode, status)
		}
	}
	want("all is well", "/readyz", http.StatusOK)
	c.known = false
	want("the map is not known", "/readyz", http.StatusServiceUnavailable)
	c.known = true
	c.gateway.Drain()
	want("it drains", "/readyz", http.StatusServiceUnavailable)
	want("it drains", "/healthz", http.StatusOK)
	if n := c.apps["a"].asked.Load() + c.apps["b"].asked.Load(); n != 0 {
		t.Errorf("app servers were asked %d times", n)
	}
}

// Clients cannot say that they are somebody else.
func TestForwardedFor(t *testing.T) {
	c := newCity(t)
	c.owner = "a"
	c.ask(t, "GET", "/g/aB3dE6gH", "", http.Header{"X-Forwarded-For": {"203.0.113.9"}, "Forwarded": {"for=203.0.113.9"}})
	r := c.apps["a"].last.Load()
	if got := r.Header.Get("X-Forwarded-For"); got != "127.0.0.1" {
		t.Errorf("X-Forwarded-For is %q", got)
	}
	if r.Header.Get("Forwarded") != "" || r.Host != strings.TrimPrefix(c.url, "http://") {
		t.Errorf("Forwarded is %q and the host %q", r.Header.Get("Forwarded"), r.Host)
	}
}

// upgrade opens a socket through the gateway.
func (c *city) upgrade(t *testing.T) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(c.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := fmt.Fprintf(conn, "GET /ws?table=aB3dE6gH HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nKibitz-Gateway: me\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	res, err := http.ReadResponse(in, nil)
	if err != nil || res.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%v, %v", res, err)
	}
	return conn, in
}

// An app server that is frozen takes what it is sent and never answers. Whoever
// waits for it is served by another, and sockets end.
func TestFrozen(t *testing.T) {
	for name, lose := range map[string]bool{"and taken for dead": true, "and its beats go on": false} {
		t.Run(name, func(t *testing.T) {
			c := newCity(t)
			c.owner = "a"
			a := c.apps["a"]
			_, in := c.upgrade(t)
			a.frozen = make(chan struct{})
			defer close(a.frozen)
			go c.gateway.Run(t.Context())
			answered := make(chan string, 1)
			go func() {
				res, err := http.Get(c.url + "/api/v1/tables/aB3dE6gH")
				if err != nil {
					answered <- err.Error()
					return
				}
				defer func() { _ = res.Body.Close() }()
				b, _ := io.ReadAll(res.Body)
				answered <- string(b)
			}()
			if lose {
				c.lose()
			}
			if line, err := in.ReadString('\n'); err == nil {
				t.Errorf("the socket got %q", line)
			}
			if got := <-answered; got != "/api/v1/tables/aB3dE6gH" {
				t.Errorf("a request that waited got %q, want the answer of the other", got)
			}
			for c.gateway.Open() != 0 { // else the test runs into its time limit
				time.Sleep(time.Millisecond)
			}
		})
	}
}

func TestUpgradePassesThrough(t *testing.T) {
	c := newCity(t)
	c.owner = "a"
	conn, in := c.upgrade(t)
	if got := c.apps["a"].last.Load().Header.Values("Kibitz-Gateway"); !slices.Equal(got, []string{"g1"}) {
		t.Errorf("the app server is told that it came through %q", got)
	}
	if _, err := fmt.Fprintln(conn, "hello"); err != nil {
		t.Fatal(err)
	}
	if line, err := in.ReadString('\n'); line != "you said hello\n" {
		t.Errorf("%q, %v", line, err)
	}
}
