package gateway

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"

	"kibitz/internal/cluster"
)

// Times of the connections to app servers.
const (
	dialTime = time.Second
	idleTime = time.Minute
)

// failuresInRow is how many checks must fail before a node is passed over.
const failuresInRow = 2

func newTransport(kept *conns) *http.Transport {
	return &http.Transport{
		DialContext:         kept.dialing((&net.Dialer{Timeout: dialTime, KeepAlive: 15 * time.Second}).DialContext),
		MaxIdleConnsPerHost: 256, IdleConnTimeout: idleTime, DisableCompression: true,
	}
}

// carrier is a Gateway as the transport of its proxy: it tries the next app
// server where that cannot do anything twice.
type carrier Gateway

var errNobody = errors.New("there is no app server")

// RoundTrip implements http.RoundTripper.
func (c *carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	g := (*Gateway)(c)
	chosen, ok := r.Context().Value(choiceKey{}).(*choice)
	if !ok || len(chosen.all) == 0 {
		return nil, errNobody
	}
	var err error
	for _, n := range chosen.all {
		one := r.Clone(r.Context())
		one.URL.Host = n.Addr
		if r.Body != nil {
			one.Body = io.NopCloser(r.Body) // the proxy closes it
		}
		var res *http.Response
		if res, err = g.transport.RoundTrip(one); err == nil {
			chosen.at = n
			return res, nil
		}
		if r.Context().Err() != nil {
			return nil, err
		}
		g.eject(n, err)
		if !again(r, err) {
			return nil, err
		}
	}
	return nil, err
}

// again reports whether a failed request may be sent to another app server:
// nobody has seen it, or it changes nothing and can be sent once more.
func again(r *http.Request, err error) bool {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return true
	}
	bodyless := r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0
	return bodyless && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// eject passes a node over for a while.
func (g *Gateway) eject(n cluster.Node, why error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if time.Now().After(g.out[n.ID]) {
		g.cfg.Log.Warn("an app server is passed over", "node", n.Name, "addr", n.Addr, "err", why)
	}
	g.out[n.ID] = time.Now().Add(g.cfg.EjectFor)
}

// Run checks the app servers, and keeps the lists, until ctx is done.
func (g *Gateway) Run(ctx context.Context) {
	var listing sync.WaitGroup
	listing.Go(func() { g.lists.run(ctx) })
	defer listing.Wait()
	ticker := time.NewTicker(g.cfg.CheckEvery)
	defer ticker.Stop()
	for {
		var checks sync.WaitGroup
		for _, n := range g.cfg.Cluster.Nodes() {
			if n.Role == cluster.App {
				checks.Go(func() { g.note(n, g.check(ctx, n)) })
			}
		}
		checks.Wait()
		g.sever()
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// errSick: an app server says that it cannot do its work.
var errSick = errors.New("it says that it is not ready")

func (g *Gateway) check(ctx context.Context, n cluster.Node) error {
	ctx, cancel := context.WithTimeout(ctx, g.cfg.CheckTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+n.Addr+"/readyz", nil)
	if err != nil {
		return err
	}
	res, err := g.transport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<10))
	if res.StatusCode != http.StatusOK {
		return errSick
	}
	return nil
}

// note takes the outcome of a check.
func (g *Gateway) note(n cluster.Node, err error) {
	g.mu.Lock()
	if err == nil {
		delete(g.failed, n.ID)
		delete(g.mute, n.ID)
		delete(g.out, n.ID)
		g.mu.Unlock()
		return
	}
	g.failed[n.ID]++
	if g.mute[n.ID]++; errors.Is(err, errSick) { // it answers
		delete(g.mute, n.ID)
	}
	bad := g.failed[n.ID] >= failuresInRow
	g.mu.Unlock()
	if bad {
		g.eject(n, err)
	}
}
