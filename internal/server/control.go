package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// controlName is a socket in the data folder, at which the commands of kibitz
// talk to a server that runs. Who may open it is who may read the data.
const controlName = "control.sock"

// maxSocketPath is how long the address of a socket may be on all systems.
const maxSocketPath = 103

// endTrailer says that an answer is whole.
const endTrailer = "Kibitz-End"

func controlPath(cfg Config) string { return filepath.Join(cfg.Data, controlName) }

// serveControl answers at the socket until ctx is done. Without one the server
// runs as well.
func (s *Server) serveControl(ctx context.Context) {
	if s.cfg.Data == "" {
		return
	}
	path := controlPath(s.cfg)
	if len(path) > maxSocketPath {
		s.cfg.Log.Warn("kibitz backup cannot reach this server: the path of the data folder is too long", "path", path)
		return
	}
	_ = os.Remove(path) // of a former life: the journal's lock says that there is no other
	l, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		s.cfg.Log.Warn("kibitz backup cannot reach this server", "err", err)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /backup", s.postBackup)
	mux.HandleFunc("GET /status", s.getStatus(time.Now()))
	web := &http.Server{Handler: mux, ReadHeaderTimeout: time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	stop := context.AfterFunc(ctx, func() { _ = web.Close() })
	defer stop()
	if err := web.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		s.cfg.Log.Warn("kibitz backup cannot reach this server any more", "err", err)
	}
}

// postBackup writes a backup.
func (s *Server) postBackup(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Trailer", endTrailer)
	if err := s.stores.backup(r.Context(), s.cfg.Data, w); err != nil {
		s.cfg.Log.Error("backup", "err", err)
		w.Header().Set(endTrailer, "failed: "+err.Error())
		return
	}
	w.Header().Set(endTrailer, "whole")
	s.cfg.Log.Info("backup")
}

// controlClient talks to the server of a data folder, whatever host it is told.
func controlClient(cfg Config) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", controlPath(cfg))
		},
	}}
}

// askForBackup asks a server that runs for a backup, and reports whether there
// is one.
func askForBackup(ctx context.Context, cfg Config, to io.Writer) (bool, error) {
	client := controlClient(cfg)
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://kibitz/backup", nil)
	if err != nil {
		return false, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return false, nil // nobody listens there
	}
	defer func() { _ = answer.Body.Close() }()
	if _, err := io.Copy(to, answer.Body); err != nil {
		return true, fmt.Errorf("%w: %w", ErrBackup, err)
	}
	if end := answer.Trailer.Get(endTrailer); end != "whole" {
		return true, fmt.Errorf("%w: the server says %q", ErrBackup, end)
	}
	return true, nil
}
