package server

import (
	"context"
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
	if w.stores, err = openStores(cfg, nil); err != nil {
		return nil, err
	}
	if err := w.build(); err != nil {
		return nil, errors.Join(err, w.stores.close())
	}
	if w.listener, err = net.Listen("tcp", cfg.Listen); err != nil {
		return nil, errors.Join(fmt.Errorf("listen: %w", err), w.stores.close())
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
	w.watcher, err = w.stores.nats.watch(w.cfg, cluster.Worker)
	return err
}

// Serve implements Process.
func (w *Worker) Serve(ctx context.Context) error {
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	mux := http.NewServeMux()
	for _, path := range []string{"GET /healthz", "GET /readyz"} {
		mux.HandleFunc(path, func(out http.ResponseWriter, _ *http.Request) { _, _ = out.Write([]byte(`{"ok":true}` + "\n")) })
	}
	web := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second}
	var running sync.WaitGroup
	running.Go(func() { w.watcher.Run(ctx) })
	running.Go(func() { w.project(ctx) })
	running.Go(func() {
		if err := web.Serve(w.listener); !errors.Is(err, http.ErrServerClosed) {
			fail(fmt.Errorf("serve: %w", err))
		}
	})
	<-ctx.Done()
	err := web.Close()
	running.Wait()
	return errors.Join(failure(ctx), err, w.stores.close())
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
