package house

import (
	"fmt"

	"kibitz/internal/poker"
)

// shortStack is up to how many big blinds a character only goes all-in or
// folds.
const shortStack = 12

// before decides before the flop.
func (c *scene) before() Decision {
	depth := c.blinds(c.reach())
	if depth <= shortStack && !c.fixed() {
		return c.jam(depth)
	}
	if d, ok := c.lookUp(); ok {
		return d
	}
	chart := c.charts[c.who.ID][c.situation()]
	raise, call := c.weights(&chart)
	call = c.prudent(call, depth)
	roll := c.IntN(100)
	hard := closeness(raise, call)
	switch {
	case roll < raise && c.mayRaise():
		return c.raise(c.size()).hard(hard)
	case roll < raise+call || c.cheap():
		return c.call().hard(hard)
	}
	return c.fold().hard(hard)
}

// closeness is how near a hand is to another decision.
func closeness(raise, call int) float64 {
	switch {
	case raise > 0 && raise < 100 || call > 0 && call < 100:
		return 0.6
	case raise > 0 || call > 0:
		return 0.3
	}
	return 0.05
}

// mayRaise stops wars of raises that a fixed limit without a cap would let go
// on for ever.
func (c *scene) mayRaise() bool { return !c.fixed() || c.history.raises < 6 }

// situation names the chart.
func (c *scene) situation() string {
	h := c.history
	mine := &h.of[c.pos]
	level := h.raises + c.overpriced()
	switch {
	case c.duel() && level >= 3:
		return "duel.fourbet"
	case c.duel() && level == 2:
		return "duel.reraised"
	case c.duel():
		return c.duelSituation(level)
	case level >= 3:
		return "fourbet"
	case level == 2 && mine.raised:
		return "reraised"
	case level == 2:
		return "cold"
	case level == 1:
		return "raised." + c.region(h.raiser) + "." + c.defence()
	case c.big(c.pos) && c.legal.Call > 0: // a straddle raised it
		return "raised.late.bb"
	case h.limpers > 0 || c.big(c.pos):
		return "limped." + c.corner()
	case c.small(c.pos):
		return "open.sb"
	}
	return fmt.Sprintf("open.%d", min(6, c.seatsFromButton(c.pos)))
}

func (c *scene) duelSituation(level int) string {
	switch {
	case level == 1:
		return "duel.raised"
	case c.big(c.pos):
		return "duel.limped"
	}
	return "duel.open"
}

// overpriced counts raises that were so large that they are like two or three.
func (c *scene) overpriced() int {
	if c.fixed() || c.history.raises == 0 {
		return 0
	}
	price := c.blinds(c.view.Price)
	usual := []float64{0, 5.5 + float64(c.history.limpers), 16, 40}
	level := min(c.history.raises, len(usual)-1)
	switch {
	case price > 3*usual[level]:
		return 2
	case price > usual[level]:
		return 1
	}
	return 0
}

// region is where somebody sits who raised.
func (c *scene) region(p poker.Pos) string {
	from := 0
	if p != poker.NoPos && !c.small(p) {
		from = c.seatsFromButton(p)
	}
	if p != poker.NoPos && c.big(p) {
		from = len(c.view.Players)
	}
	switch {
	case from >= 4:
		return "early"
	case from >= 2:
		return "middle"
	}
	return "late"
}

// defence is how the character sits against a raise.
func (c *scene) defence() string {
	switch {
	case c.big(c.pos):
		return "bb"
	case c.small(c.pos):
		return "sb"
	}
	return "ip"
}

// corner is where the character sits when others have limped.
func (c *scene) corner() string {
	if d := c.defence(); d != "ip" {
		return d
	}
	return c.region(c.pos)
}

// weights returns how often out of 100 the character's cards raise and call. In
// Omaha a chart only says how many hands do; they are closer to each other
// there, so that fewer raise and more call.
func (c *scene) weights(chart *chart) (raise, call int) {
	if c.holdem() {
		at := cellOfHand(c.hole)
		raise, call = int(chart.raise[at]), int(chart.call[at])
		if c.fixed() && c.better[at] < 1.25*(chart.raise.share()+chart.call.share()) && c.history.raises > 0 && c.legal.Call <= c.view.BigBlind {
			call = 100
		}
		return raise, call
	}
	better := c.percentile(c.hole)
	raises, calls := 0.85*chart.raise.share(), chart.call.share()
	switch {
	case better < raises:
		return 100, 0
	case better < 1.2*raises:
		return 40, 60
	case calls > 0 && better < raises+1.15*calls:
		return 0, 100
	}
	return 0, 0
}

// prudent takes hands that need deep stacks out of those that call.
func (c *scene) prudent(call int, depth float64) int {
	if !c.fixed() && depth < 25 && c.history.raises > 0 && c.percentile(c.hole) > 0.3 {
		return call / 3
	}
	return call
}

// cheap reports whether calling costs next to nothing for what is in the pot.
func (c *scene) cheap() bool {
	call, pot := float64(c.legal.Call), float64(c.view.Pot)
	odds := call / (pot + call)
	mine := &c.history.of[c.pos]
	if c.fixed() && mine.entered && c.legal.Call <= c.view.BigBlind {
		return odds < 0.25 && c.percentile(c.hole) < 0.8
	}
	better := c.percentile(c.hole)
	return odds < 0.1 || odds < 0.18 && better < 0.5+c.who.curious
}

// size returns what to raise to before the flop.
func (c *scene) size() poker.Chips {
	h := c.history
	price := c.blinds(c.view.Price)
	var to float64
	switch {
	case h.raises == 0:
		to = float64(c.who.open)/10*max(1, price) + float64(h.limpers)
		if c.duel() {
			to = 2.4
		}
	case h.raises == 1:
		to = price * (3 + float64(h.callers))
		if c.defence() != "ip" && !c.duel() {
			to += 0.8 * price
		}
	case h.raises == 2:
		to = 2.3 * price
	default:
		to = c.blinds(c.me.Stack + c.me.Bet)
	}
	return c.round(to)
}

// round returns big blinds as chips, in halves of a big blind where there are
// any.
func (c *scene) round(blinds float64) poker.Chips {
	unit := max(1, c.view.BigBlind/2)
	chips := poker.Chips(blinds*float64(c.view.BigBlind) + float64(unit)/2)
	return chips - chips%unit
}
