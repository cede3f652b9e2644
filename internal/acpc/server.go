package acpc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"
)

// Server listens for clients and gives each a seat.
type Server struct {
	// Sit returns the seat of a new client, or an error that the client is told.
	// Programs of the competition know nothing but an address: whoever wires the
	// server says which seat that is.
	Sit func(ctx context.Context, client net.Addr) (Port, error)
	// MaxClients is how many there may be at once. Default: 10.
	MaxClients int
	Bounds     Bounds
	Log        *slog.Logger
}

// farewell is how long a client that is turned away may take to read why.
const farewell = time.Second

// Serve takes clients until ctx ends, and then waits until all are gone. It
// closes the listener.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	defer l.Close()
	most := s.MaxClients
	if most == 0 {
		most = 10
	}
	places := make(chan struct{}, most)
	var running sync.WaitGroup
	defer running.Wait()
	for {
		conn, err := l.Accept()
		switch {
		case ctx.Err() != nil:
			if err == nil {
				conn.Close()
			}
			return nil
		case errors.Is(err, net.ErrClosed):
			return err
		case err != nil:
			s.Log.Warn("acpc: a client could not connect", "error", err)
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
			continue
		}
		select {
		case places <- struct{}{}:
			running.Go(func() {
				defer func() { <-places }()
				s.serve(ctx, conn)
			})
		default:
			turnAway(conn, "all seats for programs are taken; come back later")
		}
	}
}

// serve plays with one client.
func (s *Server) serve(ctx context.Context, conn net.Conn) {
	log := s.Log.With("client", conn.RemoteAddr().String())
	port, err := s.Sit(ctx, conn.RemoteAddr())
	if err != nil {
		log.Info("acpc: no seat for a client", "error", err)
		turnAway(conn, err.Error())
		return
	}
	log.Info("acpc: a client sat down")
	err = Deal(ctx, conn, port, s.Bounds, log)
	log.Info("acpc: a client is gone", "error", err)
}

// turnAway says why in a comment.
func turnAway(conn net.Conn, why string) {
	defer conn.Close()
	if conn.SetWriteDeadline(time.Now().Add(farewell)) == nil {
		fmt.Fprintf(conn, "# %s\r\n", oneLine(why))
	}
}
