package poker

import (
	"slices"

	"kibitz/internal/game"
)

// TableView is all that one viewer may know of a table.
type TableView struct {
	Stakes Stakes `json:"stakes"`
	// Number counts the hands from 1; it is 0 before the first.
	Number int `json:"number"`
	// Button is its seat, nil before the first hand; it may be empty.
	Button *game.Seat `json:"button"`
	// Chairs are the seats. During a hand their stacks are those at its
	// beginning; Hand has those of the moment.
	Chairs []Chair `json:"chairs"`
	// Hand is the running hand or the last one, nil before the first.
	Hand *View `json:"hand"`
	// Result is nil while there is play.
	Result *Finished `json:"result"`
}

// ViewType returns "poker".
func (TableView) ViewType() string { return string(Kind) }

// View returns what a viewer may know.
func (s *state) View(v game.Viewer) game.View {
	view := TableView{Stakes: *s.stakes, Number: s.number, Chairs: append([]Chair(nil), s.chairs[:s.n]...)}
	if s.button != game.NoSeat {
		button := s.button
		view.Button = &button
	}
	if s.hand != nil {
		hand := s.hand.View(s.posOf(v.Seat))
		view.Hand = &hand
	}
	if s.result.Over() {
		view.Result = &Finished{Status: s.result.Status, Winners: slices.Collect(s.result.Winners.All())}
	}
	return view
}

// EventView returns what a viewer may know of an event.
func (s *state) EventView(e game.Event, v game.Viewer) game.View {
	switch e := e.(type) {
	case HandBegan:
		return e
	case Bought:
		return e
	case SatIn:
		return e
	case Seated:
		return e
	case Finished:
		return e
	}
	if s.hand == nil {
		return nil
	}
	return s.hand.EventView(e, s.posOf(v.Seat))
}
