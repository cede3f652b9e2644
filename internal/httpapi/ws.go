package httpapi

import (
	"crypto/sha1"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kibitz/internal/account"
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
	conn, early, err := http.NewResponseController(w).Hijack()
	if err != nil {
		s.fail(w, r, fmt.Errorf("hijack: %w", err))
		return
	}
	if early.Reader.Buffered() > 0 { // before it was answered: RFC 6455 4.1 says to wait
		_ = conn.Close()
		return
	}
	if err := welcome(conn, r.Header.Get(keyHeader)); err != nil {
		_ = conn.Close()
		return
	}
	sock := newSocket(s.hub, newPipe(conn), login)
	sock.client, sock.since = s.client(r), s.cfg.Now()
	_, sock.token = bearer(r)
	if !s.hub.add(sock) {
		sock.close(closeRestart, "the server restarts")
		return
	}
	// In a goroutine of its own, so that the buffers of HTTP are let go of.
	go sock.serve()
}

// What a handshake has (RFC 6455 4.1), besides what HTTP knows.
const (
	keyHeader     = "Sec-Websocket-Key"
	versionHeader = "Sec-Websocket-Version"
	version       = "13"
	// acceptSalt is that of RFC 6455 1.3.
	acceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
	// welcomeTime bounds how long the answer may take.
	welcomeTime = 5 * time.Second
)

// welcome answers the handshake of a client that may connect, and takes the
// times of HTTP off the connection.
func welcome(conn net.Conn, key string) error {
	sum := sha1.Sum([]byte(key + acceptSalt))
	if err := conn.SetDeadline(time.Now().Add(welcomeTime)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(sum[:]), wire.Protocol)
	return errors.Join(err, conn.SetDeadline(time.Time{}))
}

// mayConnect checks who connects from where. The login is nil for nobody, who
// may look.
func (s *Server) mayConnect(r *http.Request) (*account.Login, error) {
	if !strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		return nil, fmt.Errorf("%w: this address takes WebSocket connections only", game.ErrMalformed)
	}
	if !offers(r.Header.Values("Connection"), "upgrade") || r.Header.Get(keyHeader) == "" || r.Header.Get(versionHeader) != version {
		return nil, fmt.Errorf("%w: this is no handshake of a WebSocket, version %s", game.ErrMalformed, version)
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
