package server

import (
	"context"
	"encoding/json"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/cluster"
	"kibitz/internal/game"
	"kibitz/internal/httpapi"
	"kibitz/internal/lichessapi"
	"kibitz/internal/table"
)

// openLichess makes the edge for clients of lichess. Both edges know of each
// other who is there and whose token was voided, on this node and others.
func (s *Server) openLichess(c game.Catalog, codec httpapi.Codec, proxies httpapi.Proxies) (err error) {
	db, n := s.stores.archive, s.node
	s.lichess, err = lichessapi.New(lichessapi.Config{
		Host: newAnywhere(tables{s.host, n}, codec), Lobby: s.lobby, Accounts: s.stores.accounts, Strength: s.standings(c),
		House: s.house.Players(chess.Kind), Games: s.source(c), History: db, Ratings: db, Counts: db,
		Online: func(user account.ID) bool { return s.edge.Here(user) || n.present(user) },
		Import: func(ctx context.Context, owner account.ID, text []byte) (table.ID, error) {
			return s.imports.One(ctx, owner, text)
		},
		Unheard:   n.unheard,
		Listening: n.listening,
		Tell:      func(note lichessapi.Note) { n.tellOthers("noted", note) },
		Mine:      func(id table.ID) bool { return n.has(id) },
		LobbyHere: func() bool { return n.has(lobbyTable) },
		Revoked: func(token account.TokenHash) {
			s.edge.SignOut(token)
			n.tellOthers("voided", token)
		},
		PublicURL: s.cfg.PublicURL, Secure: s.cfg.Secure, ClientAddr: proxies.ClientAddr,
		Unpaced: s.cfg.GuestsPerMinute < 0, Log: s.cfg.Log,
	})
	return err
}

// voided ends what a token opened here that is no socket, and everything on
// other nodes.
func (s *Server) voided(token account.TokenHash) {
	s.lichess.Voided(token)
	s.node.tellOthers("voided", token)
}

// has reports whether this node has a table.
func (n *appNode) has(id table.ID) bool {
	if n == nil {
		return true
	}
	at, known := n.owner(id)
	return known && at == ""
}

// unheard reports whether a node is silent for longer than one that is well, and
// since when.
func (n *appNode) unheard(id cluster.NodeID) (since time.Time, unheard bool) {
	if n == nil {
		return time.Time{}, false
	}
	return n.keeper.Unheard(id)
}

// listening returns who holds a stream of events open on other nodes.
func (n *appNode) listening(ctx context.Context) []account.User {
	var all []account.User
	n.eachOther(ctx, "listening", nil, func(answer []byte) {
		var some []account.User
		if json.Unmarshal(answer, &some) == nil {
			all = append(all, some...)
		}
	})
	return all
}
