package gametest

import (
	"encoding/json"
	"fmt"

	"kibitz/internal/game"
)

// actHigh is an action of HighCard.
type actHigh string

const (
	actDeal actHigh = "deal"
	actShow actHigh = "show"
	// actVoid and actLeave are the table's, and have no form on the wire.
	actVoid  actHigh = "void"
	actLeave actHigh = "leave"
)

func (a actHigh) ActionType() string { return string(a) }

// DecodeAction knows "deal" and "show".
func (HighCard) DecodeAction(typ string, _ []byte) (game.Action, error) {
	if a := actHigh(typ); a == actDeal || a == actShow {
		return a, nil
	}
	return nil, fmt.Errorf("%w: highcard has no action %q", game.ErrMalformed, typ)
}

// The events, stored as JSON.
type (
	dealtHigh struct{ Cards []int }
	shownHigh struct {
		Seat game.Seat `json:"seat"`
		Card int       `json:"card"`
	}
	endedHigh struct {
		Winners game.Seats
		Void    bool
	}
)

func (dealtHigh) EventType() string { return "dealt" }
func (shownHigh) EventType() string { return "shown" }
func (endedHigh) EventType() string { return "ended" }

// EncodeEvent writes JSON.
func (HighCard) EncodeEvent(e game.Event) ([]byte, error) { return json.Marshal(e) }

// DecodeEvent reads what EncodeEvent wrote.
func (HighCard) DecodeEvent(typ string, data []byte) (game.Event, error) {
	switch typ {
	case "dealt":
		return decodeHigh[dealtHigh](data)
	case "shown":
		return decodeHigh[shownHigh](data)
	case "ended":
		return decodeHigh[endedHigh](data)
	}
	return nil, fmt.Errorf("%w: highcard has no event %q", game.ErrMalformed, typ)
}

func decodeHigh[E game.Event](data []byte) (game.Event, error) {
	var e E
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, fmt.Errorf("%w: event %s of highcard: %w", game.ErrMalformed, e.EventType(), err)
	}
	return e, nil
}

// The views.
type (
	highView struct {
		// Mine is the viewer's own card.
		Mine *int `json:"mine,omitempty"`
		// Shown has the cards shown so far, by seat.
		Shown map[game.Seat]int `json:"shown"`
	}
	dealtView struct {
		Mine int `json:"mine"`
	}
	shownView shownHigh
	endedView struct {
		Winners []game.Seat `json:"winners"`
	}
)

func (highView) ViewType() string  { return "highcard" }
func (dealtView) ViewType() string { return "dealt" }
func (shownView) ViewType() string { return "shown" }
func (endedView) ViewType() string { return "ended" }

func (s highState) View(v game.Viewer) game.View {
	view := highView{Shown: map[game.Seat]int{}}
	for seat := range s.shown.All() {
		view.Shown[seat] = s.cards[seat]
	}
	if v.Seat != game.NoSeat && s.cards != nil {
		view.Mine = &[]int{s.cards[v.Seat]}[0]
	}
	return view
}

func (s highState) EventView(e game.Event, v game.Viewer) game.View {
	switch e := e.(type) {
	case dealtHigh:
		if v.Seat == game.NoSeat {
			return nil
		}
		return dealtView{e.Cards[v.Seat]}
	case shownHigh:
		return shownView(e)
	case endedHigh:
		view := endedView{Winners: []game.Seat{}}
		for seat := range e.Winners.All() {
			view.Winners = append(view.Winners, seat)
		}
		return view
	}
	return nil
}
