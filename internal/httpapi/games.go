package httpapi

import (
	"net/http"
	"strings"

	"kibitz/internal/export"
	"kibitz/internal/table"
)

// getGame answers with one game, running or finished: as JSON, or, with the
// ending of a format behind the id, as a file.
func (s *Server) getGame(w http.ResponseWriter, r *http.Request) {
	name, ending, file := strings.Cut(r.PathValue("id"), ".")
	format, known := s.lib.Formats[ending]
	id, err := table.ParseID(name)
	if err != nil || file && !known {
		s.fail(w, r, table.ErrUnknownTable)
		return
	}
	g, err := s.game(r, id)
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	if file {
		s.sendGame(w, r, g, format)
		return
	}
	d := export.DocumentOf(g)
	answer(w, http.StatusOK, struct {
		export.Document
		Review string `json:"review"`
	}{d, s.reviewStatus(r, g)})
}

// reviewStatus is a word for whether there is a review.
func (s *Server) reviewStatus(r *http.Request, g *export.Game) string {
	if s.lib.Reviews == nil || !g.Over() || g.Imported {
		return "none"
	}
	state, err := s.lib.Reviews.State(r.Context(), g.ID)
	if err != nil {
		return "none"
	}
	return state.Status
}

// sendGame answers with a file.
func (s *Server) sendGame(w http.ResponseWriter, r *http.Request, g *export.Game, f export.Format) {
	body, err := f.Append(nil, g, s.formatOptions(r))
	if err != nil {
		s.fail(w, r, told(err))
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", `attachment; filename="kibitz-`+string(g.ID)+`.`+f.Name+`"`)
	h.Set("Cache-Control", "no-store")
	_, _ = w.Write(body) // nobody is there to be told
}

// formatOptions reads the choices in a query: clocks=false leaves those out,
// and evals=true puts in what the engine thought. A game that runs never has
// any.
func (s *Server) formatOptions(r *http.Request) export.Options {
	q := r.URL.Query()
	o := export.Options{Site: s.site(r), NoClocks: q.Get("clocks") == "false" || q.Get("clocks") == "0"}
	if wanted := q.Get("evals"); s.lib.Reviews != nil && (wanted == "true" || wanted == "1") {
		o.Judge = func(g *export.Game) []export.Judgement {
			if !g.Over() || g.Imported {
				return nil
			}
			report, err := s.lib.Reviews.Report(r.Context(), g.ID)
			if err != nil {
				return nil
			}
			return report.Judgements()
		}
	}
	return o
}

// site is the address of this server, as games name it.
func (s *Server) site(r *http.Request) string {
	if s.cfg.PublicURL != "" {
		return s.cfg.PublicURL
	}
	if s.secure(r) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
