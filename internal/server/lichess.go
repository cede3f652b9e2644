package server

import (
	"kibitz/internal/account"
	"kibitz/internal/chess"
	"kibitz/internal/game"
	"kibitz/internal/httpapi"
	"kibitz/internal/lichessapi"
)

// openLichess makes the edge for clients of lichess. Both edges know of each
// other who is there and whose token was voided.
func (s *Server) openLichess(c game.Catalog, proxies httpapi.Proxies) (err error) {
	db := s.stores.archive
	s.lichess, err = lichessapi.New(lichessapi.Config{
		Host: tables{s.host, s.node}, Lobby: s.lobby, Accounts: s.stores.accounts, Strength: s.standings(c), House: s.house.Players(chess.Kind),
		Games: s.source(c), History: db, Ratings: db, Counts: db,
		Online:    func(user account.ID) bool { return s.edge.Here(user) },
		Revoked:   func(token account.TokenHash) { s.edge.SignOut(token) },
		PublicURL: s.cfg.PublicURL, Secure: s.cfg.Secure, ClientAddr: proxies.ClientAddr,
		Unpaced: s.cfg.GuestsPerMinute < 0, Log: s.cfg.Log,
	})
	return err
}
