package server

import (
	"net/http"
	"strconv"
	"sync/atomic"
)

// gauge shows the numbers of a gateway that is put together.
func (g *Gateway) gauge() {
	if g.watch == nil {
		return
	}
	g.watch.gaugeGateway(g.gateway.Open, g.gateway.Listed, &g.answered)
	if g.cfg.TLS.Domain != "" {
		g.watch.metrics.Gauge("certificate_expires_seconds", expiresHelp, g.guard.expires)
	}
	g.watch.gaugeCluster(g.nats.around(g.watcher))
}

// gaugeGateway shows what a gateway does.
func (w *watch) gaugeGateway(open func() int, listed func() int64, answered *classes) {
	w.metrics.Gauge("gateway_open", "Requests that a gateway passes on at this moment, sockets and streams among them.", open)
	w.metrics.Counter("gateway_lists_total", "Requests for public lists that a gateway answered itself.", listed)
	w.metrics.Counters("gateway_requests_total", "Requests that ended at a gateway, by the class of their status; sockets are 1xx.", "class", answered.read)
}

// classes counts answers by the first digit of their status.
type classes struct{ n [6]atomic.Int64 }

func (c *classes) read() map[string]float64 {
	all := make(map[string]float64)
	for class := 1; class < len(c.n); class++ {
		all[strconv.Itoa(class)+"xx"] = float64(c.n[class].Load())
	}
	return all
}

// count passes requests on and counts them.
func (c *classes) count(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		if r.Header.Get("Upgrade") != "" {
			seen.status = http.StatusSwitchingProtocols // a proxy says so past us
		}
		defer func() {
			if class := seen.status / 100; class < len(c.n) {
				c.n[class].Add(1)
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusWriter notes the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a proxy take the connection over: see http.ResponseController.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
