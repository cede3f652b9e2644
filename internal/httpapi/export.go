package httpapi

import (
	"context"
	"net/http"
	"time"

	"kibitz/internal/account"
)

// exportTime bounds an export: somebody may have many games.
const exportTime = 5 * time.Minute

// getExport answers with everything that is known of a user.
func (s *Server) getExport(w http.ResponseWriter, r *http.Request) {
	me, err := s.login(r)
	if err == nil && me.User.Guest {
		err = account.ErrDenied
	}
	if err == nil {
		err = s.limits.exports.take(me.User.ID, s.cfg.Now())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), exportTime)
	defer cancel()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(exportTime)) // where there is one
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="kibitz-`+me.User.Name+`.zip"`)
	h.Set("Cache-Control", "no-store")
	if err := s.people.Export(ctx, me.User.ID, s.cfg.Games, w); err != nil {
		s.cfg.Log.Error("export", "user", me.User.ID, "err", err)
		panic(http.ErrAbortHandler) // half a zip must not look like one
	}
	s.note(r, me, "exported")
}
