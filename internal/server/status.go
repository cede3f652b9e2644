package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime/debug"
	"time"

	"kibitz/internal/ledger"
	"kibitz/web"
)

// Status is what a server that runs says of itself to who may read its data.
type Status struct {
	Version string `json:"version"`
	// Client is the fingerprint of the web client, empty without one.
	Client string `json:"client,omitempty"`
	// UptimeSeconds counts from when the server began to answer.
	UptimeSeconds float64 `json:"uptimeSeconds"`
	// Ready says that it takes players.
	Ready bool `json:"ready"`
	// Tables are those in memory, Running those with a game that is on.
	Tables  int `json:"tables"`
	Running int `json:"running"`
	// Sockets are all that are open, AtTables those that follow a table.
	Sockets     int           `json:"sockets"`
	AtTables    int           `json:"atTables"`
	Projections []StatusOfLag `json:"projections"`
	// Chips is how many were ever issued and not taken back.
	Chips int64 `json:"chips"`
	// Database is how many bytes accounts and archive take; Free is how many
	// are left on the disk of the data folder, or 0 where nobody knows.
	Database int64 `json:"databaseBytes"`
	Free     int64 `json:"freeBytes"`
	// Trouble says in words what is not as it should be.
	Trouble []string `json:"trouble,omitempty"`
}

// StatusOfLag is how far one part of the slow path is.
type StatusOfLag struct {
	Name string `json:"name"`
	// Behind counts what waits, LagSeconds is how old the oldest of that is.
	Behind     int64   `json:"behind"`
	LagSeconds float64 `json:"lagSeconds"`
	// SetAside counts tables that could not be followed.
	SetAside int64 `json:"setAside"`
}

// Version names the program: the version of its module, with the commit.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}

// status looks at the server now.
func (s *Server) status(ctx context.Context, since time.Time) Status {
	ctx, cancel := context.WithTimeout(ctx, watchTime)
	defer cancel()
	counts := s.host.Counts()
	is := Status{
		Version: Version(), Client: web.Build(), UptimeSeconds: time.Since(since).Seconds(), Ready: true,
		Tables: counts.Tables, Running: counts.Running, Sockets: s.edge.Online(), AtTables: counts.Sockets,
		Free: int64(freeBytes(s.cfg.Data)),
	}
	trouble := func(err error, what string) {
		if err != nil {
			is.Trouble = append(is.Trouble, fmt.Sprintf("%s: %v", what, err))
		}
	}
	for _, err := range []error{s.host.Healthy(), s.starting()} {
		is.Ready = is.Ready && err == nil
		trouble(err, "not ready")
	}
	all, err := s.projections(ctx, time.Now())
	trouble(err, "worker")
	for _, p := range all {
		is.Projections = append(is.Projections, StatusOfLag{p.Name, p.Behind, p.Lag.Seconds(), p.SetAside})
		if p.SetAside > 0 {
			trouble(fmt.Errorf("%d tables set aside; see kibitz check", p.SetAside), p.Name)
		}
	}
	minted, err := s.stores.archive.Balance(ctx, ledger.Mint)
	trouble(err, "chips")
	is.Chips = -minted
	is.Database, err = s.stores.archive.Size(ctx)
	trouble(err, "database")
	return is
}

// getStatus answers at the control socket.
func (s *Server) getStatus(since time.Time) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(s.status(r.Context(), since)) // who asked may have gone
	}
}

// AskStatus asks the server that runs on a data folder, and reports whether
// there is one.
func AskStatus(ctx context.Context, cfg Config) (is Status, running bool, err error) {
	client := controlClient(cfg)
	defer client.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://kibitz/status", nil)
	if err != nil {
		return is, false, err
	}
	answer, err := client.Do(request)
	if err != nil {
		return is, false, nil // nobody listens there
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return is, true, fmt.Errorf("ask for the status: the server answers %s; is it older than this program?", answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(&is); err != nil {
		return is, true, fmt.Errorf("ask for the status: %w", err)
	}
	return is, true, nil
}
