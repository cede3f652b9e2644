package server

import (
	"context"
	"time"

	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/hands"
	"kibitz/internal/poker"
	"kibitz/internal/worker"
	workhands "kibitz/internal/worker/hands"
)

// dealers are the games that are played in hands.
func dealers() map[game.Kind]hands.Dealer {
	return map[game.Kind]hands.Dealer{poker.Kind: games.PokerHands{}}
}

// handsLinger is how long a hand may wait for others before it is stored.
const handsLinger = 500 * time.Millisecond

// openHands puts together the way from the journal to the archive of hands.
func (s *Server) openHands() (*worker.Worker, error) {
	projection, err := workhands.New(workhands.Config{Journal: s.stores.journal, Store: s.stores.archive, Dealers: dealers(), Log: s.cfg.Log})
	if err != nil {
		return nil, err
	}
	s.dealt = projection
	return worker.New(worker.Config{Journal: s.stores.journal, Projection: projection, Linger: handsLinger, Log: s.cfg.Log})
}

// handBooks are the hands of everybody, as people may read them.
func (s *Server) handBooks() *hands.Collection {
	return &hands.Collection{Archive: s.stores.archive, Lists: s.stores.archive, Scribe: games.PokerHands{}, Log: s.cfg.Log}
}

// handsOwed reports whether hands of a table are not archived yet.
func (s *Server) handsOwed(l archive.Live) bool {
	if dealers()[l.Kind] == nil {
		return false
	}
	owed, err := s.dealt.Owes(context.Background(), l.Table)
	return owed || err != nil
}
