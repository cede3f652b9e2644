package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/lxzan/gws"
)

// What a browser does: it pings, and connects again when nobody answers. Who
// waits for an answer sends the action again, with its name.
const (
	pingEvery  = time.Second
	silence    = 3 * time.Second
	shakeTime  = 2 * time.Second
	againEvery = 250 * time.Millisecond
	backAfter  = 50 * time.Millisecond
)

// guest is somebody who plays at one table after the other, through gateways.
type guest struct {
	gws.BuiltinEventHandler
	town   *town
	web    *http.Client
	user   string
	name   string // of who has signed up
	client int    // in stories

	mu   sync.Mutex
	conn *gws.Conn
	// dialing: a socket is being made.
	dialing bool
	over    bool
	turn    int    // counts connections: each is to another gateway
	via     string // where the socket leads
	stick   string // where the guest connects instead
	heard   time.Time
	// joined: the table was shown on this socket.
	joined bool
	at     seat
	codes  map[string]int
}

func newGuest(w *town, client int) *guest {
	return newcomer(w, client, func(p *guest) (path, body string) { return "/api/v1/guests", "{}" })
}

// newcomer is let in by what he asks for.
func newcomer(w *town, client int, ask func(*guest) (path, body string)) *guest {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	p := &guest{town: w, client: client, turn: client, web: &http.Client{Jar: jar, Timeout: 10 * time.Second}, codes: make(map[string]int)}
	var who struct {
		User struct {
			ID string `json:"id"`
		} `json:"user"`
	}
	w.await("somebody is let in", func() bool {
		path, body := ask(p)
		err := p.post(path, body, &who)
		if never(err) {
			w.t.Fatal(err)
		}
		return err == nil
	})
	p.user = who.User.ID
	w.t.Cleanup(p.leave)
	go p.watch(w.t.Context())
	return p
}

// refusal is an answer other than what was asked for.
type refusal struct {
	path, body string
	status     int
}

func (r *refusal) Error() string { return fmt.Sprintf("%s: status %d: %s", r.path, r.status, r.body) }

// never reports whether asking again is in vain.
func never(err error) bool {
	var r *refusal
	return errors.As(err, &r) && slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity}, r.status)
}

// post asks a gateway for something.
func (p *guest) post(path, body string, answer any) error {
	return p.read(path, answer, func(url string) (*http.Response, error) {
		return p.web.Post(url, "application/json", strings.NewReader(body))
	})
}

// get reads something from a gateway.
func (p *guest) get(path string, answer any) error { return p.read(path, answer, p.web.Get) }

func (p *guest) read(path string, answer any, ask func(url string) (*http.Response, error)) error {
	res, err := ask("http://" + p.gateway() + path)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 300 {
		return &refusal{path, string(b), res.StatusCode}
	}
	if len(b) == 0 {
		return nil
	}
	return json.Unmarshal(b, answer)
}

// gateway is the next to try.
func (p *guest) gateway() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.turn++
	if p.stick != "" {
		return p.stick
	}
	return p.town.gateways[p.turn%len(p.town.gateways)]
}

// sit follows a table, and forgets the one before.
func (p *guest) sit(id string, s *story) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.at = seat{table: id, story: s, seen: make(map[int]time.Time), calls: make(map[string]*call), done: make(map[string]bool), no: make(map[string]string)}
	p.at.felt.reset()
	if p.conn != nil {
		p.join()
		return
	}
	p.reach(0)
}

// join asks for what was missed. Its caller holds the lock.
func (p *guest) join() {
	if p.at.table == "" {
		return
	}
	p.say(`{"type":"join","table":%q,"after":%d}`, p.at.table, p.at.seq)
}

func (p *guest) say(format string, args ...any) {
	if p.conn != nil {
		_ = p.conn.WriteString(fmt.Sprintf(format, args...))
	}
}

// watch pings, and gives up a socket on which nobody answers.
func (p *guest) watch(ctx context.Context) {
	for wait(ctx, pingEvery) {
		p.mu.Lock()
		if p.conn != nil && time.Since(p.heard) > silence {
			_ = p.conn.NetConn().Close()
		}
		p.say(`{"type":"ping","at":1}`)
		p.mu.Unlock()
	}
}

// wait pauses, and reports false when ctx was done first.
func wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// insist has the guest connect to one process alone; to none in particular when
// it is empty.
func (p *guest) insist(addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stick == addr {
		return
	}
	p.stick, p.joined = addr, false
	if p.conn != nil {
		_ = p.conn.NetConn().Close()
	}
}

func (p *guest) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	if p.conn != nil {
		_ = p.conn.NetConn().Close()
	}
}

