package poker

import (
	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// apply folds an event. Events of other packages leave the hand as it is.
func (h *Hand) apply(e game.Event) {
	if d, ok := e.(Dealt); ok {
		h.deck = d.Deck
		h.begin()
		return
	}
	h.open.apply(e)
}

func (o *open) apply(e game.Event) {
	switch e := e.(type) {
	case Posted:
		o.post(e)
	case Acted:
		o.act(e)
	case Returned:
		o.places[e.Pos].stack += e.Amount
		o.places[e.Pos].total -= e.Amount
	case Answered:
		o.answer(e)
	case Turned:
		o.turn(e)
	case Shown:
		o.shown |= e.Pos.set()
		o.mucked &^= e.Pos.set()
		o.hole[e.Pos] = [maxHole]eval.Card{eval.NoCard, eval.NoCard, eval.NoCard, eval.NoCard}
		copy(o.hole[e.Pos][:], e.Cards)
	case Mucked:
		o.mucked |= e.Pos.set()
	case Awarded:
		o.award(e)
	case Ended:
		o.over = true
	}
}

// post takes a forced bet.
func (o *open) post(e Posted) {
	p := &o.places[e.Pos]
	p.stack -= e.Amount
	o.posted = int8(e.Index + 1)
	switch {
	case e.Kind == PostDead:
		p.dead += e.Amount
	case e.Kind == PostAnte:
		p.total += e.Amount
	default:
		p.total += e.Amount
		p.bet += e.Amount
	}
}

// begin opens the first street. The price is what was owed, not what a short
// stack could post (WSOP live action rule 150).
func (o *open) begin() {
	o.dealt = true
	o.increment = o.Limit.BigBlind
	o.headsUp = o.live().Len() == 2
	last := Pos(len(o.Players) - 1)
	for _, p := range o.Posts {
		if !p.Kind.live() {
			continue
		}
		o.price = max(o.price, p.Amount)
		if p.Kind == PostBig || p.Kind == PostStraddle {
			last = p.Pos
		}
		if p.Kind == PostStraddle && o.Limit.StraddleRaise {
			o.increment = max(o.increment, p.Amount)
		}
	}
	if o.price > 0 {
		o.full, o.bets = o.price, 1
	}
	o.advance(last)
}

// act takes a decision.
func (o *open) act(e Acted) {
	p := &o.places[e.Pos]
	if e.Act == Fold {
		o.folded |= e.Pos.set()
		o.advance(e.Pos)
		return
	}
	added := e.To - p.bet
	p.stack -= added
	p.total += added
	p.bet = e.To
	if e.To > o.price {
		o.raise(e.Pos, e.To)
	}
	p.level = o.price
	o.advance(e.Pos)
}

// raise moves the price. An all-in that is no full raise leaves what a full
// raise is measured by (TDA 43 and 47).
func (o *open) raise(p Pos, to Chips) {
	if o.Limit.Structure == FixedLimit {
		if o.fullBet(to) {
			o.full = to
			o.bets++
		}
	} else if to-o.price >= o.increment {
		o.increment = to - o.price
	}
	o.price = to
	o.aggressor = p
}

// fullBet reports whether a price counts as a bet where limits are fixed: half
// of one over the last is enough.
func (o *open) fullBet(price Chips) bool { return 2*(price-o.full) >= o.fixedBet() }

// fixedBet is the bet of this street where limits are fixed.
func (o *open) fixedBet() Chips {
	if o.variant.Streets[o.street].Big {
		return o.Limit.BigBet
	}
	return o.Limit.SmallBet
}

// advance finds who acts after a place, and nobody when the street is closed.
func (o *open) advance(from Pos) {
	o.toAct = NoPos
	able := o.able()
	if o.live().Len() < 2 || able == 0 {
		return
	}
	if able.Len() == 1 && o.places[able.First()].bet >= o.price {
		return // nobody is left to bet against
	}
	n := Pos(len(o.Players))
	for i := Pos(1); i <= n; i++ {
		next := (from + i) % n
		if p := &o.places[next]; able.Has(next) && (p.level == notActed || p.bet < o.price) {
			o.toAct = next
			return
		}
	}
}

// answer notes how often a player wants the board dealt. One who wants it once
// settles it, and all together who want it twice.
func (o *open) answer(e Answered) {
	if e.Runs < maxRuns {
		o.runs = 1
		return
	}
	o.agreed |= e.Pos.set()
	if o.agreed == o.live() {
		o.runs = maxRuns
		o.boards[1] = o.boards[0]
	}
}

// turn opens the next street, if it is one of the first board.
func (o *open) turn(e Turned) {
	o.boards[e.Run].add(e.Cards)
	o.turned += int8(len(e.Cards))
	if e.Run > 0 {
		return
	}
	o.street = int8(o.variant.streetAt(int(o.boards[0].n)))
	o.price, o.full, o.bets = 0, 0, 0
	o.increment = o.Limit.BigBlind
	o.aggressor = NoPos
	o.headsUp = o.live().Len() == 2
	for i := range o.Players {
		o.places[i].bet, o.places[i].level = 0, notActed
	}
	o.advance(Pos(len(o.Players) - 1))
}

// award pays out.
func (o *open) award(e Awarded) {
	for _, s := range e.Shares {
		o.places[s.Pos].stack += s.Amount
		o.places[s.Pos].won += s.Amount
		o.paid += s.Amount
	}
}
