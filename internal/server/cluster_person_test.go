package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/lxzan/gws"
)

// clusterGuest is somebody who plays through gateways, and comes back when the socket
// is lost.
type clusterGuest struct {
	gws.BuiltinEventHandler
	tb       testing.TB
	gateways []string
	web      *http.Client

	mu    sync.Mutex
	conn  *gws.Conn
	over  bool
	table string
	// acks says when actions were acknowledged, by their ids.
	acks  map[string]time.Time
	codes map[string]int
}

func newClusterGuest(tb testing.TB, gateways []string) *clusterGuest {
	tb.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		tb.Fatal(err)
	}
	p := &clusterGuest{
		tb: tb, gateways: gateways, web: &http.Client{Jar: jar, Timeout: 10 * time.Second},
		acks: make(map[string]time.Time), codes: make(map[string]int),
	}
	if _, err := p.post(p.gateway(), "/api/v1/guests", "{}"); err != nil {
		tb.Fatal(err)
	}
	return p
}

func (p *clusterGuest) gateway() string { return p.gateways[rand.IntN(len(p.gateways))] }

// post asks a node for something, and returns the answer.
func (p *clusterGuest) post(node, path, body string) (map[string]any, error) {
	res, err := p.web.Post("http://"+node+path, "application/json", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode >= 300 {
		return nil, fmt.Errorf("%s: status %d: %s: %w", path, res.StatusCode, b, err)
	}
	var answer map[string]any
	if len(b) > 0 {
		err = json.Unmarshal(b, &answer)
	}
	return answer, err
}

// follow keeps a socket at a table until leave.
func (p *clusterGuest) follow(id string) {
	p.table = id
	p.connect()
	p.tb.Cleanup(p.leave)
}

func (p *clusterGuest) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	if p.conn != nil {
		_ = p.conn.NetConn().Close()
	}
}

// connect makes a socket, at once or in a moment.
func (p *clusterGuest) connect() {
	at := p.gateway()
	header := http.Header{"Sec-WebSocket-Protocol": {"kibitz.1"}}
	request, err := http.NewRequest(http.MethodGet, "http://"+at+"/", nil)
	if err != nil {
		p.tb.Error(err)
		return
	}
	for _, c := range p.web.Jar.Cookies(request.URL) {
		request.AddCookie(c)
	}
	header["Cookie"] = request.Header["Cookie"]
	conn, _, err := gws.NewClient(p, &gws.ClientOption{Addr: "ws://" + at + "/ws", RequestHeader: header, HandshakeTimeout: 3 * time.Second})
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil {
		p.again()
		return
	}
	p.conn = conn
	go conn.ReadLoop()
	_ = conn.WriteString(fmt.Sprintf(`{"type":"join","table":%q}`, p.table))
}

// again connects in a moment, unless that is over. Its caller holds the lock.
func (p *clusterGuest) again() {
	p.conn = nil
	if !p.over {
		time.AfterFunc(50*time.Millisecond, p.connect)
	}
}

// OnClose implements gws.Event.
func (p *clusterGuest) OnClose(*gws.Conn, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.again()
}

// OnPing implements gws.Event.
func (p *clusterGuest) OnPing(conn *gws.Conn, payload []byte) { _ = conn.WritePong(payload) }

// OnMessage implements gws.Event.
func (p *clusterGuest) OnMessage(conn *gws.Conn, m *gws.Message) {
	defer func() { _ = m.Close() }()
	var f struct{ Type, Ack, ID, Code string }
	if json.Unmarshal(bytes.TrimSpace(m.Bytes()), &f) != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if f.Type == "done" {
		f.Ack = f.ID
	}
	if _, known := p.acks[f.Ack]; f.Ack != "" && !known {
		p.acks[f.Ack] = time.Now()
	}
	if f.Type == "error" {
		p.codes[f.Code]++
		if f.ID == "" && f.Code == "busy" { // of a join
			time.AfterFunc(100*time.Millisecond, func() { _ = conn.WriteString(fmt.Sprintf(`{"type":"join","table":%q}`, p.table)) })
		}
	}
}

// act sends an action.
func (p *clusterGuest) act(id, action string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.conn != nil {
		_ = p.conn.WriteString(fmt.Sprintf(`{"type":"act","table":%q,"id":%q,"action":%s}`, p.table, id, action))
	}
}

// acked returns when an action was acknowledged.
func (p *clusterGuest) acked(id string) (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	at, ok := p.acks[id]
	return at, ok
}