// connect makes a socket, at once or in a moment.
func (p *guest) connect() {
	at := p.gateway()
	request, _ := http.NewRequest(http.MethodGet, "http://"+at+"/", nil)
	for _, c := range p.web.Jar.Cookies(request.URL) {
		request.AddCookie(c)
	}
	conn, _, err := gws.NewClient(p, &gws.ClientOption{
		Addr: "ws://" + at + "/ws", HandshakeTimeout: shakeTime,
		RequestHeader: http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}, "Cookie": request.Header["Cookie"]},
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dialing = false
	if err != nil || p.over {
		if err == nil {
			_ = conn.NetConn().Close()
		}
		p.reach(backAfter)
		return
	}
	p.conn, p.via, p.heard, p.joined = conn, at, time.Now(), false
	go conn.ReadLoop()
	p.join()
}

// reach connects after a while, unless that is under way or over: who had two
// sockets would be told by neither that the other is silent. Its caller holds the
// lock.
func (p *guest) reach(after time.Duration) {
	if !p.over && !p.dialing {
		p.dialing = true
		time.AfterFunc(after, p.connect)
	}
}

// OnClose implements gws.Event.
func (p *guest) OnClose(c *gws.Conn, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c == p.conn {
		p.conn = nil
		p.reach(backAfter)
	}
}

// OnPing implements gws.Event.
func (p *guest) OnPing(conn *gws.Conn, payload []byte) { _ = conn.WritePong(payload) }

// OnMessage implements gws.Event.
func (p *guest) OnMessage(conn *gws.Conn, m *gws.Message) {
	defer func() { _ = m.Close() }()
	var f frame
	if json.Unmarshal(bytes.TrimSpace(m.Bytes()), &f) != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if conn != p.conn {
		return
	}
	p.heard = time.Now()
	if f.Table != p.at.table {
		return
	}
	switch f.Type {
	case "events":
		p.joined = true
		if !p.at.events(&f, p) {
			p.codes["gap"]++
			p.join()
		}
	case "table":
		p.joined = true
		p.at.whole(&f)
	case "done":
		p.at.answered(f.ID, f.Seq, p.user)
	case "error":
		p.refused(&f)
	case "replaced":
		p.codes["replaced"]++
		p.join()
	}
	if f.Ack != "" && len(f.Events) > 0 {
		p.at.answered(f.Ack, f.first(), p.user)
	}
}

// patient are the refusals after which a client tries again by itself, and says
// nothing to its user. What nobody knows the outcome of is internal.
var patient = map[string]bool{"busy": true, "moved": true, "too-fast": true, "replaced": true}

const unknown = "internal"

func (p *guest) refused(f *frame) {
	p.codes[f.Code]++
	p.at.no[f.ID] = f.Code
	if f.ID == "" { // of a join
		time.AfterFunc(backAfter, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.join()
		})
	}
}

// act sends an action, at first or again.
func (p *guest) act(id, action string, c call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, sent := p.at.calls[id]; !sent {
		c.client, c.from = p.client, p.at.story.now()
		p.at.calls[id] = &c
	}
	p.say(`{"type":"act","table":%q,"id":%q,"action":%s,"spent_ms":%d}`, p.at.table, id, action, c.think.Milliseconds())
}

// until sends an action until it is acknowledged.
func (p *guest) until(ctx context.Context, id, action string, c call) bool {
	for {
		p.act(id, action, c)
		for end := time.Now().Add(againEvery); time.Now().Before(end); {
			if !wait(ctx, 5*time.Millisecond) {
				return false
			}
			if p.acked(id) {
				return true
			}
		}
	}
}

func (p *guest) acked(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at.done[id]
}

// saw returns when a ply was shown.
func (p *guest) saw(ply int) (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.at.seen[ply]
	return at, ok
}

// refusals returns what the guest was told, but for what clients do not show.
func (p *guest) refusals() map[string]int {
	all := p.told()
	maps.DeleteFunc(all, func(code string, _ int) bool { return patient[code] })
	return all
}

// told returns how often the guest was told what.
func (p *guest) told() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.codes)
}

// knows returns what the guest knows of the table, and what of it was never
// answered. The guest is then at no table: an answer that comes later is not
// heard, as it would be by who left.
func (p *guest) knows() (acked map[string]call, unheard map[string]call) {
	p.mu.Lock()
	defer p.mu.Unlock()
	acked, unheard = make(map[string]call), make(map[string]call)
	for id, c := range p.at.calls {
		if p.at.done[id] {
			acked[p.user+"/"+id] = *c
		} else {
			unheard[p.user+"/"+id] = *c
		}
	}
	p.at = seat{}
	return acked, unheard
}

// there reports whether the guest has a socket, and an answer on it.
func (p *guest) there() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.conn != nil && p.joined
}
