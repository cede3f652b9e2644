package server

import (
	"context"
	"time"

	"kibitz/internal/account"
	"kibitz/internal/archive"
	"kibitz/internal/game"
	"kibitz/internal/games"
	"kibitz/internal/hands"
	"kibitz/internal/metrics"
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

// belongings are what users take along of what they played.
type belongings struct {
	account.Games
	account.Hands
}

// belongings returns the games and the hands of everybody.
func (s *Server) belongings(c game.Catalog) belongings {
	return belongings{s.collection(c), s.handBooks()}
}

// dealtSo returns how far the hands are.
func (s *Server) dealtSo(ctx context.Context, now time.Time) (metrics.Projection, error) {
	state := s.hands.State()
	p := metrics.Projection{Name: hands.Project, Behind: state.Held, Lag: state.Behind(now)}
	places, err := s.stores.archive.HandPositions(ctx)
	for _, at := range places {
		p.Position += int64(at)
	}
	return p, err
}

// handsOwed reports whether hands of a table are not archived yet.
func (s *Server) handsOwed(l archive.Live) bool {
	if dealers()[l.Kind] == nil {
		return false
	}
	owed, err := s.dealt.Owes(context.Background(), l.Table)
	return owed || err != nil
}
