package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"kibitz/internal/host"
	"kibitz/internal/metrics"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// watch is what operators see of a server, at an address of its own. A nil
// watch is none: it counts nothing and costs nothing.
type watch struct {
	metrics  *metrics.Metrics
	listener net.Listener
}

// openWatch opens the address of the metrics, if the configuration has one.
func openWatch(cfg Config) (*watch, error) {
	if cfg.MetricsListen == "" {
		return nil, nil
	}
	listener, err := net.Listen("tcp", cfg.MetricsListen)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics: %w", err)
	}
	return &watch{metrics.New(), listener}, nil
}

// gauge shows the numbers of a server that is put together.
func (w *watch) gauge(s *Server) {
	if w == nil {
		return
	}
	w.metrics.Gauge("tables", "Tables in memory.", func() int { return s.host.Counts().Tables })
	w.metrics.Gauge("tables_running", "Tables with a game that is on.", func() int { return s.host.Counts().Running })
	w.metrics.Gauge("sockets", "Open sockets.", s.edge.Online)
	w.metrics.Gauge("sockets_at_tables", "Sockets that follow a table.", func() int { return s.host.Counts().Sockets })
	w.gaugePlace(s)
	w.gaugeWorker(s)
	if s.node != nil {
		w.gaugePartitions(s.host.Owned)
		s.backlog.gauge(w)
		w.gaugeCluster(s.stores.nats.around(s.node.keeper.Watcher).stored(s.stores))
	}
}

// journal returns j, counted.
func (w *watch) journal(j table.Journal) table.Journal {
	if w == nil {
		return j
	}
	return w.metrics.Journal(j)
}

// grouped, refused and resumed return who is told of what happens, and nil
// without a watch.
func (w *watch) grouped() func(appends int, took time.Duration) {
	if w == nil {
		return nil
	}
	return w.metrics.Grouped
}

func (w *watch) refused() func(wire.Code) {
	if w == nil {
		return nil
	}
	return func(code wire.Code) { w.metrics.Refused(string(code)) }
}

func (w *watch) resumed() func(host.Resume) {
	if w == nil {
		return nil
	}
	return func(kind host.Resume) { w.metrics.Resumed(string(kind)) }
}

// serve answers until ctx is done.
func (w *watch) serve(ctx context.Context) error {
	if w == nil {
		return nil
	}
	web := &http.Server{Handler: w.metrics.Handler(), ReadHeaderTimeout: 5 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer stopped()
	if err := web.Serve(w.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// close lets the address go, if serve did not.
func (w *watch) close() error {
	if w == nil {
		return nil
	}
	if err := w.listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}
