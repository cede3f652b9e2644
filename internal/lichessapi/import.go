package lichessapi

import (
	"net/http"
	"strings"

	"kibitz/internal/table"
)

// postImport takes a game that was played elsewhere into the library of the
// caller, who alone may see it.
func (s *Server) postImport(w http.ResponseWriter, r *http.Request, c caller) (any, error) {
	if s.cfg.Import == nil || c.user.Guest {
		return nil, refuse(http.StatusBadRequest, "Games are imported by users with an account")
	}
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(p["pgn"]) == "" {
		return nil, badField("pgn", "This field is required")
	}
	if err := s.limits.user(&importsOfUser, c.user.ID, s.cfg.Now()); err != nil {
		return nil, err
	}
	id, err := s.cfg.Import(r.Context(), c.user.ID, []byte(p["pgn"]))
	if err != nil {
		return nil, err
	}
	return object{"id": id, "url": s.libraryURL(r, id)}, nil
}

// libraryURL is where a game of a library is shown.
func (s *Server) libraryURL(r *http.Request, id table.ID) string {
	return s.siteOf(r) + "/g/" + string(id) + "/review"
}
