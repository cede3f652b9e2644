package httpapi

import (
	"net/http"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// connection is a socket at a table.
type connection struct {
	User        account.ID `json:"user"`
	Name        string     `json:"name"`
	Device      string     `json:"device"`
	Browser     string     `json:"browser"`
	Addr        string     `json:"addr"`
	SinceMillis int64      `json:"since_at"`
}

// getConnections tells who is connected to a running table: players of
// themselves, admins of all. For anybody else there is nothing here.
func (s *Server) getConnections(_ http.ResponseWriter, r *http.Request, me account.Login) (any, error) {
	id, err := pathTable(r)
	if err != nil {
		return nil, err
	}
	snap, err := s.cfg.Host.Snapshot(r.Context(), id, game.Spectator)
	if err != nil {
		return nil, err
	}
	admin := me.User.Role == account.RoleAdmin
	plays := slices.ContainsFunc(snap.Setup.Seats, func(p table.Player) bool { return p.ID == me.User.ID })
	if !admin && !plays {
		return nil, table.ErrUnknownTable
	}
	list := []connection{}
	for _, x := range s.hub.all(func(x *socket) bool { return x.user != nil && x.follows(id) }) {
		if admin || x.user.ID == me.User.ID {
			list = append(list, x.connection())
		}
	}
	return map[string]any{"connections": list}, nil
}

// connection tells of the socket.
func (s *socket) connection() connection {
	c := connection{User: s.user.ID, Name: s.user.Name, Device: s.client.Device, Browser: s.client.Browser, SinceMillis: s.since.UnixMilli()}
	if s.client.Addr.IsValid() {
		c.Addr = s.client.Addr.String()
	}
	return c
}
