package house

import (
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// scene is a sight in which the character has to act, with what follows from
// it.
type scene struct {
	*House
	*dice
	who     Character
	view    *poker.View
	me      *poker.PlayerView
	pos     poker.Pos
	legal   poker.Options
	variant *poker.Variant
	hole    eval.Hand
	board   eval.Hand
	history *history
	// effort bounds how many hands of five cards are rated.
	effort int
}

func (h *House) scene(s *Sight, view *poker.View, pos poker.Pos) *scene {
	c := &scene{
		House: h, view: view, pos: pos, me: &view.Players[pos], legal: view.Turn.Legal,
		variant: poker.FindVariant(view.Variant), hole: eval.HandOf(view.You.Cards...),
		history: newHistory(s.Table.Acts, view),
	}
	if len(view.Boards) > 0 {
		c.board = eval.HandOf(view.Boards[0]...)
	}
	return c
}

// blinds counts chips in big blinds.
func (c *scene) blinds(chips poker.Chips) float64 { return float64(chips) / float64(c.view.BigBlind) }

func (c *scene) duel() bool { return len(c.view.Players) == 2 }

func (c *scene) fixed() bool { return c.view.Structure == poker.FixedLimit }

func (c *scene) holdem() bool { return c.variant.Hole == 2 }

// seatsFromButton is how many players sit between a place and the button, which
// is 0.
func (c *scene) seatsFromButton(p poker.Pos) int { return len(c.view.Players) - 1 - int(p) }

// big and small report who posted the blinds: with two players the button has
// the small one. A small blind may be missing; the big one is then first.
func (c *scene) big(p poker.Pos) bool {
	if c.duel() {
		return p == 0
	}
	if c.absent() {
		return p == 0
	}
	return p == 1
}

func (c *scene) small(p poker.Pos) bool {
	return p == 0 && !c.duel() && !c.absent() || c.duel() && p == 1
}

// absent reports whether nobody has the small blind: the first player then has
// posted a whole one, as long as he has not acted.
func (c *scene) absent() bool {
	first := &c.view.Players[0]
	past := &c.history.of[0]
	return c.view.Street == preflop && !past.entered && !past.checked && first.Bet >= c.view.BigBlind
}

// rivals are the others who can still win.
func (c *scene) rivals() []poker.Pos {
	var list []poker.Pos
	for i := range c.view.Players {
		if p := &c.view.Players[i]; p.Pos != c.pos && !p.Folded {
			list = append(list, p.Pos)
		}
	}
	return list
}

// behind counts the rivals with chips who act after a place on this street.
func (c *scene) behind(of poker.Pos) int {
	count := 0
	for _, p := range c.rivals() {
		if c.turn(p) > c.turn(of) && !c.view.Players[p].AllIn {
			count++
		}
	}
	return count
}

// turn is when a place acts on this street, from 0.
func (c *scene) turn(p poker.Pos) int {
	n := len(c.view.Players)
	if c.view.Street != preflop {
		return int(p)
	}
	if c.duel() {
		return 1 - int(p)
	}
	return (int(p) + n - 2) % n
}

// last reports whether nobody acts after the character on the streets to come.
func (c *scene) last() bool {
	for _, p := range c.rivals() {
		if p > c.pos {
			return false
		}
	}
	return true
}

// reach is the most chips that a rival could still put in against the
// character's, all of this street counted.
func (c *scene) reach() poker.Chips {
	most := poker.Chips(0)
	for _, p := range c.rivals() {
		most = max(most, c.view.Players[p].Stack+c.view.Players[p].Bet)
	}
	return min(most, c.me.Stack+c.me.Bet)
}

// percentile returns which part of all hole cards is better than some.
func (c *scene) percentile(hole eval.Hand) float64 {
	switch {
	case c.holdem():
		return c.better[cellOfHand(hole)]
	case c.variant.Ranking.Low != nil:
		return c.hilo.percentile(hole)
	}
	return c.high.percentile(hole)
}
