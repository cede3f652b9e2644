package httpapi

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/export"
	"kibitz/internal/table"
)

// exportMine returns a handler that streams all games of who asks.
func (s *Server) exportMine(ending string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		me, err := s.login(r)
		if err == nil {
			err = s.limits.exports.take(me.User.ID, s.cfg.Now())
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		s.export(w, r, me.User, ending)
	}
}

// exportOf returns a handler that streams all games of somebody.
func (s *Server) exportOf(ending string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		a, err := s.person(r, r.PathValue("name"))
		if err == nil {
			err = s.lib.exports.take(neighborhood(s.cfg.ClientAddr(r)), s.cfg.Now())
		}
		if err != nil {
			s.fail(w, r, told(err))
			return
		}
		s.export(w, r, a.User, ending)
	}
}

// export streams games, the newest first.
func (s *Server) export(w http.ResponseWriter, r *http.Request, u account.User, ending string) {
	request, err := s.exportRequest(r, u, ending)
	var done func()
	if err == nil {
		done, err = s.lib.alone(neighborhood(s.cfg.ClientAddr(r)).String())
	}
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	defer done()
	// The request may take longer than others, and ends when nobody reads.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportTime)
	defer cancel()
	flusher := http.NewResponseController(w)
	_ = flusher.SetWriteDeadline(time.Now().Add(exportTime)) // where there is one
	request.Flushed = func() { _ = flusher.Flush() }         // a failed write says so
	s.exportHeaders(ctx, w, request, u)
	if _, err := s.lib.Collection.Write(ctx, w, request); err != nil {
		s.cfg.Log.Warn("export", "user", u.ID, "err", err)
		panic(http.ErrAbortHandler) // half of it must not look like all
	}
}

// exportRequest reads which games are wanted: the filters of a history, max,
// and after, the table of the last game that came before the connection broke.
func (s *Server) exportRequest(r *http.Request, u account.User, ending string) (export.Request, error) {
	request := export.Request{User: u.ID, Format: s.lib.Formats[ending], Options: s.formatOptions(r)}
	if s.lib.Collection == nil {
		return request, account.ErrNotFound
	}
	q := r.URL.Query()
	var err error
	if request.Filter, err = s.historyFilter(r, q); err != nil {
		return request, err
	}
	if request.Max, err = number(q, "max", 0, 1_000_000); err != nil {
		return request, err
	}
	if request.Before, err = archive.ParseCursor(q.Get("cursor")); err != nil {
		return request, err
	}
	if after := q.Get("after"); after != "" {
		request.Before, err = s.behind(r, after)
	}
	return request, err
}

// behind returns the place in a history behind a game.
func (s *Server) behind(r *http.Request, name string) (archive.Cursor, error) {
	id, err := table.ParseID(name)
	if err != nil || s.lib.Rows == nil {
		return archive.Cursor{}, table.ErrUnknownTable
	}
	g, err := s.lib.Rows.Game(r.Context(), id)
	return archive.Cursor{EndedMillis: g.Ended.UnixMilli(), Number: g.Number}, err
}

// exportHeaders says what comes, and how many games.
func (s *Server) exportHeaders(ctx context.Context, w http.ResponseWriter, request export.Request, u account.User) {
	h := w.Header()
	h.Set("Content-Type", request.Format.Type)
	h.Set("Content-Disposition", `attachment; filename="kibitz-`+u.Name+`.`+request.Format.Name+`"`)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // proxies pass on what there is
	if s.lib.Standings == nil {
		return
	}
	n, err := s.lib.Standings.HistorySize(ctx, u.ID, request.Filter, request.Before)
	if err != nil {
		s.cfg.Log.Warn("an export does not say how many games come", "user", u.ID, "err", err)
		return
	}
	if request.Max > 0 {
		n = min(n, request.Max)
	}
	h.Set("X-Total-Count", strconv.Itoa(n))
}
