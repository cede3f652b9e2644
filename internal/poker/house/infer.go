package house

import "kibitz/internal/poker"

// steps returns the story of the hand, a guess where none was told.
func (s *Sight) steps() []Step {
	if len(s.Story.Steps) > 0 || s.Table.Hand == nil {
		return s.Story.Steps
	}
	g := guess{view: s.Table.Hand, chairs: s.Table.Chairs}
	if g.view.Street != preflop {
		g.paidBefore()
		g.street()
	} else {
		g.opening()
	}
	return g.steps
}

// guess makes up decisions that lead to the chips as they lie.
type guess struct {
	view   *poker.View
	chairs []poker.Chair
	steps  []Step
}

func (g *guess) add(street string, p poker.Pos, act poker.Act, to poker.Chips) {
	g.steps = append(g.steps, Step{street, poker.Acted{Pos: p, Act: act, To: to}})
}

// opening guesses the decisions before the flop: every amount in front of
// somebody that is more than all before was a raise.
func (g *guess) opening() {
	n := len(g.view.Players)
	first := 2 // who acts first, after the blinds
	if n == 2 {
		first = 1
	}
	price := g.view.BigBlind
	for i := range n {
		p := g.view.Players[(first+i)%n]
		blind := i >= n-first || n == 2 && i == 0
		switch {
		case p.Bet > price:
			price = p.Bet
			g.add(preflop, p.Pos, poker.Raise, p.Bet)
		case p.Bet > 0 && (p.Bet == price && !blind || p.Bet > g.view.BigBlind):
			g.add(preflop, p.Pos, poker.Call, p.Bet)
		}
	}
}

// paidBefore guesses that whoever paid most before this street raised once
// before the flop, if it was more than the big blind.
func (g *guess) paidBefore() {
	raised := false
	for _, p := range g.view.Players {
		if int(p.Seat) >= len(g.chairs) || p.Seat < 0 {
			continue
		}
		paid := g.chairs[p.Seat].Stack - p.Stack - p.Bet
		switch {
		case p.Folded || paid <= 0:
		case paid <= g.view.BigBlind:
			g.add(preflop, p.Pos, poker.Call, paid)
		case raised:
			g.add(preflop, p.Pos, poker.Call, paid)
		default:
			raised = true
			g.add(preflop, p.Pos, poker.Raise, paid)
		}
	}
}

// street guesses the decisions of this street.
func (g *guess) street() {
	price := poker.Chips(0)
	for _, p := range g.view.Players {
		switch {
		case p.Bet > price && price == 0:
			price = p.Bet
			g.add(g.view.Street, p.Pos, poker.Bet, p.Bet)
		case p.Bet > price:
			price = p.Bet
			g.add(g.view.Street, p.Pos, poker.Raise, p.Bet)
		case p.Bet > 0:
			g.add(g.view.Street, p.Pos, poker.Call, p.Bet)
		}
	}
}
