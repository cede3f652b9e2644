package house

import (
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// Sight is all that a character is told: what its seat may see, and nothing
// that is secret.
type Sight struct {
	Table poker.TableView
	// Seat is where the character sits.
	Seat game.Seat
	// People is how many players of the table are not the house's.
	People int
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
