package house

import (
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// Sight is all that a character is told: what its seat may see, and nothing
// that is secret.
type Sight struct {
	Table poker.TableView
	// Seat is where the character sits.
	Seat game.Seat
	// Story is what was done in the hand. Where it is empty, it is guessed from
	// what lies in front of everybody.
	Story Story
	// People is how many players of the table are not the house's.
	People int
}

// Step is a decision, and the street on which it was made.
type Step struct {
	Street string
	poker.Acted
}

// Story is what was done in a hand, in order, as everybody saw it. The zero
// Story is that of a hand of which nothing is known.
type Story struct {
	Street string
	Steps  []Step
}

// After returns the story after an event as a viewer saw it. Views that tell
// nothing of it leave it as it is.
func (s Story) After(v game.View) Story {
	switch v := v.(type) {
	case poker.HandBegan:
		return Story{Street: preflop}
	case poker.TurnedView:
		if v.Run == 0 {
			s.Street = v.Street
		}
	case poker.ActedView:
		s.Steps = append(slices.Clip(s.Steps), Step{s.Street, v.Acted})
	}
	return s
}

// place returns the player's own view of the hand, and false when the seat has
// no cards in a hand.
func (s *Sight) place() (*poker.View, poker.Pos, bool) {
	hand := s.Table.Hand
	if hand == nil || hand.You == nil || int(hand.You.Pos) >= len(hand.Players) {
		return nil, poker.NoPos, false
	}
	return hand, hand.You.Pos, true
}

// chair returns the seat between hands.
func (s *Sight) chair() (poker.Chair, bool) {
	if s.Seat < 0 || int(s.Seat) >= len(s.Table.Chairs) {
		return poker.Chair{}, false
	}
	return s.Table.Chairs[s.Seat], true
}
