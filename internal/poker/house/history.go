package house

import "kibitz/internal/poker"

// preflop is the name of the first street.
const preflop = "preflop"

// past is what one player did in the hand.
type past struct {
	// level counts the raises before the flop up to the player's last decision
	// to put chips in: 0 for a limp. Raised means that he made the last of them.
	level   int
	raised  bool
	entered bool
	checked bool
	// later are the decisions after the flop.
	later []deed
}

// deed is a decision after the flop.
type deed struct {
	street string
	act    poker.Act
	// level counts the bets and raises of the street, this one included, and
	// size is the price over the pot before the decision.
	level int
	size  float64
}

// history is what everybody did.
type history struct {
	of [poker.MaxPlayers]past
	// raises, limpers and callers are of the street before the flop: callers
	// have come in since the last raise, by raiser.
	raises, limpers, callers int
	raiser                   poker.Pos
	// bets counts the bets and raises of this street.
	bets int
}

// newHistory reads what was done, up to the present street.
func newHistory(acts []poker.Told, view *poker.View) *history {
	h := &history{raiser: poker.NoPos}
	street, level := "", 0
	for _, s := range acts {
		if s.Street != street {
			street, level = s.Street, 0
		}
		if s.Act == poker.Bet || s.Act == poker.Raise {
			level++
		}
		if int(s.Pos) >= len(view.Players) || s.Pos < 0 {
			continue
		}
		if street == preflop {
			h.before(s, level)
			continue
		}
		p := &h.of[s.Pos]
		p.later = append(p.later, deed{street: street, act: s.Act, level: level, size: sizeOf(s, view)})
	}
	if street == view.Street {
		h.bets = level
	}
	return h
}

// before notes a decision before the flop.
func (h *history) before(s poker.Told, level int) {
	p := &h.of[s.Pos]
	switch s.Act {
	case poker.Raise, poker.Bet:
		h.raises, h.raiser, h.callers = level, s.Pos, 0
		*p = past{level: level, raised: true, entered: true}
	case poker.Call:
		if level == 0 {
			h.limpers++
		} else {
			h.callers++
		}
		p.level, p.entered, p.raised = level, true, p.raised && p.level == level
	case poker.Check:
		p.checked = true
	}
}

// sizeOf guesses how large a bet was for the pot: exactly on this street, where
// the pot before it is known, and as two thirds on others.
func sizeOf(s poker.Told, view *poker.View) float64 {
	before := view.Pot
	for _, p := range view.Players {
		before -= p.Bet
	}
	if s.Street != view.Street || before <= 0 {
		return 0.66
	}
	return float64(s.To) / float64(before)
}
