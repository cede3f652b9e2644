package httpapi

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unique"

	"github.com/gobwas/ws"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
	"kibitz/internal/game"
	"kibitz/internal/wire"
)

// maxMessage closes the socket; what is over wire.MaxFrameBytes and not over
// this is refused, and the socket goes on.
const maxMessage = 64 << 10

// webSocket answers GET /ws.
func (s *Server) webSocket(w http.ResponseWriter, r *http.Request) {
	login, err := s.mayConnect(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	conn, early, _, err := upgrader.Upgrade(r, w)
	if err != nil || early.Reader.Buffered() > 0 { // before it was answered: RFC 6455 4.1 says to wait
		if conn != nil {
			_ = conn.Close()
		}
		return
	}
	sock := newSocket(s.hub, newPipe(conn), login)
	sock.client, sock.since = s.client(r), s.cfg.Now()
	_, sock.token = bearer(r)
	sock.through = unique.Make(cluster.NodeID(r.Header.Get(cluster.GatewayHeader)))
	if !s.hub.add(sock) {
		sock.close(closeRestart, "the server restarts")
		return
	}
	// In a goroutine of its own, so that the buffers of HTTP are let go of.
	go sock.serve()
}

// welcomeTime bounds how long the answer to a handshake may take.
const welcomeTime = 5 * time.Second

// upgrader answers the handshake of a client that may connect.
var upgrader = ws.HTTPUpgrader{
	Timeout:  welcomeTime,
	Protocol: func(name string) bool { return name == wire.Protocol },
}

// mayConnect checks who connects from where. The login is nil for nobody, who
// may look.
func (s *Server) mayConnect(r *http.Request) (*account.Login, error) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		return nil, fmt.Errorf("%w: this address takes WebSocket connections only", game.ErrMalformed)
	}
	if !offers(r.Header.Values("Sec-WebSocket-Protocol"), wire.Protocol) {
		return nil, fmt.Errorf("%w: Sec-WebSocket-Protocol must offer %s", game.ErrMalformed, wire.Protocol)
	}
	if !sameOrigin(r) {
		return nil, fmt.Errorf("%w: a page of another site may not connect", wire.ErrNotAllowed)
	}
	return s.old(r)
}

// offers reports whether a header lists a word.
func offers(header []string, word string) bool {
	for _, line := range header {
		for name := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.TrimSpace(name), word) {
				return true
			}
		}
	}
	return false
}

// sameOrigin reports whether a request comes from a page of this server, or
// from no page at all.
func sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, r.Host)
}
