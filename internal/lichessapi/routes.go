package lichessapi

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"kibitz/internal/account"
)

// handler does what a request asks for, and returns the body of the answer.
// A nil body without an error is an answer that was written already.
type handler func(w http.ResponseWriter, r *http.Request, c caller) (any, error)

// route is one address of the API.
type route struct {
	pattern string
	// open needs no token. Otherwise scopes are those of which a token must
	// have one; none means that any token will do.
	open   bool
	scopes []account.Scope
	do     handler
	// stream says that the answer may take any time.
	stream bool
}

// answerTime bounds the work for an answer that is no stream: lichess-bot
// waits for 2 s.
const answerTime = 10 * time.Second

// Scopes that open many addresses.
var (
	botPlay    = []account.Scope{account.ScopeBotPlay}
	boardPlay  = []account.Scope{account.ScopeBoardPlay}
	eventScope = []account.Scope{account.ScopeChallengeRead, account.ScopeBotPlay, account.ScopeBoardPlay}
	challenge  = []account.Scope{account.ScopeChallengeWrite, account.ScopeBotPlay, account.ScopeBoardPlay}
)

// Mount returns a handler that answers the addresses of the API, preflight
// requests included, and leaves all others to next.
func (s *Server) Mount(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	asked := make(map[string]bool)
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.recovered(s.serve(r)))
		if _, path, _ := strings.Cut(r.pattern, " "); !asked[path] {
			asked[path] = true
			mux.HandleFunc("OPTIONS "+path, preflight)
		}
	}
	mux.Handle("/", next)
	return mux
}

// recovered answers a panic, which is our fault, like any such error.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v) // the connection is to be cut
			default:
				s.cfg.Log.Error("panic", "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
				s.fail(w, r, fmt.Errorf("panic: %v", v))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func (s *Server) routes() []route {
	list := append(s.accountRoutes(), s.challengeRoutes()...)
	list = append(list, s.peopleRoutes()...)
	list = append(list, s.gameRoutes()...)
	list = append(list, route{pattern: "POST /api/import", do: s.postImport})
	return append(list, s.playRoutes()...)
}

// serve wraps a route in what all have: limits, who it is, errors, CORS.
func (s *Server) serve(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w)
		if !route.stream {
			ctx, cancel := context.WithTimeout(r.Context(), answerTime)
			defer cancel()
			r = r.WithContext(ctx)
		}
		body, err := s.run(w, r, route)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		switch b := body.(type) {
		case nil:
		case created:
			answer(w, http.StatusCreated, b.body)
		default:
			answer(w, http.StatusOK, b)
		}
	})
}

func (s *Server) run(w http.ResponseWriter, r *http.Request, route route) (any, error) {
	if err := s.limits.address(&requestsOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	var c caller
	var err error
	if _, has := bearer(r); has || !route.open {
		c, err = s.authenticate(r, route.scopes)
		if route.open && err != nil {
			c, err = caller{}, nil // a stranger may ask, too
		}
	}
	if err != nil {
		return nil, err
	}
	return route.do(w, r, c)
}

// setHeaders lets pages of all sites read the answer: who calls is told by a
// token, and never by a cookie.
func setHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Vary", "Origin")
}

// preflight answers what a browser asks before it lets a page call.
func preflight(w http.ResponseWriter, _ *http.Request) {
	setHeaders(w)
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept, Origin, If-Modified-Since, Cache-Control")
	h.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusNoContent)
}
