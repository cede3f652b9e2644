package server

import (
	"context"
	"net"
)

// Process is what `kibitz serve` runs: a server, or one role of a cluster.
type Process interface {
	// Addr is where it answers.
	Addr() net.Addr
	// FirstCode is a code with which somebody becomes the first admin, or empty.
	FirstCode() string
	// Serve answers until ctx is done, and then stops gracefully.
	Serve(ctx context.Context) error
}

// Start opens what the configuration asks for.
func Start(cfg Config) (Process, error) {
	switch {
	case cfg.Cluster.on() && cfg.Cluster.gateway():
		return OpenGateway(cfg)
	case cfg.Cluster.on() && !cfg.Cluster.app() && cfg.Cluster.worker():
		return OpenWorker(cfg)
	}
	return Open(cfg)
}
