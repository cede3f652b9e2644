package httpapi

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/lxzan/gws"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/wire"
)

// readBuffer is the read buffer of a socket: most messages are shorter.
const readBuffer = 512

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
	conn, early, err := http.NewResponseController(w).Hijack()
	if err != nil {
		s.fail(w, r, fmt.Errorf("hijack: %w", err))
		return
	}
	if early.Reader.Buffered() > 0 { // before it was answered: RFC 6455 4.1 says to wait
		_ = conn.Close()
		return
	}
	p := newPipe(conn)
	sock := newSocket(s.hub, p, login)
	sock.client, sock.since = s.client(r), s.cfg.Now()
	_, sock.token = bearer(r)
	r = r.WithContext(context.WithValue(context.Background(), socketKey{}, sock))
	ws, err := s.upgrader.UpgradeFromConn(p, bufio.NewReaderSize(p, readBuffer), r)
	if err != nil {
		return // gws has answered, and closed the connection
	}
	sock.ws = ws
	if !s.hub.add(sock) {
		sock.close(closeRestart, "the server restarts")
		return
	}
	// In a goroutine of its own, so that the buffers of HTTP are let go of.
	go ws.ReadLoop()
}

// socketKey is where a request carries its socket to the upgrader.
type socketKey struct{}

func newUpgrader(h *hub) *gws.Upgrader {
	return gws.NewUpgrader(h, &gws.ServerOption{
		ReadMaxPayloadSize: maxMessage,
		ReadBufferSize:     readBuffer,
		SubProtocols:       []string{wire.Protocol},
		ParallelGolimit:    1,
		NewSession:         func() gws.SessionStorage { return &session{} },
		Authorize: func(r *http.Request, of gws.SessionStorage) bool {
			of.(*session).socket = r.Context().Value(socketKey{}).(*socket)
			return true
		},
	})
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

func offers(header []string, protocol string) bool {
	for _, line := range header {
		for name := range strings.SplitSeq(line, ",") {
			if strings.TrimSpace(name) == protocol {
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
