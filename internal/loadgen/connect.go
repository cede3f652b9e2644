package loadgen

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/lxzan/gws"
)

const (
	// readBuffer holds most messages of a game.
	readBuffer = 1024
	// maxMessage is far above any message of a game.
	maxMessage = 1 << 20
)

// connected keeps the player's socket open until ctx is done.
func (p *player) connected(ctx context.Context) {
	pause := p.run.cfg.RetryMin
	for ctx.Err() == nil {
		conn, err := p.dial(ctx)
		if err != nil {
			p.run.retried.Add(1)
			if !sleep(ctx, p.vary(pause)) {
				return
			}
			pause = min(2*pause, p.run.cfg.RetryMax)
			continue
		}
		pause = p.run.cfg.RetryMin
		p.attach(conn)
		conn.ReadLoop()
		if ctx.Err() == nil && !sleep(ctx, p.vary(pause)) {
			return
		}
	}
}

// vary is a time give or take a half.
func (p *player) vary(d time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return d/2 + time.Duration(p.random.Int64N(int64(d)+1))
}

// dial opens a socket, with a bound on how many do so at a time.
func (p *player) dial(ctx context.Context) (*gws.Conn, error) {
	select {
	case p.run.dialing <- struct{}{}:
		defer func() { <-p.run.dialing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	from := time.Now()
	raw, err := p.run.addresses.dial(ctx, p.number/p.run.cfg.PerAddress)
	if err == nil {
		var conn *gws.Conn
		if conn, err = p.shake(raw); err == nil {
			p.run.weather.accepted(from)
			return conn, nil
		}
	}
	p.complain(err)
	return nil, err
}

// shake turns a connection into a WebSocket.
func (p *player) shake(raw net.Conn) (*gws.Conn, error) {
	if p.run.target.ws[:3] == "wss" {
		raw = tls.Client(raw, &tls.Config{ServerName: p.run.host})
	}
	conn, answer, err := gws.NewClientFromConn(p, &gws.ClientOption{
		Addr: p.run.target.ws, ReadBufferSize: readBuffer, ReadMaxPayloadSize: maxMessage,
		HandshakeTimeout: dialTime, ParallelGolimit: 1, NewSession: noStorage,
		RequestHeader: http.Header{"Cookie": {p.cookie}, "Sec-Websocket-Protocol": {"kibitz.1"}},
	}, raw)
	if err != nil && answer != nil {
		return nil, statusError(answer.StatusCode)
	}
	return conn, err
}

// noStorage spares every socket a map that nobody uses.
func noStorage() gws.SessionStorage { return nil }

// statusError is an answer that is no WebSocket.
type statusError int

func (e statusError) Error() string { return http.StatusText(int(e)) }

// complain counts what went wrong, as far as it is an error: that nothing
// listens, or that the other end went away in the middle, is a restart.
func (p *player) complain(err error) {
	var status statusError
	switch {
	case isRefused(err), errors.As(err, &status) && (status == http.StatusBadGateway || status == http.StatusGatewayTimeout):
		p.run.weather.refused(time.Now())
	case errors.As(err, &status) && (status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests):
		p.run.refused.Add(1)
	case errors.As(err, &status):
		p.run.fail("connect " + strconv.Itoa(int(status)))
	case isTimeout(err):
		p.run.fail("connect timeout")
	}
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// attach begins to use a new socket.
func (p *player) attach(conn *gws.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conn, p.live = conn, false
	if p.lostAt == 0 {
		p.alive = time.Now().UnixMilli()
	}
	p.run.open.Add(1)
	if p.run.ended.Load() {
		_ = conn.WriteClose(1000, nil) // hangUp has passed by
		return
	}
	p.join()
}

// OnClose implements gws.Event.
func (p *player) OnClose(c *gws.Conn, err error) {
	p.run.weather.lost()
	p.mu.Lock()
	defer p.mu.Unlock()
	if c != p.conn {
		return
	}
	if p.lostAt == 0 {
		p.lostAt = time.Now().UnixMilli()
	}
	p.conn, p.live = nil, false
	if p.match != nil {
		p.match.flight.spoil()
	}
	p.run.open.Add(-1)
	var closed *gws.CloseError
	if errors.As(err, &closed) && !isRestart(closed.Code) && !p.run.ended.Load() {
		p.run.fail("closed " + strconv.Itoa(int(closed.Code)))
	}
}

// isRestart reports whether a close code says that the server goes away: the
// codes 1001, 1006 and 1012 of RFC 6455 and its registry, or none at all.
func isRestart(code uint16) bool {
	return code == 0 || code == 1000 || code == 1001 || code == 1006 || code == 1012
}
