package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// contentPolicy is what pages may load (ux.md 11.14): inline styles place
// seats and pieces, data: images are the pieces, and wasm is the engine.
const contentPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; " +
	"style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// answerTime bounds the work for one request.
const answerTime = 10 * time.Second

// secured sets the headers that every answer has, and bounds its time.
func (s *Server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		Harden(w.Header(), s.secure(r))
		ctx, cancel := context.WithTimeout(r.Context(), answerTime)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// Harden sets the headers that every answer has, and with TLS the one that
// forbids the browser to come without it.
func Harden(h http.Header, overTLS bool) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if overTLS {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// paced bounds the requests of one address to the API.
func (s *Server) paced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			if err := s.limits.api.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now()); err != nil {
				s.fail(w, r, err)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// hostOnly is a host without its port.
func hostOnly(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return host
}

// recovered answers a panic, which is our fault, like any such error.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == http.ErrAbortHandler {
				panic(v) // the connection is to be cut
			}
			if v != nil {
				s.cfg.Log.Error("panic", "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
				writeProblem(w, wire.Explain(fmt.Errorf("panic: %v", v)))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// logged gives every request an id and logs it: no cookie, no query, no body.
// What went well is for whoever looks for something.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, _ := table.NewID(s.cfg.Random) // any short random word does
		w.Header().Set("X-Request-Id", string(id))
		start, seen := time.Now(), &seenWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		level := levelOf(seen.status)
		if !s.cfg.Log.Enabled(r.Context(), level) {
			return
		}
		s.cfg.Log.Log(r.Context(), level, "http", "id", string(id), "method", r.Method, "path", r.URL.Path, "status", seen.status,
			"bytes", seen.bytes, "ms", time.Since(start).Milliseconds(), "addr", s.cfg.ClientAddr(r))
	})
}

// levelOf is how much an answer matters to an operator.
func levelOf(status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelWarn
	case status >= http.StatusBadRequest:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// seenWriter remembers what was answered.
type seenWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// Unwrap lets http.ResponseController find the writer below.
func (w *seenWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader implements http.ResponseWriter.
func (w *seenWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *seenWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// peerAddr is the other end of the connection.
func peerAddr(r *http.Request) netip.Addr {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return at.Addr().Unmap()
}

// secure reports whether the browser speaks TLS.
func (s *Server) secure(r *http.Request) bool { return s.cfg.Secure || r.TLS != nil }
