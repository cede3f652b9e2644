package lichessapi_test

import (
	"bufio"
	"bytes"
	"context"
	cryptorand "crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/clock"
	"kibitz/internal/credential"
	"kibitz/internal/export"
	"kibitz/internal/export/pgn"
	"kibitz/internal/game"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/inmem"
	"kibitz/internal/lichessapi"
	"kibitz/internal/lobby"
	"kibitz/internal/table"
)

// patience is how long a test waits for what must come; only a failing test
// waits so long.
const patience = 20 * time.Second

// dice gives permutations; safe for concurrent use.
type dice struct{}

func (dice) Perm(n int) []int { return rand.Perm(n) }

// mover plays the first legal move for the house.
type mover struct{}

func (mover) Choose(_ context.Context, t host.Turn) (string, []byte, error) {
	v := t.View.(chess.StateView)
	if v.Turn != t.Seat {
		return "", nil, nil
	}
	p, err := chess.ParseFEN(v.FEN)
	if err != nil {
		return "", nil, err
	}
	var room [256]chess.Move
	m := p.LegalMoves(room[:0])[0]
	return "move", []byte(`{"type":"move","uci":"` + p.UCI(m) + `"}`), nil
}

// world is a whole node in memory.
type world struct {
	tb     testing.TB
	host   *host.Host
	lobby  *lobby.Lobby
	api    *lichessapi.Server
	http   *httptest.Server
	people account.People
}

// newWorld starts a node; change may alter its configuration.
func newWorld(tb testing.TB, change func(*lichessapi.Config)) *world {
	tb.Helper()
	w := &world{tb: tb}
	log := slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	codec, catalog := httpapi.Codec{Log: log}, game.Catalog{chess.Kind: chess.NewRules(chess.DrawLichess)}
	journal, accounts := inmem.NewJournal(), account.NewCached(inmem.NewAccounts(), 100)
	var err error
	w.host, err = host.New(host.Config{
		Journal: journal, Pulse: &inmem.Pulse{}, Catalog: catalog, Chance: dice{}, Codec: codec, Log: log, Brain: mover{},
		Changed: func(c host.Change) { w.api.Changed(c) },
	})
	check(tb, err)
	w.lobby, err = lobby.New(lobby.Config{Tables: w.host, Codec: codec, Catalog: catalog, Kind: chess.Kind})
	check(tb, err)
	w.people = account.People{Store: accounts, Random: cryptorand.Reader, Now: time.Now}
	local := func(*http.Request) netip.Addr { return netip.MustParseAddr("127.0.0.1") }
	cfg := lichessapi.Config{
		Host: w.host, Lobby: w.lobby, Accounts: accounts, ClientAddr: local, Log: log,
		Games: &export.Source{Catalog: catalog, Journal: journal, Opening: pgn.Opening},
		House: []table.Player{{ID: "~house1", Name: "House level 1", House: 1}, {ID: "~house2", Name: "House level 2", House: 2}},
	}
	if change != nil {
		change(&cfg)
	}
	w.api, err = lichessapi.New(cfg)
	check(tb, err)
	check(tb, w.host.Recover(tb.Context()))
	w.serve(httpapi.Config{
		Host: w.host, Lobby: w.lobby, Accounts: accounts, Catalog: catalog, Log: log,
		Hasher:  credential.NewArgon(credential.Params{MemoryKiB: 64, Time: 1, Threads: 1}, 2, cryptorand.Reader),
		OneTime: credential.TOTP{Random: cryptorand.Reader}, Authenticator: credential.Passkeys{},
	})
	return w
}

func (w *world) serve(cfg httpapi.Config) {
	edge, err := httpapi.New(cfg)
	check(w.tb, err)
	w.http = httptest.NewUnstartedServer(nil)
	w.http.Config = edge.HTTP()
	w.http.Config.Handler = w.api.Mount(w.http.Config.Handler)
	w.http.Listener = narrow{w.http.Listener}
	w.http.Start()
	ctx, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { w.lobby.Run(ctx) })
	w.tb.Cleanup(func() {
		closing, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		w.api.Close()
		check(w.tb, edge.Close(closing))
		w.http.Close()
		stop()
		running.Wait()
		check(w.tb, w.host.Shutdown(closing))
	})
}

// narrow is a listener whose connections hold little that nobody reads.
type narrow struct{ net.Listener }

func (n narrow) Accept() (net.Conn, error) {
	c, err := n.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok && err == nil {
		err = tcp.SetWriteBuffer(4 << 10)
	}
	return c, err
}

func check(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// person is somebody with a token.
type person struct {
	w     *world
	user  account.User
	token string
}

// all scopes that most tests need.
var allScopes = []account.Scope{
	account.ScopeBoardPlay, account.ScopeBotPlay, account.ScopeChallengeRead, account.ScopeChallengeWrite, account.ScopeEmailRead,
	account.ScopePreferenceRead,
}

// member makes a registered user with a token of some scopes; all, for none.
func (w *world) member(name string, scopes ...account.Scope) *person {
	w.tb.Helper()
	login, _, err := w.people.Guest(w.tb.Context(), account.Client{})
	check(w.tb, err)
	check(w.tb, w.people.Store.Change(w.tb.Context(), login.User.ID, func(a *account.Account) error {
		a.Name, a.Guest, a.Privacy = name, false, account.Open()
		return nil
	}))
	u, err := w.people.Store.User(w.tb.Context(), login.User.ID)
	check(w.tb, err)
	if len(scopes) == 0 {
		scopes = allScopes
	}
	_, token, err := w.people.NewAccessToken(w.tb.Context(), u.ID, account.NewAccess{Name: "test", Scopes: scopes, Days: 1})
	check(w.tb, err)
	return &person{w, u, token}
}

// bot makes a bot.
func (w *world) bot(name string) *person {
	w.tb.Helper()
	p := w.member(name)
	check(w.tb, w.people.SetRole(w.tb.Context(), p.user.ID, account.RoleBot))
	return p
}

// reply is an answer that was read whole.
type reply struct {
	status int
	header http.Header
	body   string
}

// json returns the body as an object.
func (r reply) json(tb testing.TB) map[string]any {
	tb.Helper()
	var o map[string]any
	if err := json.Unmarshal([]byte(r.body), &o); err != nil {
		tb.Fatalf("%d %q is no JSON object: %v", r.status, r.body, err)
	}
	return o
}

// request makes a request with headers such as "Accept: */*".
func (p *person) request(method, path, body string, headers ...string) *http.Request {
	p.w.tb.Helper()
	r, err := http.NewRequestWithContext(p.w.tb.Context(), method, p.w.http.URL+path, strings.NewReader(body))
	check(p.w.tb, err)
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		r.Header.Set(name, value)
	}
	return r
}

