package poker

import "kibitz/internal/game"

// Brief is what a list of tables shows of one.
type Brief struct {
	Stakes Stakes `json:"stakes"`
	// Number counts the hands, and AveragePot is what was in one so far.
	Number     int   `json:"number"`
	AveragePot Chips `json:"average_pot"`
	// Stacks are the chips of every seat, those in the running hand left out;
	// nil for a free one.
	Stacks []*Chips `json:"stacks"`
	// Level is as in TableView.
	Level int `json:"level,omitempty"`
}

// ViewType returns "poker-brief".
func (Brief) ViewType() string { return "poker-brief" }

// Brief returns what a list shows.
func (s *state) Brief() game.View {
	b := Brief{Stakes: *s.stakes, Number: s.number, Stacks: make([]*Chips, s.n)}
	if over := s.number; over > 0 {
		if s.running() {
			over--
		}
		b.AveragePot = s.course.Pots / Chips(max(1, over))
	}
	for i := range b.Stacks {
		if c := &s.chairs[i]; c.Taken {
			stack := s.chipsOf(game.Seat(i))
			b.Stacks[i] = &stack
		}
	}
	if len(s.stakes.Levels) > 0 {
		b.Level = s.course.Level + 1
	}
	return b
}
