package chess

import (
	"strconv"

	"kibitz/internal/game"
)

// StateView is all of a game. There are no secrets in chess: every viewer gets
// the same. Its JSON form is the "state" of docs/protocol.md.
type StateView struct {
	// Variant is "standard" or "chess960".
	Variant string `json:"variant"`
	// InitialFEN and FEN are X-FEN.
	InitialFEN string `json:"initial_fen"`
	FEN        string `json:"fen"`
	Moves      Moves  `json:"moves"`
	// DrawOfferedBy and TakebackAskedBy are whose offer waits for an answer,
	// nil when there is none.
	DrawOfferedBy   *game.Seat `json:"draw_offered_by"`
	TakebackAskedBy *game.Seat `json:"takeback_asked_by"`
	// CanClaimDraw is true when a draw-claim by either player succeeds for
	// what has happened on the board.
	CanClaimDraw bool `json:"can_claim_draw"`
	CanAbort     bool `json:"can_abort"`
	// Takebacks is false where none may be asked for.
	Takebacks bool `json:"takebacks"`
	// NoAbort is true where players may not call the game off, however young.
	NoAbort bool `json:"no_abort,omitempty"`
	// DrawFrom is the first ply at which a draw may be offered, where early
	// ones are not wanted.
	DrawFrom int `json:"draw_from,omitempty"`
	// Result is nil while the game runs.
	Result *ResultView `json:"result"`
	// Turn is whose move it is, or NoSeat when the game is over.
	Turn game.Seat `json:"-"`
}

// ResultView is how a game ended. Alone it is the view of the event "ended".
type ResultView struct {
	// Status is one of the words that docs/protocol.md lists.
	Status string `json:"status"`
	// Winner is nil when nobody won.
	Winner *game.Seat `json:"winner"`
	// Reason is why it is a draw, for the status "draw" only.
	Reason string `json:"reason,omitempty"`
}

// MoveView is the view of the event "move".
type MoveView struct {
	// Ply is that of the position reached, 1 after the first move.
	Ply int    `json:"ply"`
	UCI string `json:"uci"`
	SAN string `json:"san"`
	// Check is true for mate, too.
	Check        bool `json:"check,omitempty"`
	CanClaimDraw bool `json:"can_claim_draw,omitempty"`
}

// OfferView is the view of an offer or a refusal.
type OfferView struct {
	Type string    `json:"-"`
	By   game.Seat `json:"by"`
}

// TakebackView is the view of the event "takeback".
type TakebackView struct {
	// Ply is that of the position gone back to.
	Ply int `json:"ply"`
}

// ViewType returns "chess".
func (StateView) ViewType() string { return string(Kind) }

// ViewType returns "ended".
func (ResultView) ViewType() string { return typeEnded }

// ViewType returns "move".
func (MoveView) ViewType() string { return typeMove }

// ViewType returns the type of the event.
func (v OfferView) ViewType() string { return v.Type }

// ViewType returns "takeback".
func (TakebackView) ViewType() string { return typeTakeback }

// Glance returns the FEN, from which a small board can be drawn.
func (v StateView) Glance() string { return v.FEN }

// AppendJSON appends what encoding/json makes of the view, in less time: it is
// sent to everybody with every move.
func (v MoveView) AppendJSON(dst []byte) ([]byte, error) {
	dst = strconv.AppendInt(append(dst, `{"ply":`...), int64(v.Ply), 10)
	dst = append(append(dst, `,"uci":"`...), v.UCI...)
	dst = append(append(dst, `","san":"`...), v.SAN...)
	dst = append(dst, '"')
	if v.Check {
		dst = append(dst, `,"check":true`...)
	}
	if v.CanClaimDraw {
		dst = append(dst, `,"can_claim_draw":true`...)
	}
	return append(dst, '}'), nil
}

// View returns the whole game.
func (s *state) View(game.Viewer) game.View {
	v := StateView{
		Variant:         s.origin.variant,
		InitialFEN:      s.origin.fen,
		FEN:             s.history.position.FEN(),
		Moves:           Moves{s},
		DrawOfferedBy:   seatOrNil(s.offers.drawBy),
		TakebackAskedBy: seatOrNil(s.offers.takebackBy),
		CanClaimDraw:    s.claimable() != 0,
		CanAbort:        s.abortable(),
		Takebacks:       !s.origin.noTakebacks,
		NoAbort:         s.origin.noAbort,
		DrawFrom:        s.origin.drawFrom,
		Turn:            s.ToAct().First(),
	}
	if s.outcome.over() {
		result := viewOf(s.outcome)
		v.Result = &result
	}
	return v
}

// EventView returns what everybody may know of an event.
func (s *state) EventView(e game.Event, _ game.Viewer) game.View {
	switch e := e.(type) {
	case movedEvent:
		return s.moveView(e.move)
	case seatEvent:
		return OfferView{e.typ, e.seat}
	case takebackEvent:
		return TakebackView{int(e.ply)}
	case endedEvent:
		return viewOf(e.outcome)
	}
	return nil
}

func (s *state) moveView(m Move) MoveView {
	var room [stackRoom]uint64
	next := s.history.after(m, room[:])
	uci, san := names(&s.history.position, m)
	return MoveView{
		Ply:          s.Ply() + 1,
		UCI:          uci,
		SAN:          san,
		Check:        next.position.InCheck(),
		CanClaimDraw: next.CanClaimDraw(s.origin.policy) && next.Ending(s.origin.policy) == Ongoing,
	}
}

// names returns a move in UCI and in SAN, in one allocation.
func names(p *Position, m Move) (uci, san string) {
	var buffer [24]byte
	b := p.AppendUCI(buffer[:0], m)
	n := len(b)
	both := string(p.AppendSAN(b, m))
	return both[:n], both[n:]
}

func viewOf(o outcome) ResultView {
	return ResultView{statusNames[o.status], seatOrNil(o.seat()), reasonNames[o.reason]}
}

// seatOrNil returns nil for NoSeat.
func seatOrNil(s game.Seat) *game.Seat {
	if s == game.NoSeat {
		return nil
	}
	return &s
}
