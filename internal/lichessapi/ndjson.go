package lichessapi

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// lines writes a stream of JSON lines.
type lines struct {
	w  http.ResponseWriter
	rc *http.ResponseController
	// patience is Config.WriteTime.
	patience time.Duration
}

// openLines answers with the head of a stream, and lifts the limits of time
// that other answers have.
func (s *Server) openLines(w http.ResponseWriter) *lines {
	h := w.Header()
	h.Set("Content-Type", "application/x-ndjson")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies pass on what there is
	l := &lines{w, http.NewResponseController(w), s.cfg.WriteTime}
	_ = l.rc.SetReadDeadline(time.Time{}) // else the wait for the client's end fails
	return l
}

// send writes one value and a line feed. It fails when the client is gone, or
// does not read.
func (l *lines) send(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return l.write(append(b, '\n'))
}

// blank writes an empty line: many clients do their housekeeping at it.
func (l *lines) blank() error { return l.write([]byte{'\n'}) }

func (l *lines) write(b []byte) error {
	_ = l.rc.SetWriteDeadline(time.Now().Add(l.patience)) // where there is one
	if _, err := l.w.Write(b); err != nil {
		return err
	}
	return l.rc.Flush()
}

// signal is why a stream woke up.
type signal uint8

const (
	woken  signal = iota // there may be news
	beat                 // it is time for an empty line
	closed               // the stream is to end
)

// await returns when a stream has something to do. Empty lines are due whatever
// else is written: a wake may come to nothing.
func (s *Server) await(ctx context.Context, pulse *time.Ticker, wake, ended <-chan struct{}) signal {
	select {
	case <-wake:
		return woken
	case <-pulse.C:
		return beat
	case <-ctx.Done():
	case <-ended:
	case <-s.ctx.Done():
	}
	return closed
}
