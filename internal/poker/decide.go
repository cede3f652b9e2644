package poker

import "kibitz/internal/game"

// Decide judges what a player asks for. It returns the events that follow, to
// the next decision or the end of the hand, or an error wrapping
// game.ErrIllegal that says what would be possible.
func (h Hand) Decide(p Pos, a Action) ([]game.Event, error) {
	if err := h.mayDecide(p, a.Act); err != nil {
		return nil, err
	}
	var first game.Event
	var err error
	switch a.Act {
	case Show:
		first, err = h.decideShow(p)
	case Run:
		first, err = h.decideRun(p, a.Amount)
	default:
		first, err = h.decideBet(p, a)
	}
	if err != nil {
		return nil, err
	}
	return h.settle(make([]game.Event, 0, 4), first)
}

// mayDecide refuses who has nothing to decide.
func (h *Hand) mayDecide(p Pos, act Act) error {
	switch {
	case !h.all().Has(p):
		return refused("you are not in this hand")
	case !h.dealt:
		return refused("the cards are not dealt yet")
	case act == Show:
		return nil
	case h.over:
		return refused("the hand is over")
	case h.folded.Has(p):
		return refused("you have folded")
	case act == Run:
		return nil
	case h.toAct == NoPos:
		return refused("all bets are made")
	case h.places[p].stack == 0:
		return refused("you are all-in")
	case h.toAct != p:
		return game.ErrTurn
	}
	return nil
}

// decideBet judges a decision of the player whose turn it is.
func (h *Hand) decideBet(p Pos, a Action) (game.Event, error) {
	options := h.Options()
	place := &h.places[p]
	acted := Acted{Pos: p, Act: a.Act, To: place.bet, Lapsed: a.Lapsed}
	switch a.Act {
	case Fold:
	case Check:
		if options.Call > 0 {
			return nil, refused("you cannot check: it is %d to call", options.Call)
		}
	case Call:
		if err := options.checkCall(a.Amount); err != nil {
			return nil, err
		}
		acted.To += options.Call
	case Bet, Raise:
		if err := h.checkRaise(options, a.Amount); err != nil {
			return nil, err
		}
		acted.To, acted.Act = a.Amount, Raise
		if h.price == 0 {
			acted.Act = Bet
		}
	default:
		return nil, refused("there is no %.20q in poker", a.Act)
	}
	acted.AllIn = acted.To == place.bet+place.stack
	return acted, nil
}

func (o Options) checkCall(expected Chips) error {
	switch {
	case o.Call == 0:
		return refused("there is nothing to call: you can check")
	case expected != 0 && expected != o.Call:
		return refused("it is %d to call, not %d", o.Call, expected)
	}
	return nil
}

// checkRaise explains why a bet or a raise to an amount is not possible.
func (o *open) checkRaise(options Options, to Chips) error {
	switch {
	case !options.CanRaise():
		return refused("you cannot raise: %s", noRaiseTexts[options.why])
	case to >= options.MinTo && to <= options.MaxTo:
		return nil
	}
	p := &o.places[o.toAct]
	switch {
	case options.MinTo == options.MaxTo && options.MinTo == p.bet+p.stack:
		return refused("you can only go all-in, to %d", options.MinTo)
	case options.MinTo == options.MaxTo:
		return refused("the limit is fixed: you can only make it %d", options.MinTo)
	case to < options.MinTo && o.price > 0:
		return refused("a raise to %d is too small: the last was by %d, so you can raise to %d up to %d", to, o.increment, options.MinTo, options.MaxTo)
	case to < options.MinTo:
		return refused("a bet of %d is too small: you can bet %d up to %d", to, options.MinTo, options.MaxTo)
	case options.MaxTo < p.bet+p.stack:
		return refused("%d is more than the pot allows: you can go to %d up to %d", to, options.MinTo, options.MaxTo)
	}
	return refused("%d is more than you have: you can go to %d up to %d", to, options.MinTo, options.MaxTo)
}

// decideRun judges how often a player wants the rest of the board.
func (h *Hand) decideRun(p Pos, times Chips) (game.Event, error) {
	switch {
	case !h.Asked().Has(p):
		return nil, refused("nobody asks you how often to deal the board")
	case times != 1 && times != maxRuns:
		return nil, refused("the board can be dealt once or twice, not %d times", times)
	}
	return Answered{Pos: p, Runs: int(times)}, nil
}

// decideShow judges whether a player may show his cards of his own accord.
func (h *Hand) decideShow(p Pos) (game.Event, error) {
	switch {
	case !h.over:
		return nil, refused("you can show your cards when the hand is over")
	case h.shown.Has(p):
		return nil, refused("your cards are shown")
	}
	return h.show(p), nil
}

// show turns over a player's cards.
func (h *Hand) show(p Pos) Shown {
	cards := h.cards(p)
	return Shown{Pos: p, Cards: append(cards[:0:0], cards[:h.variant.Hole]...)}
}

// Lapse returns what is done for a player who does not act: check, and fold
// only who faces a bet. Who is asked how often to deal the board wants it
// once. ok is false when the player has nothing to decide.
func (h *Hand) Lapse(p Pos) (a Action, ok bool) {
	switch {
	case h.toAct != NoPos && h.toAct == p:
		if h.Options().Call > 0 {
			return Action{Act: Fold}, true
		}
		return Action{Act: Check}, true
	case h.Asked().Has(p):
		return Action{Act: Run, Amount: 1}, true
	}
	return Action{}, false
}
