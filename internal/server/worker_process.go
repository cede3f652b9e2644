package server

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"kibitz/internal/cluster"
	"kibitz/internal/games"
	"kibitz/internal/host"
	"kibitz/internal/httpapi"
	"kibitz/internal/worker"
)

// Worker is a process that does the slow path of a cluster. Of several, one
// does each part, and the others wait.
type Worker struct {
	*Server
	watcher *cluster.Watcher
}

// OpenWorker opens the stores and the address.
func OpenWorker(cfg Config) (*Worker, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	w := &Worker{Server: &Server{cfg: cfg}}
	if w.watch, err = openWatch(cfg); err != nil {
		return nil, err
	}
	if w.stores, err = openStores(cfg, nil); err != nil {
		return nil, errors.Join(err, w.watch.close())
	}
	if err = w.build(); err == nil {
		w.listener, err = net.Listen("tcp", cfg.Listen)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("worker: %w", err), w.watch.close(), w.stores.close())
	}
	return w, nil
}

// build makes the parts. The host has no table, and is there to say so.
func (w *Worker) build() error {
	catalog, err := games.Catalog(games.Options{Draws: w.cfg.Draws})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrConfig, err)
	}
	w.host, err = host.New(host.Config{
		Journal: w.stores.journal, Pulse: w.stores.pulse, Catalog: catalog, Chance: games.Chance(), Codec: httpapi.Codec{Log: w.cfg.Log}, Shared: true,
	})
	if err != nil {
		return err
	}
	if err := w.openProjections(catalog); err != nil {
		return err
	}
	if w.watcher, err = w.stores.nats.watch(w.cfg, cluster.Worker); err != nil {
		return err
	}
	if shown := w.watch; shown != nil {
		shown.gaugeWorker(w.Server)
		shown.gaugeCluster(w.stores.nats.around(w.watcher).stored(w.stores))
	}
	return nil
}

// readyTime bounds how long a worker asks whether what it needs is there.
const readyTime = 2 * time.Second

// trouble says what a worker lacks to do its work.
func (w *Worker) trouble(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	err := w.stores.archive.Ping(ctx)
	if !w.stores.nats.client.Connected() {
		err = errors.Join(err, errors.New("NATS: no server answers"))
	}
	return err
}

// getReady says whether the worker can work, and if not why: only operators
// reach its address.
func (w *Worker) getReady(out http.ResponseWriter, r *http.Request) {
	answer := struct {
		OK  bool   `json:"ok"`
		Why string `json:"why,omitempty"`
	}{OK: true}
	out.Header().Set("Content-Type", "application/json")
	if err := w.trouble(r.Context()); err != nil {
		answer.OK, answer.Why = false, err.Error()
		out.Header().Set("Retry-After", "1")
		out.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(out).Encode(answer) // who asked may have gone
}

// Serve implements Process.
func (w *Worker) Serve(ctx context.Context) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(out http.ResponseWriter, _ *http.Request) { _, _ = out.Write([]byte(`{"ok":true}` + "\n")) })
	mux.HandleFunc("GET /readyz", w.getReady)
	web := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	var running sync.WaitGroup
	running.Go(func() { w.watcher.Run(ctx) })
	running.Go(func() { w.project(ctx) })
	running.Go(func() {
		if err := w.watch.serve(ctx); err != nil {
			fail(fmt.Errorf("metrics: %w", err))
		}
	})
	running.Go(func() {
		if err := web.Serve(w.listener); !errors.Is(err, http.ErrServerClosed) {
			fail(fmt.Errorf("serve: %w", err))
		}
	})
	<-ctx.Done()
	err := web.Close()
	running.Wait()
	return errors.Join(failure(ctx), err, w.watch.close(), w.stores.close())
}

// project runs the slow path until ctx is done: in a cluster each part where
// nobody else does it.
func (s *Server) project(ctx context.Context) {
	var running sync.WaitGroup
	for name, w := range map[string]*worker.Worker{"archive": s.worker, "chips": s.chips, "hands": s.hands} {
		running.Go(func() { s.alone(ctx, name, w.Run) })
	}
	running.Wait()
}

// alone does something until ctx is done, in a cluster while nobody else does.
func (s *Server) alone(ctx context.Context, name string, run func(context.Context)) {
	if !s.cfg.Cluster.on() {
		run(ctx)
		return
	}
	for ctx.Err() == nil {
		err := s.stores.archive.Alone(ctx, name, func(ctx context.Context) {
			s.cfg.Log.Info("this process does it now", "work", name)
			run(ctx)
		})
		if ctx.Err() == nil {
			s.cfg.Log.Warn("the work is left to who can do it", "work", name, "err", err)
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}
	}
}
