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
	return s, nil
}

// DecodeAction reads an action of a hand or of the table: "leave" has nothing
// more, "sit-out" may have {"when":"next-blind"}, "sit-in" may have
// {"post":true}, "buy" may have {"chips":N}, and "straddle" and "show-losing"
// have {"on":B}.
func (Rules) DecodeAction(typ string, data []byte) (game.Action, error) {
	switch typ {
	case actLeave, actSitOut, actSitIn, actBuy, actStraddle, actShowLosing:
	default:
		return DecodeAction(typ, data)
	}
	var body struct {
		When  string `json:"when"`
		Post  bool   `json:"post"`
		Chips Chips  `json:"chips"`
		On    bool   `json:"on"`
	}
	if len(data) > 0 {
		if err := json.Unmarshal(data, &body); err != nil {
			return nil, fmt.Errorf("%w: %s: chips are a whole number: %w", game.ErrMalformed, typ, err)
		}
	}
	if body.When != "" && body.When != "now" && body.When != whenNextBlind {
		return nil, fmt.Errorf(`%w: %s: when is "now" or "next-blind"`, game.ErrMalformed, typ)
	}
	return tableAction{typ: typ, post: body.Post, chips: body.Chips, on: body.On, later: body.When == whenNextBlind}, nil
}

// Mark reads how far a table is from a stored event: its turns are the decisions
// of all hands.
func (r Rules) Mark(ply int, typ string, data []byte) (game.Mark, error) {
	mark := game.Mark{Ply: ply, Over: typ == typeFinished}
	if typ != (Acted{}).EventType() {
		return mark, nil
	}
	e, err := r.DecodeEvent(typ, data)
	if err != nil {
		return mark, err
	}
	acted := e.(Acted)
	mark.Ply++
	mark.Note = string(acted.Act)
	if acted.Act != Fold && acted.Act != Check {
		mark.Note = fmt.Sprintf("%s %d", acted.Act, acted.To)
	}
	return mark, nil
}

// Transfer reads what a stored event moves between an account and the table.
func (r Rules) Transfer(typ string, data []byte) (game.Transfer, error) {
	switch typ {
	case typeBought, typeLeft, typePlaced:
	default:
		return game.Transfer{}, nil
	}
	e, err := r.DecodeEvent(typ, data)
	if err != nil {
		return game.Transfer{}, err
	}
	switch e := e.(type) {
	case Bought:
		if e.Tournament {
			return game.Transfer{Seat: e.Seat, Chips: int64(e.Entry)}, nil
		}
		return game.Transfer{Seat: e.Seat, Chips: int64(e.Chips)}, nil
	case Placed:
		return game.Transfer{Seat: e.Seat, Chips: -int64(e.Prize)}, nil
	case Seated:
		return game.Transfer{Seat: e.Seat, Chips: -int64(e.Chips)}, nil
	}
	return game.Transfer{}, nil
}

// EncodeEvent returns the stored form of an event of this package.
func (Rules) EncodeEvent(e game.Event) ([]byte, error) {
	switch e.(type) {
	case HandBegan, Bought, SatIn, Seated, Wished, Protected, Rested, Placed, Finished:
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
	case typeWished:
		return decode(data, func(e Wished) bool { return onTable(Pos(e.Seat)) })
	case typeProtected:
		return decode(data, func(e Protected) bool { return onTable(Pos(e.Seat)) })
	case typeRested:
		return decode(data, func(e Rested) bool { return e.Breaks > 0 })
	case typePlaced:
		return decode(data, func(e Placed) bool { return onTable(Pos(e.Seat)) && e.Place > 0 && e.Prize >= 0 })
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
	typ string
	// post, later and on are of sitting in, of sitting out, and of wishes.
	post, later, on bool
	chips           Chips
	// back is what the player left this table with a short while ago.
	back Chips
}

const (
	actDeal       = "deal"
	actSitOut     = "sit-out"
	actSitIn      = "sit-in"
	actLeave      = game.ActionLeave
	actBuy        = game.ActionBuy
	actStraddle   = "straddle"
	actShowLosing = "show-losing"
)

const whenNextBlind = "next-blind"

// Returning returns the action of a player who left this table with chips a
// short while ago, and may not come back with fewer.
func (a tableAction) Returning(chips int64) game.Action {
	a.back = Chips(chips)
	return a
}

// ActionType is the name of the action on the wire.
func (a tableAction) ActionType() string { return a.typ }
