package httpapi_test

import (
	"bytes"
	"context"
	cryptorand "crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lxzan/gws"

	"kibitz/internal/account"
	"kibitz/internal/credential"
	"kibitz/internal/game"
	"kibitz/internal/game/gametest"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/inmem"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// patience is how long a test waits for what must come; only a failing test
// waits so long.
const patience = 10 * time.Second

// dice gives permutations; safe for concurrent use.
type dice struct{}

func (dice) Perm(n int) []int { return rand.Perm(n) }

// world is a whole node in memory that plays highcard.
type world struct {
	tb     testing.TB
	host   *host.Host
	server *httpapi.Server
	http   *httptest.Server
	lobby  *lobby.Lobby
	log    *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newWorld starts a node; change may alter its configuration.
func newWorld(tb testing.TB, change func(*httpapi.Config)) *world {
	tb.Helper()
	w := &world{tb: tb, log: &lockedBuffer{}}
	log := slog.New(slog.NewTextHandler(w.log, nil))
	codec := httpapi.Codec{Log: log}
	catalog := game.Catalog{"highcard": gametest.HighCard{}}
	var err error
	w.host, err = host.New(host.Config{
		Journal: inmem.NewJournal(), Pulse: &inmem.Pulse{}, Catalog: catalog, Chance: dice{}, Codec: codec, Log: log,
		Changed: func(c host.Change) { w.touched(c.Players) },
	})
	check(tb, err)
	w.lobby, err = lobby.New(lobby.Config{
		Tables: w.host, Codec: codec, Catalog: catalog, Kind: "highcard", Mine: codec.Mine(w.host),
		Every: 5 * time.Millisecond, CountEvery: time.Hour,
	})
	check(tb, err)
	check(tb, w.host.Recover(tb.Context()))
	cfg := httpapi.Config{
		Host: w.host, Lobby: w.lobby, Accounts: account.NewCached(inmem.NewAccounts(), 100), Catalog: catalog, Log: log,
		Hasher:  credential.NewArgon(credential.Params{MemoryKiB: 64, Time: 1, Threads: 1}, 2, cryptorand.Reader),
		OneTime: credential.TOTP{Random: cryptorand.Reader}, Authenticator: credential.Passkeys{},
		House: []table.Player{{ID: "~house1", Name: "House level 1", House: 1}, {ID: "~house3", Name: "House level 3", House: 3}},
	}
	if change != nil {
		change(&cfg)
	}
	w.server, err = httpapi.New(cfg)
	check(tb, err)
	w.serve()
	return w
}

func (w *world) touched(players []table.Player) {
	for _, p := range players {
		w.lobby.Touched(p.ID)
	}
}

func (w *world) serve() {
	w.http = httptest.NewUnstartedServer(nil)
	w.http.Config = w.server.HTTP()
	w.http.Start()
	ctx, stop := context.WithCancel(context.Background())
	var news sync.WaitGroup
	news.Go(func() { w.lobby.Run(ctx) })
	w.tb.Cleanup(func() {
		closing, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		check(w.tb, w.server.Close(closing))
		w.http.Close()
		stop()
		news.Wait()
		check(w.tb, w.host.Shutdown(closing))
	})
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// person is a browser with a cookie, or without one.
type person struct {
	w      *world
	id     string
	cookie string
}

// guest signs somebody in.
func (w *world) guest() *person {
	w.tb.Helper()
	p := &person{w: w}
	got := p.call("POST", "/api/v1/guests", "")
	if got.status != http.StatusCreated {
		w.tb.Fatalf("POST /api/v1/guests: %d %s", got.status, got.body)
	}
	var body struct{ User struct{ ID string } }
	check(w.tb, json.Unmarshal([]byte(got.body), &body))
	p.id = body.User.ID
	p.cookie, _, _ = strings.Cut(got.header.Get("Set-Cookie"), ";")
	return p
}

type reply struct {
	status int
	header http.Header
	body   string
}

// call sends a request as the person.
func (p *person) call(method, path, body string, header ...string) reply {
	p.w.tb.Helper()
	r, err := http.NewRequest(method, p.w.http.URL+path, strings.NewReader(body))
	check(p.w.tb, err)
	if p.cookie != "" {
		r.Header.Set("Cookie", p.cookie)
	}
	for i := 0; i+1 < len(header); i += 2 {
		if r.Header.Set(header[i], header[i+1]); header[i] == "Host" {
			r.Host = header[i+1]
		}
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	check(p.w.tb, err)
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode == http.StatusSwitchingProtocols {
		return reply{status: res.StatusCode, header: res.Header}
	}
	b, err := io.ReadAll(res.Body)
	check(p.w.tb, err)
	return reply{res.StatusCode, res.Header, string(b)}
}

// table makes a table through the API and returns its id.
func (p *person) table(body string) string {
	p.w.tb.Helper()
	got := p.call("POST", "/api/v1/tables", body)
	var made struct{ Table string }
	if got.status != http.StatusCreated || json.Unmarshal([]byte(got.body), &made) != nil {
		p.w.tb.Fatalf("POST /api/v1/tables: %d %s", got.status, got.body)
	}
	return made.Table
}

// client is one WebSocket of a test.
type client struct {
	gws.BuiltinEventHandler
	tb     testing.TB
	conn   *gws.Conn
	frames chan string
	closed chan error
	pings  atomic.Int32
}

func (c *client) OnMessage(_ *gws.Conn, m *gws.Message) {
	c.frames <- string(m.Bytes())
	_ = m.Close()
}

func (c *client) OnClose(_ *gws.Conn, err error) { c.closed <- err }

func (c *client) OnPing(conn *gws.Conn, payload []byte) {
	c.pings.Add(1)
	_ = conn.WritePong(payload)
}

// dial opens a socket as the person; it has not read hello yet.
func (p *person) dial() *client {
	p.w.tb.Helper()
	c := &client{tb: p.w.tb, frames: make(chan string, 4096), closed: make(chan error, 1)}
	header := http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}}
	if p.cookie != "" {
		header.Set("Cookie", p.cookie)
	}
	conn, _, err := gws.NewClient(c, &gws.ClientOption{
		Addr: "ws" + strings.TrimPrefix(p.w.http.URL, "http") + "/ws", RequestHeader: header,
	})
	check(p.w.tb, err)
	c.conn = conn
	go conn.ReadLoop()
	p.w.tb.Cleanup(func() { _ = conn.NetConn().Close() })
	return c
}

// open dials and reads hello.
func (p *person) open() *client {
	p.w.tb.Helper()
	c := p.dial()
	c.want("hello")
	return c
}

func (c *client) send(frame string) {
	c.tb.Helper()
	check(c.tb, c.conn.WriteString(frame))
}

// want returns the next frame of a type, and skips presence, mine and the news
// of the lobby unless they are wanted.
func (c *client) want(typ string) map[string]any {
	c.tb.Helper()
	for {
		m := c.next()
		switch m["type"] {
		case typ:
			return m
		case "presence", "mine", "lobby-change":
		default:
			c.tb.Fatalf("got %v, want a frame of type %s", m, typ)
		}
	}
}

func (c *client) next() map[string]any {
	c.tb.Helper()
	select {
	case frame := <-c.frames:
		var m map[string]any
		check(c.tb, json.Unmarshal([]byte(frame), &m))
		return m
	case <-time.After(patience):
		c.tb.Fatal("no frame came")
	}
	return nil
}

// wantError returns the next refusal, which must have the code.
func (c *client) wantError(code string) map[string]any {
	c.tb.Helper()
	m := c.want("error")
	if m["code"] != code {
		c.tb.Fatalf("got %v, want an error of code %s", m, code)
	}
	return m
}

// wantClosed waits for the end of the socket.
func (c *client) wantClosed() error {
	c.tb.Helper()
	select {
	case err := <-c.closed:
		return err
	case <-time.After(patience):
		c.tb.Fatal("the socket was not closed")
	}
	return nil
}
