package house

import "kibitz/internal/poker"

// jam decides with a short stack: all-in or out.
func (c *scene) jam(depth float64) Decision {
	dead := c.blinds(c.view.Pot)
	if c.history.raises == 0 {
		return c.shove(depth*min(1, 1.5/max(dead, 1)), c.history.limpers)
	}
	return c.lookAt(depth)
}

// shove goes all-in when nobody has raised. Who has limped is taken for
// somebody who might call.
func (c *scene) shove(depth float64, limpers int) Decision {
	behind := c.behind(c.pos)
	for range limpers {
		behind++
	}
	limit := c.shoveLimit(behind, depth) * c.who.jam
	most := c.legal.MaxTo
	switch {
	case limit >= depth && c.legal.CanRaise():
		return c.raise(most).hard(0.3 + nearness(limit, depth))
	case c.cheap() || c.who.curious > 0.1 && c.percentile(c.hole) < 0.5:
		return c.call().hard(0.2)
	}
	return c.fold().hard(nearness(limit, depth))
}

// nearness is how hard it is to see which of two depths is larger.
func nearness(a, b float64) float64 {
	apart := max(a-b, b-a) / max(1, b)
	return max(0, 0.6-apart)
}

// shoveLimit is up to which depth the cards go all-in. In Omaha as many hands
// do as in hold'em, but not quite.
func (c *scene) shoveLimit(behind int, depth float64) float64 {
	if c.holdem() {
		return c.shoves.push(cellOfHand(c.hole), behind)
	}
	better := c.percentile(c.hole)
	return depth * 0.9 * c.shoves.share(depth, behind) / max(0.01, better)
}

// lookUp answers a raise of a player who is all-in for little, at any depth of
// the others.
func (c *scene) lookUp() (Decision, bool) {
	h := c.history
	if h.raises != 1 || h.raiser == poker.NoPos || c.fixed() || !c.view.Players[h.raiser].AllIn {
		return Decision{}, false
	}
	if price := c.blinds(c.view.Price); price <= 20 {
		return c.lookAt(price), true
	}
	return Decision{}, false
}

// lookAt answers a raise with all there is, or folds.
func (c *scene) lookAt(depth float64) Decision {
	behind := 1
	if r := c.history.raiser; r != poker.NoPos {
		behind = max(1, len(c.view.Players)-1-c.turn(r))
	}
	limit := c.lookLimit(behind, depth) * c.who.look
	for range c.history.raises - 1 + c.history.callers {
		limit *= 0.6
	}
	price := min(depth, c.blinds(c.view.Price))
	committed := 2*price >= depth
	switch {
	case limit >= depth && c.legal.CanRaise() && !c.view.Players[max(0, c.history.raiser)].AllIn:
		return c.raise(c.legal.MaxTo).hard(0.4 + nearness(limit, depth))
	case limit >= depth || limit >= price && committed:
		return c.call().hard(0.4 + nearness(limit, depth))
	case c.cheap():
		return c.call().hard(0.2)
	}
	return c.fold().hard(nearness(limit, depth))
}

// lookLimit is up to which depth the cards call somebody all-in who had so many
// behind.
func (c *scene) lookLimit(behind int, depth float64) float64 {
	if c.holdem() {
		return c.shoves.call(cellOfHand(c.hole), behind, c.big(c.pos))
	}
	better := c.percentile(c.hole)
	return depth * 0.8 * c.shoves.share(depth, behind) / max(0.01, better)
}
