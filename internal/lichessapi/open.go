package lichessapi

import (
	"net/http"

	"kibitz/internal/table"
)

// postOpen makes a table with two free seats, which anybody takes by its link
// or through this API.
func (s *Server) postOpen(w http.ResponseWriter, r *http.Request, _ caller) (any, error) {
	p, err := readParams(w, r)
	if err != nil {
		return nil, err
	}
	if p["users"] != "" {
		return nil, badField("users", "Challenges for two chosen users are not known here")
	}
	o, err := readOffer(p)
	if err != nil {
		return nil, err
	}
	if err := s.limits.address(&openOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	o.setup.Seats = make([]table.Player, 2)
	id, err := s.cfg.Host.Create(r.Context(), o.setup)
	if err != nil {
		return nil, err
	}
	snap, err := s.snapshot(r.Context(), id, "")
	if err != nil {
		return nil, err
	}
	body := s.challengeJSON(r.Context(), &snap, "")
	url := s.siteOf(r) + "/g/" + string(id)
	body["url"], body["open"] = url, object{}
	body["urlWhite"], body["urlBlack"] = url+"?color=white", url+"?color=black"
	put(body, "name", p["name"])
	return body, nil
}
