package poker

import (
	"encoding/json"
	"fmt"
	"slices"

	"kibitz/internal/game"
)

// Kind is the stored name of the game.
const Kind game.Kind = "poker"

// Rules is poker as a table plays it: hands that follow each other. It also is
// a [game.Preparer] and a [game.Namer]. It is safe for concurrent use.
type Rules struct{}

// Kind returns "poker".
func (Rules) Kind() game.Kind { return Kind }

// Prepare fills in the defaults.
func (Rules) Prepare(setup []byte, _ game.Chance) ([]byte, error) {
	s, err := decodeStakes(setup)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

// Variant names what is played: "standard" is no-limit hold'em.
func (Rules) Variant(setup []byte) (string, error) {
	s, err := decodeStakes(setup)
	return s.variantName(), err
}

// New returns the table before its first hand.
func (Rules) New(setup []byte, seats int) (game.State, error) {
	if seats < MinPlayers || seats > MaxPlayers {
		return nil, malformed("poker is played at %d to %d seats, not %d", MinPlayers, MaxPlayers, seats)
	}
	stakes, err := decodeStakes(setup)
	if err != nil {
		return nil, err
	}
	s := &state{stakes: &stakes, ring: ring{n: int8(seats), spots: nowhere}}
	for i := range seats {
		if stakes.Stack > 0 {
			s.chairs[i] = Chair{Stack: stakes.Stack, Taken: true}
		}
	}
	return s, nil
}

// DecodeAction reads an action of a hand or of the table: "deal", "sit-out" and
// "leave" have nothing more, "sit-in" may have {"post":true}, and "buy" has
// {"chips":N}.
func (Rules) DecodeAction(typ string, data []byte) (game.Action, error) {
	switch a := (tableAction{typ: typ}); typ {
	case actDeal, actSitOut, actLeave:
		return a, nil
	case actSitIn, actBuy:
		var body struct {
			Post  bool  `json:"post"`
			Chips Chips `json:"chips"`
		}
		if len(data) > 0 {
			if err := json.Unmarshal(data, &body); err != nil {
				return nil, fmt.Errorf("%w: %s: chips are a whole number: %w", game.ErrMalformed, typ, err)
			}
		}
		a.post, a.chips = body.Post, body.Chips
		return a, nil
	}
	return DecodeAction(typ, data)
}

// EncodeEvent returns the stored form of an event of this package.
func (Rules) EncodeEvent(e game.Event) ([]byte, error) {
	switch e.(type) {
	case HandBegan, Bought, SatIn, Seated, Finished:
		return json.Marshal(e)
	}
	return EncodeEvent(e)
}

// DecodeEvent reads what EncodeEvent wrote.
func (Rules) DecodeEvent(typ string, data []byte) (game.Event, error) {
	switch typ {
	case typeHandBegan:
		return decode(data, func(e HandBegan) bool { return e.valid() })
	case typeBought:
		return decode(data, func(e Bought) bool { return onTable(Pos(e.Seat)) })
	case typeSatIn:
		return decode(data, func(e SatIn) bool { return onTable(Pos(e.Seat)) })
	case typeSatOut, typeLeaving, typeLeft:
		e, err := decode(data, func(e Seated) bool { return onTable(Pos(e.Seat)) })
		if err != nil {
			return nil, err
		}
		seated := e.(Seated)
		seated.typ = typ
		return seated, nil
	case typeFinished:
		return decode(data, func(e Finished) bool { return e.Status != "" && !slices.ContainsFunc(e.Winners, offTable) })
	}
	return DecodeEvent(typ, data)
}

// valid reports whether the event can be folded.
func (e HandBegan) valid() bool {
	seats := []game.Seat{e.Button, e.Small, e.Big}
	return len(e.Chairs) <= MaxPlayers && e.Hand.validate() == nil && !slices.ContainsFunc(seats, offTable)
}

func offTable(seat game.Seat) bool { return !onTable(Pos(seat)) }

// tableAction is what players ask of the table.
type tableAction struct {
	typ   string
	post  bool
	chips Chips
}

const (
	actDeal   = "deal"
	actSitOut = "sit-out"
	actSitIn  = "sit-in"
	actLeave  = "leave"
	actBuy    = "buy"
)

// ActionType is the name of the action on the wire.
func (a tableAction) ActionType() string { return a.typ }
