package house

import (
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Effort is a good number of hands of five cards to rate for one decision; it
// takes a few milliseconds in Omaha, and less in hold'em.
const Effort = 150_000

// Decide returns what a character does in the hand: nothing when it has nothing
// to decide. Chance makes it vary; effort bounds the hands of five cards that
// are rated, and less than Effort plays worse. The decision is legal as far as
// the sight says what is.
func (h *House) Decide(s Sight, who Character, chance eval.Chance, effort int) Decision {
	view, pos, ok := s.place()
	switch {
	case !ok || s.Table.Result != nil:
		return Decision{}
	case view.Over:
		return who.show(&s, view, pos)
	case asked(view, pos):
		return who.run()
	case view.Turn == nil || view.Turn.Pos != pos:
		return Decision{}
	}
	c := h.scene(&s, view, pos)
	c.who, c.effort, c.dice = who, effort, newDice(chance)
	if view.Street == preflop {
		return c.before()
	}
	return c.after()
}

func asked(view *poker.View, pos poker.Pos) bool {
	for _, p := range view.Asked {
		if p == pos {
			return true
		}
	}
	return false
}
