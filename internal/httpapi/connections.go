package httpapi

import (
	"context"
	"net/http"
	"slices"

	"kibitz/internal/account"
	"kibitz/internal/cluster"
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

// getConnections tells who is connected to a running table, on whatever node
// their sockets are: players of themselves, admins of all. For anybody else
// there is nothing here.
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
	for _, c := range s.connected(r.Context(), id) {
		if admin || c.User == me.User.ID {
			list = append(list, connectionOf(c))
		}
	}
	return map[string]any{"connections": list}, nil
}

// connected returns who is connected to a table, wherever that is.
func (s *Server) connected(ctx context.Context, id table.ID) []cluster.Connection {
	if p := s.cfg.Peers; p != nil {
		if at, known := p.Owner(id); !known || at != "" {
			return p.Connections(ctx, id)
		}
	}
	return s.Connected(id)
}

// Connected returns who is connected to a table of this node, the first first.
func (s *Server) Connected(id table.ID) []cluster.Connection {
	return s.around(func(one table.ID) bool { return one == id })[id]
}

// Around returns who is connected to the tables of this node.
func (s *Server) Around() map[table.ID][]cluster.Connection {
	here := func(table.ID) bool { return true }
	if p := s.cfg.Peers; p != nil {
		here = func(id table.ID) bool {
			at, known := p.Owner(id)
			return known && at == ""
		}
	}
	return s.around(here)
}

func (s *Server) around(which func(table.ID) bool) map[table.ID][]cluster.Connection {
	all := make(map[table.ID][]cluster.Connection)
	add := func(c cluster.Connection, tables []table.ID) {
		for _, id := range tables {
			if which(id) {
				all[id] = append(all[id], c)
			}
		}
	}
	for _, x := range s.hub.all(func(x *socket) bool { return x.user != nil }) {
		add(cluster.Connection{User: x.user.ID, Name: x.user.Name, Client: x.client, Since: x.since}, x.followed())
	}
	for _, g := range s.hub.company() {
		if g.user != nil {
			add(cluster.Connection{User: g.user.ID, Name: g.user.Name, Client: g.client, Since: g.since}, g.follows())
		}
	}
	for _, list := range all {
		slices.SortFunc(list, func(a, b cluster.Connection) int { return a.Since.Compare(b.Since) })
	}
	return all
}

// connectionOf is what is told of a connection.
func connectionOf(c cluster.Connection) connection {
	told := connection{User: c.User, Name: c.Name, Device: c.Client.Device, Browser: c.Client.Browser, SinceMillis: c.Since.UnixMilli()}
	if c.Client.Addr.IsValid() {
		told.Addr = c.Client.Addr.String()
	}
	return told
}
