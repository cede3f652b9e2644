package poker

import (
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// EncodeEvent returns the stored form of an event of this package.
func EncodeEvent(e game.Event) ([]byte, error) {
	switch e.(type) {
	case Posted, Dealt, Acted, Returned, Answered, Turned, Shown, Mucked, Awarded, Ended:
		return json.Marshal(e)
	}
	return nil, fmt.Errorf("%w: %T is no event of poker", game.ErrMalformed, e)
}

// DecodeEvent reads what EncodeEvent wrote, or returns an error wrapping
// game.ErrMalformed.
func DecodeEvent(typ string, data []byte) (game.Event, error) {
	switch typ {
	case Posted{}.EventType():
		return decode(data, func(e Posted) bool { return onTable(e.Pos) && e.Index >= 0 && e.Index < 100 })
	case Dealt{}.EventType():
		return decode(data, func(e Dealt) bool { return e.Deck.validate() == nil })
	case Acted{}.EventType():
		return decode(data, func(e Acted) bool { return onTable(e.Pos) })
	case Returned{}.EventType():
		return decode(data, func(e Returned) bool { return onTable(e.Pos) })
	case Answered{}.EventType():
		return decode(data, func(e Answered) bool { return onTable(e.Pos) })
	case Turned{}.EventType():
		return decode(data, func(e Turned) bool { return e.Run >= 0 && e.Run < maxRuns && knownCards(e.Cards, boardSize) })
	case Shown{}.EventType():
		return decode(data, func(e Shown) bool { return onTable(e.Pos) && knownCards(e.Cards, maxHole) })
	case Mucked{}.EventType():
		return decode(data, func(e Mucked) bool { return onTable(e.Pos) })
	case Awarded{}.EventType():
		return decode(data, validAward)
	case Ended{}.EventType():
		return decode(data, func(e Ended) bool { return len(e.Stacks) <= MaxPlayers })
	}
	return nil, fmt.Errorf("%w: poker has no event %.40q", game.ErrMalformed, typ)
}

// decode reads an event and sees that it can be folded.
func decode[E game.Event](data []byte, valid func(E) bool) (game.Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("%w: event %s of poker: %w", game.ErrMalformed, e.EventType(), err)
	}
	if !valid(e) {
		return nil, fmt.Errorf("%w: event %s of poker: %.100s", game.ErrMalformed, e.EventType(), data)
	}
	return e, nil
}

func onTable(p Pos) bool { return p >= 0 && p < MaxPlayers }

func knownCards(cards []eval.Card, most int) bool {
	for _, c := range cards {
		if !c.Known() {
			return false
		}
	}
	return len(cards) > 0 && len(cards) <= most
}

func validAward(e Awarded) bool {
	for _, s := range e.Shares {
		if !onTable(s.Pos) {
			return false
		}
	}
	return e.Run >= 0 && e.Run < maxRuns
}

// DecodeAction reads an action of the named type from its JSON, or returns an
// error wrapping game.ErrMalformed. "raise" and "bet" have {"to":N}, "call" may
// have {"amount":N}, "run" has {"times":N}, and the others have nothing.
func DecodeAction(typ string, data []byte) (Action, error) {
	var body struct {
		To     Chips `json:"to"`
		Amount Chips `json:"amount"`
		Times  Chips `json:"times"`
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &body); err != nil {
			return Action{}, fmt.Errorf("%w: %.20s: amounts are whole chips: %w", game.ErrMalformed, typ, err)
		}
	}
	a := Action{Act: Act(typ)}
	switch a.Act {
	case Fold, Check, Show:
	case Bet, Raise:
		if a.Amount = body.To; a.Amount <= 0 {
			return a, fmt.Errorf(`%w: %s: say what to, as in {"to":200}`, game.ErrMalformed, typ)
		}
	case Call:
		if a.Amount = body.Amount; a.Amount < 0 {
			return a, fmt.Errorf("%w: call: a negative amount", game.ErrMalformed)
		}
	case Run:
		if a.Amount = body.Times; a.Amount <= 0 {
			return a, fmt.Errorf(`%w: run: say how often, as in {"times":2}`, game.ErrMalformed)
		}
	default:
		return a, fmt.Errorf("%w: poker has no action %.40q", game.ErrMalformed, typ)
	}
	return a, nil
}

// ActionType is the name of the action on the wire.
func (a Action) ActionType() string { return string(a.Act) }
