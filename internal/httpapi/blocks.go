package httpapi

import (
	"net/http"

	"kibitz/internal/account"
)

// blocked is somebody whom a user blocks.
type blocked struct {
	ID   account.ID `json:"id"`
	Name string     `json:"name"`
}

// getBlocks lists whom a user blocks.
func (s *Server) getBlocks(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	all, err := s.cfg.Accounts.BlocksOf(r.Context(), me.User.ID)
	list := make([]blocked, 0, len(all))
	for _, u := range all {
		list = append(list, blocked{u.ID, u.Name})
	}
	return map[string]any{"blocks": list}, err
}

func (s *Server) putBlock(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	return nil, s.people.Block(r.Context(), me.User.ID, r.PathValue("name"))
}

func (s *Server) deleteBlock(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	return nil, s.people.Unblock(r.Context(), me.User.ID, r.PathValue("name"))
}
