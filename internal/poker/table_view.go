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
	// Acts are all decisions of that hand, in order.
	Acts []Told `json:"acts,omitempty"`
	// Level counts from 1 where blinds go up, and LevelUntil is when it ends,
	// in Unix milliseconds, where it has a time.
	Level      int   `json:"level,omitempty"`
	LevelUntil int64 `json:"level_until,omitempty"`
	// Break is when the break ends that is on, in Unix milliseconds.
	Break int64 `json:"break,omitempty"`
	// Prizes are those of a tournament, the first place first.
	Prizes []Chips `json:"prizes,omitempty"`
	// Result is nil while there is play.
	Result *Finished `json:"result"`
}

// ViewType returns "poker".
func (TableView) ViewType() string { return string(Kind) }

// View returns what a viewer may know.
func (s *state) View(v game.Viewer) game.View {
	view := TableView{Stakes: *s.stakes, Number: s.number, Chairs: append([]Chair(nil), s.chairs[:s.n]...), Acts: s.tale.all()}
	if s.button != game.NoSeat {
		button := s.button
		view.Button = &button
	}
	if s.hand != nil {
		hand := s.hand.View(s.posOf(v.Seat))
		view.Hand = &hand
	}
	s.viewCourse(&view)
	if s.result.Over() {
		view.Result = &Finished{Status: s.result.Status, Winners: slices.Collect(s.result.Winners.All())}
	}
	return view
}

// EventView returns what a viewer may know of an event.
func (s *state) EventView(e game.Event, v game.Viewer) game.View {
	switch e := e.(type) {
	case HandBegan, Bought, SatIn, Seated, Wished, Protected, Rested, Placed, Finished:
		return e.(game.View)
	}
	if s.hand == nil {
		return nil
	}
	return s.hand.EventView(e, s.posOf(v.Seat))
}

// viewCourse adds how far a tournament is.
func (s *state) viewCourse(view *TableView) {
	if s.resting {
		view.Break = s.course.At
	}
	if s.stakes.Entry > 0 {
		for _, prize := range s.prizes() {
			if prize > 0 {
				view.Prizes = append(view.Prizes, prize)
			}
		}
	}
	if len(s.stakes.Levels) == 0 {
		return
	}
	view.Level = s.course.Level + 1
	if s.stakes.LevelSeconds > 0 && s.course.At > 0 && view.Level < len(s.stakes.Levels) {
		view.LevelUntil = s.course.At - s.course.Played + int64(view.Level)*int64(s.stakes.LevelSeconds)*1000
	}
}
