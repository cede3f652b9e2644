package chess

import (
	"fmt"

	"kibitz/internal/game"
)

// refused returns a refusal with a reason a person can read.
func refused(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{game.ErrIllegal}, args...)...)
}

// Decide judges an action. Chess needs no chance.
func (s *state) Decide(seat game.Seat, a game.Action, _ game.Chance) ([]game.Event, error) {
	switch {
	case seat < 0 || seat >= seatCount:
		return nil, refused("there is no seat %d in chess", seat)
	case s.outcome.over():
		return nil, refused("the game is over")
	}
	switch a := a.(type) {
	case moveAction:
		return s.decideMove(seat, a.uci)
	case plainAction:
		return s.decidePlain(seat, a)
	case lapseAction:
		return s.decideLapse(seat, game.Lapse(a))
	}
	return nil, refused("chess has no such action")
}

func (s *state) decideMove(seat game.Seat, uci string) ([]game.Event, error) {
	if seat != s.turn() {
		return nil, game.ErrTurn
	}
	m, err := s.history.position.ParseUCI(uci)
	if err != nil {
		return nil, s.history.position.whyNot(uci)
	}
	var room [stackRoom]uint64
	next := s.history.after(m, room[:])
	if end := next.Ending(s.origin.policy); end != Ongoing {
		return []game.Event{movedEvent{m}, endedEvent{outcomeOf(end, next.position.turn)}}, nil
	}
	return []game.Event{movedEvent{m}}, nil
}

func (s *state) decidePlain(seat game.Seat, a plainAction) ([]game.Event, error) {
	switch a {
	case actResign:
		if s.abortable() {
			return ended(outcome{status: statusAborted})
		}
		return ended(won(statusResign, seat.Other()))
	case actAbort:
		if !s.abortable() {
			return nil, s.whyNoAbort()
		}
		return ended(outcome{status: statusAborted})
	case actDraw:
		return s.decideDraw(seat)
	case actDrawDecline:
		if s.offers.drawBy == game.NoSeat { // one's own offer is withdrawn
			return nil, refused("nobody offers a draw")
		}
		return []game.Event{seatEvent{typeDrawDeclined, seat}}, nil
	case actDrawClaim:
		return s.decideClaim(seat)
	case actTakeback:
		return s.decideTakeback(seat)
	case actTakebackDecline:
		if s.offers.takebackBy != seat.Other() {
			return nil, refused("your opponent does not ask for a takeback")
		}
		return []game.Event{seatEvent{typeTakebackDeclined, seat}}, nil
	}
	return nil, refused("chess has no action %s", echo(string(a)))
}

// whyNoAbort says why the game cannot be called off.
func (s *state) whyNoAbort() error {
	if s.origin.noAbort {
		return refused("this game cannot be aborted")
	}
	return refused("a game can be aborted only before both sides have moved")
}

// ended returns the event that ends the game.
func ended(o outcome) ([]game.Event, error) { return []game.Event{endedEvent{o}}, nil }

// decideDraw offers a draw, or accepts the opponent's offer.
func (s *state) decideDraw(seat game.Seat) ([]game.Event, error) {
	switch o := &s.offers; {
	case o.drawBy == seat.Other():
		return ended(drawn(reasonAgreement))
	case o.drawBy == seat:
		return nil, refused("your draw offer stands already")
	case s.young():
		return nil, refused("a draw can be offered when both sides have moved")
	case s.Ply() < s.origin.drawFrom:
		return nil, refused("in this game a draw can be agreed when both sides have made %d moves", s.origin.drawFrom/2)
	case !o.mayOfferDraw(seat, s.Ply()):
		return nil, refused("you offered a draw not long ago; offer again %d moves after that", drawEvery/2)
	}
	return []game.Event{seatEvent{typeDrawOffered, seat}}, nil
}

// decideClaim judges the claim of a draw: by the position, or because the
// opponent cannot mate (spec/chess.md section 1, status 39).
func (s *state) decideClaim(seat game.Seat) ([]game.Event, error) {
	if why := s.claimable(); why != 0 {
		return ended(drawn(why))
	}
	if !s.history.position.CanMate(Color(seat.Other())) {
		return ended(outcome{status: statusInsufficient})
	}
	if s.origin.policy == DrawFIDE {
		return nil, refused("a draw can be claimed when the position occurred three times, or after 50 moves without a capture or pawn move")
	}
	return nil, refused("a draw can be claimed when the position occurred three times")
}

// decideTakeback asks for a takeback, or grants the opponent's wish.
func (s *state) decideTakeback(seat game.Seat) ([]game.Event, error) {
	switch o := &s.offers; {
	case s.origin.noTakebacks:
		return nil, refused("there are no takebacks in this game")
	case o.takebackBy == seat.Other():
		return []game.Event{takebackEvent{uint16(s.takebackTo(seat.Other()))}}, nil
	case o.takebackBy == seat:
		return nil, refused("you ask for a takeback already")
	case s.takebackTo(seat) < 0:
		return nil, refused("there is no move of yours to take back")
	case !o.mayAskTakeback(seat, s.Ply()):
		return nil, refused("your opponent declined; ask again after the next move")
	}
	return []game.Event{seatEvent{typeTakebackAsked, seat}}, nil
}

// takebackTo returns the ply before the last own move of a seat, negative when
// it has made none.
func (s *state) takebackTo(seat game.Seat) int {
	if s.turn() == seat {
		return s.Ply() - 2
	}
	return s.Ply() - 1
}

// decideLapse acts for a player who does not. Whoever cannot mate does not win
// by the other's absence, nor does who has just offered a draw.
func (s *state) decideLapse(seat game.Seat, why game.Lapse) ([]game.Event, error) {
	if s.Lapse(seat, why) == nil {
		return nil, refused("nothing has lapsed")
	}
	other := seat.Other()
	canWin := s.history.position.CanMate(Color(other))
	switch {
	case why == game.NoFirstMove, why != game.FlagFell && s.young():
		return ended(outcome{status: statusAborted})
	case why == game.FlagFell && (!canWin || s.offers.drawBy == other):
		return ended(outcome{status: statusOutOfTime})
	case why == game.FlagFell:
		return ended(won(statusOutOfTime, other))
	case why == game.LeftLoss && canWin:
		return ended(won(statusTimeout, other))
	}
	return ended(outcome{status: statusTimeout})
}
