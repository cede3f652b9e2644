package httpapi

import (
	"net/http"

	"kibitz/internal/account"
)

// settings are account.Settings in a message.
type settings struct {
	Version  int64 `json:"version"`
	Settings raw   `json:"settings"`
}

// getSettings returns the choices that follow a user.
func (s *Server) getSettings(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	v, err := s.cfg.Accounts.Settings(r.Context(), me.User.ID)
	return settings{v.Version, v.JSON}, err
}

// putSettings replaces them.
func (s *Server) putSettings(w http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	var body settings
	if err := read(w, r, &body); err != nil {
		return nil, err
	}
	version, err := s.people.PutSettings(r.Context(), me.User.ID, account.Settings{Version: body.Version, JSON: body.Settings})
	return map[string]int64{"version": version}, err
}
