package house

import (
	"math"

	"kibitz/internal/poker"
)

// judgement is what the character thinks of the hand after the flop.
type judgement struct {
	*scene
	field    *field
	suspects []suspect
	// share is the part of the pot to be expected if nobody folds.
	share float64
	// draw means that the cards are little now and may become much.
	draw bool
	// pot is what can be won, all bets included, in chips.
	pot float64
}

// plan is something to do, and what it seems worth in parts of the pot, more
// than folding.
type plan struct {
	act   poker.Act
	to    poker.Chips
	value float64
}

// after decides after the flop.
func (c *scene) after() Decision {
	f := c.survey()
	j := &judgement{scene: c, field: f, suspects: c.suspects(f), pot: c.winnable()}
	ways := f.ways(whole(j.suspects))
	good := 0
	for _, part := range ways {
		j.share += part / float64(len(ways))
		if part > 0.7 {
			good++
		}
	}
	often := float64(good) / float64(len(ways))
	j.draw = len(ways) > 1 && f.now < 0.7 && often > 0.14 && often < 0.6
	return j.choose(j.plans())
}

// winnable is the pot without what the character cannot call.
func (c *scene) winnable() float64 {
	pot, mine := c.view.Pot, c.me.Bet+c.me.Stack
	for i := range c.view.Players {
		pot -= max(0, c.view.Players[i].Bet-mine)
	}
	return float64(max(1, pot))
}

// plans lists what can be done.
func (j *judgement) plans() []plan {
	plans := []plan{j.passive()}
	if j.legal.Call > 0 {
		plans = append(plans, plan{act: poker.Fold})
	}
	if !j.legal.CanRaise() || j.waits() {
		return plans
	}
	urge := j.urge()
	for _, to := range j.sizes() {
		if p, ok := j.aggressive(to, urge); ok {
			plans = append(plans, p)
		}
	}
	return plans
}

// passive is checking or calling.
func (j *judgement) passive() plan {
	call := float64(j.legal.Call)
	part := j.share * j.realized()
	if call == 0 {
		return plan{act: poker.Check, value: part}
	}
	value := (part*(j.pot+call)-call)/j.pot + j.who.curious*min(1, 3*call/j.pot)
	if j.draw && !j.fixed() {
		value += 0.06
	}
	return plan{act: poker.Call, value: value}
}

// realized is which part of a share is won in the end: less for who has to act
// first, all when there is no more betting.
func (j *judgement) realized() float64 {
	switch {
	case j.field.boards == 1 || j.legal.Call >= j.me.Stack:
		return 1
	case j.fixed():
		return 0.98
	case j.last():
		return 0.97
	}
	return 0.9
}

// waits reports whether the character leaves betting to others: with a very
// good hand now and then, and mostly to who raised before the flop.
func (j *judgement) waits() bool {
	if j.legal.Call > 0 || j.field.boards == 1 {
		return false
	}
	if j.share > 0.85 && j.often(j.who.slow) || j.share > 0.65 && !j.last() && j.often(j.who.trap) {
		return true
	}
	r := j.history.raiser
	checks := j.view.Street == "flop" && r != poker.NoPos && r > j.pos && !j.view.Players[r].Folded && !j.view.Players[r].AllIn
	return checks && j.often(80)
}

// urge is what a bet is worth beyond its chips, and whether one is thought of
// that should not be called.
type urge struct {
	bluff bool
	bonus float64
}

func (j *judgement) urge() urge {
	rate, bonus := j.who.bluff, 0.04
	if j.draw {
		rate = j.who.semi
	}
	leads := j.history.raiser == j.pos && j.view.Street == "flop" && j.history.bets == 0
	if leads {
		rate, bonus = max(rate, j.who.cbet), 0.1
	}
	if j.history.bets > 0 {
		rate /= 1 + j.history.bets
	}
	if j.fixed() {
		rate /= 2
	}
	rate = rate * 2 / (1 + len(j.suspects))
	if !j.often(rate) {
		return urge{}
	}
	return urge{bluff: true, bonus: bonus}
}

