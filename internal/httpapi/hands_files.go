package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/hands"
	"kibitz/internal/table"
	"kibitz/internal/wire"
)

// exportMyHands returns a handler that streams all hands of who asks.
func (s *Server) exportMyHands(ending string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		me, err := s.login(r)
		if err == nil {
			err = s.limits.exports.take(me.User.ID, s.cfg.Now())
		}
		var f hands.Filter
		if err == nil {
			f, err = handFilter(r.URL.Query())
		}
		if err != nil {
			s.fail(w, r, told(err))
			return
		}
		s.exportHands(w, r, hands.Request{User: me.User.ID, Filter: f}, handFile{me.User.Name, ending})
	}
}

// getTableFile streams the hands of a table that who asks may read.
func (s *Server) getTableFile(w http.ResponseWriter, r *http.Request) {
	user, err := s.asker(r)
	var id table.ID
	if err == nil {
		id, err = pathTable(r)
	}
	if err == nil {
		err = s.lib.exports.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now())
	}
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	s.exportHands(w, r, hands.Request{User: user, Filter: hands.Filter{Table: id}, Everybody: true}, handFile{string(id), "phhs"})
}

// handFile is what a file is called.
type handFile struct{ of, ending string }

// exportHands streams hands, the newest first.
func (s *Server) exportHands(w http.ResponseWriter, r *http.Request, request hands.Request, name handFile) {
	var err error
	if s.hands.Collection == nil {
		err = account.ErrNotFound
	}
	var done func()
	if err == nil {
		request.Wish, err = s.wish(r)
	}
	if err == nil {
		done, err = s.lib.alone(neighborhood(s.cfg.ClientAddr(r)).String())
	}
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	defer done()
	request.Format = s.hands.Scribe.Formats()[name.ending]
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportTime)
	defer cancel()
	flusher := http.NewResponseController(w)
	_ = flusher.SetWriteDeadline(time.Now().Add(exportTime)) // where there is one
	request.Flushed = func() { _ = flusher.Flush() }         // a failed write says so
	out := &lateHeader{w: w, set: func(h http.Header) {
		h.Set("Content-Type", request.Format.Type)
		h.Set("Content-Disposition", `attachment; filename="kibitz-`+name.of+`.`+name.ending+`"`)
		h.Set("Cache-Control", "no-store")
		h.Set("X-Accel-Buffering", "no") // proxies pass on what there is
	}}
	switch _, err := s.hands.Write(ctx, out, request); {
	case err == nil:
	case !out.begun:
		s.fail(w, r, told(err))
	default:
		s.cfg.Log.Warn("export of hands", "of", name.of, "err", err)
		panic(http.ErrAbortHandler) // half of it must not look like all
	}
}

// lateHeader sets headers with the first bytes, so that an error before them
// can be told.
type lateHeader struct {
	w     http.ResponseWriter
	set   func(http.Header)
	begun bool
}

func (l *lateHeader) Write(b []byte) (int, error) {
	if !l.begun {
		l.set(l.w.Header())
		l.begun = true
	}
	return l.w.Write(b)
}

// maxHandFile is the largest file of hands that is read for the replayer.
const maxHandFile = 256 << 10

// importedHand is a hand of a file, or why it is none.
type importedHand struct {
	Name  string          `json:"name,omitempty"`
	Line  int             `json:"line"`
	Hand  json.RawMessage `json:"hand,omitempty"`
	Error string          `json:"error,omitempty"`
}

// postHandsImport reads a file of hands for the replayer, and stores nothing.
func (s *Server) postHandsImport(w http.ResponseWriter, r *http.Request) {
	list, err := s.importHands(w, r)
	s.finish(w, r, map[string]any{"hands": list}, told(err))
}

func (s *Server) importHands(w http.ResponseWriter, r *http.Request) ([]importedHand, error) {
	if s.hands.Collection == nil {
		return nil, account.ErrNotFound
	}
	if err := s.hands.imports.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now()); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxHandFile))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return nil, wire.ErrTooLarge
	}
	if err != nil {
		return nil, err
	}
	found, err := s.hands.Scribe.Import(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	list := make([]importedHand, len(found))
	for i, one := range found {
		list[i] = importedHand{Name: one.Name, Line: one.Line, Hand: one.Replay}
		if one.Err != nil {
			list[i].Error = one.Err.Error()
		}
	}
	return list, nil
}
