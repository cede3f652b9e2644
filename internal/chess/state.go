package chess

import "kibitz/internal/game"

// state is a game in progress. It is never written to once it was returned,
// and consecutive states share most of their moves.
type state struct {
	origin  *origin
	history History
	line    line
	offers  offers
	outcome outcome
}

func newState(o *origin) *state {
	return &state{origin: o, history: newLeanHistory(o.start), offers: noOffers}
}

// ToAct holds the side to move.
func (s *state) ToAct() game.Seats {
	if s.outcome.over() {
		return 0
	}
	return game.SeatSet(s.turn())
}

// Ply counts the moves made since the start of the game.
func (s *state) Ply() int { return s.line.n }

// Result says whether and how the game has ended.
func (s *state) Result() game.Result { return s.outcome.result() }

// turn returns the seat of the side to move.
func (s *state) turn() game.Seat { return seatOf(s.history.position.turn) }

// Evolve folds an event that Decide returned in this state; anything else
// leaves it as it is.
func (s *state) Evolve(e game.Event) game.State {
	next := *s
	switch e := e.(type) {
	case movedEvent:
		room := make([]uint64, 0, len(s.history.hashes)+1)
		next.history = s.history.after(e.move, room)
		next.line.push(e.move)
		next.offers.moved(s.turn())
	case seatEvent:
		next.offers.heard(e, s.Ply())
	case takebackEvent:
		next.rewind(int(e.ply))
	case endedEvent:
		next.outcome, next.offers = e.outcome, noOffers
	}
	return &next
}

// rewind goes back to a ply by playing the game again from its start.
func (s *state) rewind(ply int) {
	moves := s.line.all()
	moves = moves[:min(ply, len(moves))]
	s.history, s.line = newLeanHistory(s.origin.start), line{}
	for _, m := range moves {
		s.history.Play(m)
		s.line.push(m)
	}
	s.history.hashes = append(make([]uint64, 0, len(s.history.hashes)), s.history.hashes...)
	s.offers.tookBack()
}

// Lapse returns the action for a player who did not act. A flag and a first
// move mean something only for the side to move.
func (s *state) Lapse(seat game.Seat, why game.Lapse) game.Action {
	if s.outcome.over() || seat < 0 || seat >= seatCount {
		return nil
	}
	switch why {
	case game.FlagFell:
		if seat != s.turn() {
			return nil
		}
	case game.NoFirstMove:
		if seat != s.turn() || !s.young() {
			return nil
		}
	case game.LeftLoss, game.LeftDraw:
	default:
		return nil
	}
	return lapseAction(why)
}

// young reports whether a side has not moved yet.
func (s *state) young() bool { return s.Ply() < seatCount && !s.outcome.over() }

// abortable reports whether a player may still call the game off.
func (s *state) abortable() bool { return s.young() && !s.origin.noAbort }

// claimable returns the draw that either player may claim now, 0 if none.
func (s *state) claimable() reason {
	switch h := &s.history; {
	case s.outcome.over():
		return 0
	case h.Threefold():
		return reasonThreefold
	case h.CanClaimDraw(s.origin.policy):
		return reasonFifty
	}
	return 0
}
