package lichessapi

import (
	"context"
	"errors"
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
	o, err := readOffer(p)
	if err != nil {
		return nil, err
	}
	if err := s.limits.address(&openOfAddress, s.cfg.ClientAddr(r), s.cfg.Now()); err != nil {
		return nil, err
	}
	names, err := s.chosen(r.Context(), p["users"], &o.setup)
	if err != nil {
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
	if len(names) > 0 {
		body["open"] = object{"userIds": names}
	}
	body["urlWhite"], body["urlBlack"] = url+"?color=white", url+"?color=black"
	put(body, "name", p["name"])
	return body, nil
}

// chosen lets only the two users of a list sit down, and returns their ids in
// the words of lichess. No list leaves the seats to anybody.
func (s *Server) chosen(ctx context.Context, list string, setup *table.Setup) ([]string, error) {
	names := words(list)
	switch len(names) {
	case 0:
		return nil, nil
	case 2:
	default:
		return nil, badField("users", "Give two users with a comma between")
	}
	ids := make([]string, 0, len(names))
	for _, name := range names {
		u, err := s.named(ctx, name)
		if errors.Is(err, errNotFound) {
			return nil, badField("users", "There is no user %.30q", name)
		}
		if err != nil {
			return nil, err
		}
		setup.Only = append(setup.Only, u.ID)
		ids = append(ids, userID(u.Name))
	}
	if ids[0] == ids[1] {
		return nil, badField("users", "Nobody plays against themselves")
	}
	return ids, nil
}