// sizes are the bets and raises to think of.
func (j *judgement) sizes() []poker.Chips {
	if j.fixed() {
		if j.history.bets >= 5 && j.share < 0.9 {
			return nil
		}
		return []poker.Chips{j.legal.MinTo}
	}
	fractions := []float64{0.35, 0.55, 0.75, 1}
	if j.history.bets > 0 {
		fractions = []float64{0.6, 0.9}
	}
	base := float64(j.view.Pot + j.legal.Call)
	var list []poker.Chips
	for _, part := range fractions {
		by := part * base * (0.9 + float64(j.IntN(20))/100)
		to := j.fit(j.round(j.blinds(j.view.Price) + by/float64(j.view.BigBlind)))
		if len(list) == 0 || list[len(list)-1] != to {
			list = append(list, to)
		}
	}
	if most := j.legal.MaxTo; most == j.me.Bet+j.me.Stack && float64(most) < 1.6*base && list[len(list)-1] != most {
		list = append(list, most)
	}
	return list
}

// aggressive is betting or raising to an amount; ok is false for what the
// character would not do.
func (j *judgement) aggressive(to poker.Chips, u urge) (p plan, ok bool) {
	cost := float64(to - j.me.Bet)
	called, folds, added := j.answers(to, cost)
	enough := j.who.thin - 0.06*float64(len(j.suspects)-1)
	if j.history.bets > 0 {
		enough += 0.05
	}
	if called < enough && !u.bluff {
		return p, false
	}
	part := called
	if to < j.me.Bet+j.me.Stack {
		part *= 1 - 0.3*(1-j.realized())
	}
	value := folds*j.pot + (1-folds)*(part*(j.pot+cost+added)-cost)
	return plan{act: poker.Raise, to: to, value: value/j.pot + j.who.eager + u.bonus}, true
}

// answers guesses what a bet would lead to: the share of the pot when it is
// called, how often all fold, and what callers add on average.
func (j *judgement) answers(to poker.Chips, cost float64) (called, folds, added float64) {
	able := 0
	for i := range j.suspects {
		if !j.suspects[i].AllIn {
			able++
		}
	}
	fold := math.Pow(cost/(j.pot+cost), 1/float64(max(1, able)))
	folds = 1
	kept := make([][]float64, len(j.suspects))
	for i := range j.suspects {
		s := &j.suspects[i]
		s.stays = 1
		if !s.AllIn {
			price := float64(max(0, min(to, s.Stack+s.Bet)-s.Bet))
			good := s.above(j.field, 0.27+0.9*price/(j.pot+cost+price))
			s.stays = min(1, max(0.08, 1-j.who.faith*(fold+1-good)/2))
			added += s.stays * price
		}
		folds *= 1 - s.stays
		kept[i] = s.best(j.field, s.stays)
	}
	if folds > 0.99 {
		return 0, folds, 0
	}
	called = (j.field.share(kept) - folds) / (1 - folds)
	return max(0, called), folds, added / (1 - folds)
}

// choose takes the best plan. What is nearly as good is taken as well now and
// then.
func (j *judgement) choose(plans []plan) Decision {
	best, second := plan{value: math.Inf(-1)}, math.Inf(-1)
	for _, p := range plans {
		p.value += float64(j.IntN(1000))/1000*0.04 - 0.02
		switch {
		case p.value > best.value:
			if p.act != best.act {
				second = best.value
			}
			best = p
		case p.act != best.act:
			second = max(second, p.value)
		}
	}
	d := j.fold()
	switch best.act {
	case poker.Raise:
		d = j.raise(best.to)
	case poker.Call, poker.Check:
		d = j.call()
	}
	return d.hard(j.difficulty(best.value - second))
}

// difficulty grows as the best plans come closer and the pot larger.
func (j *judgement) difficulty(gap float64) float64 {
	big := min(1, j.pot/float64(max(1, j.reach())))
	return (0.55 + 0.45*big) * max(0.1, 1-2*gap)
}