// call sends a request and reads the answer.
func (p *person) call(method, path, body string, headers ...string) reply {
	p.w.tb.Helper()
	answer, err := p.w.http.Client().Do(p.request(method, path, body, headers...))
	check(p.w.tb, err)
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	check(p.w.tb, err)
	return reply{answer.StatusCode, answer.Header, string(b)}
}

// must calls, and wants a status.
func (p *person) must(status int, method, path, body string, headers ...string) reply {
	p.w.tb.Helper()
	got := p.call(method, path, body, headers...)
	if got.status != status {
		p.w.tb.Fatalf("%s %s %s: %d %s, want %d", method, path, body, got.status, got.body, status)
	}
	return got
}

// form calls with a form, as most clients do.
func (p *person) form(status int, path, body string) map[string]any {
	p.w.tb.Helper()
	return p.must(status, "POST", path, body, "Content-Type: application/x-www-form-urlencoded").json(p.w.tb)
}

// stream is an open stream. Lines come through a channel, which closes with
// the stream.
type stream struct {
	tb     testing.TB
	header http.Header
	lines  chan string
	close  func()
}

// open opens a stream.
func (p *person) open(path string) *stream {
	p.w.tb.Helper()
	return p.openWith(p.request("GET", path, ""))
}

func (p *person) openWith(r *http.Request) *stream {
	p.w.tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	answer, err := p.w.http.Client().Do(r.WithContext(ctx))
	check(p.w.tb, err)
	if answer.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(answer.Body)
		p.w.tb.Fatalf("%s %s: %d %s", r.Method, r.URL.Path, answer.StatusCode, b)
	}
	s := &stream{p.w.tb, answer.Header, make(chan string, 1000), cancel}
	go func() {
		defer close(s.lines)
		defer answer.Body.Close()
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			s.lines <- lines.Text()
		}
	}()
	p.w.tb.Cleanup(cancel)
	return s
}

// raw returns the next line, empty ones included, and false at the end.
func (s *stream) raw() (string, bool) {
	s.tb.Helper()
	select {
	case line, ok := <-s.lines:
		return line, ok
	case <-time.After(patience):
		s.tb.Fatal("nothing comes through the stream")
		return "", false
	}
}

// next returns the next line that is not empty.
func (s *stream) next() map[string]any {
	s.tb.Helper()
	for end := time.Now().Add(patience); ; {
		line, ok := s.raw()
		if !ok {
			s.tb.Fatal("the stream has ended")
		}
		if line == "" {
			if time.Now().After(end) {
				s.tb.Fatal("nothing but empty lines comes through the stream")
			}
			continue
		}
		var o map[string]any
		if err := json.NewDecoder(bytes.NewReader([]byte(line))).Decode(&o); err != nil {
			s.tb.Fatalf("%q: %v", line, err)
		}
		return o
	}
}

// until returns the next line of a type.
func (s *stream) until(typ string) map[string]any {
	s.tb.Helper()
	for {
		if o := s.next(); o["type"] == typ {
			return o
		}
	}
}

// ended waits for the end of the stream.
func (s *stream) ended() {
	s.tb.Helper()
	for {
		if _, ok := s.raw(); !ok {
			return
		}
	}
}

// do makes somebody act at a table, without this API.
func (w *world) do(p *person, id, typ, data string) {
	w.tb.Helper()
	check(w.tb, w.try(p, id, typ, data))
}

// try does what may be refused.
func (w *world) try(p *person, id, typ, data string) error {
	_, err := w.host.Do(w.tb.Context(), table.Command{
		Table: table.ID(id), Actor: table.Player{ID: p.user.ID, Name: p.user.Name}, ID: table.ActionID(cryptorand.Text()[:20]),
		At: time.Now(), Report: clock.NoReport(), Type: typ, Data: []byte(data),
	})
	return err
}

// has wants fields, as dotted paths, to be there.
func has(tb testing.TB, what string, o map[string]any, paths ...string) {
	tb.Helper()
	for _, path := range paths {
		if _, ok := field(o, path); !ok {
			b, _ := json.Marshal(o)
			tb.Errorf("%s has no %s: %s", what, path, b)
		}
	}
}

// is wants a field to have a value.
func is(tb testing.TB, what string, o map[string]any, path string, want any) {
	tb.Helper()
	got, _ := field(o, path)
	if number, ok := want.(int); ok {
		want = float64(number)
	}
	if got != want {
		b, _ := json.Marshal(o)
		tb.Errorf("%s: %s is %v, want %v: %s", what, path, got, want, b)
	}
}

func field(o map[string]any, path string) (any, bool) {
	name, rest, more := strings.Cut(path, ".")
	value, ok := o[name]
	if !more || !ok {
		return value, ok
	}
	inner, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	return field(inner, rest)
}
