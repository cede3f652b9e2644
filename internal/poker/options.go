package poker

// Options is what a player whose turn it is may do; folding is always allowed.
// It is the one place that knows: buttons are made of it, decisions are judged
// by it, and refusals explain it.
type Options struct {
	// Call is the chips to add to stay in; 0 is a check.
	Call Chips `json:"call"`
	// MinTo and MaxTo are what a bet or a raise may be to: the chips in front
	// of the player afterwards. Both are 0 when there may be none, and equal
	// when there is one size only.
	MinTo Chips `json:"min_to"`
	MaxTo Chips `json:"max_to"`
	// Step is what sizes between them are multiples of, counted from MinTo.
	Step Chips `json:"step"`
	// why is the reason that there may be no raise.
	why noRaise
}

// CanRaise reports whether the player may bet or raise.
func (o Options) CanRaise() bool { return o.MaxTo > 0 }

// noRaise is a reason that there may be no raise.
type noRaise uint8

const (
	_ noRaise = iota
	stackTooShort
	nobodyLeft
	notReopened
	capReached
)

// noRaiseTexts follow "you may not raise: ".
var noRaiseTexts = [...]string{
	stackTooShort: "a call takes your whole stack",
	nobodyLeft:    "everybody else is all-in",
	notReopened:   "what was raised since you acted is less than a full raise, and does not reopen the betting to you",
	capReached:    "the street has had all its raises",
}

// Options returns what the player whose turn it is may do; it is zero when
// nobody is to act.
func (o *open) Options() Options {
	if o.toAct == NoPos {
		return Options{}
	}
	p := &o.places[o.toAct]
	owed := max(0, o.price-p.bet)
	options := Options{Call: min(owed, p.stack), Step: 1}
	if options.why = o.whyNoRaise(p, owed); options.why != 0 {
		options.Step = 0
		return options
	}
	options.MinTo, options.MaxTo = o.sizes(p, owed)
	return options
}

// whyNoRaise returns why a player may not raise, 0 if he may.
func (o *open) whyNoRaise(p *place, owed Chips) noRaise {
	fixed := o.Limit.Structure == FixedLimit
	switch {
	case p.stack <= owed:
		return stackTooShort
	case o.able().Len() < 2:
		return nobodyLeft
	case p.level != notActed && !fixed && o.price-p.level < o.increment:
		return notReopened
	case p.level != notActed && fixed && 2*(o.price-p.level) < o.fixedBet():
		return notReopened
	case fixed && int(o.bets) >= o.Limit.cap() && !(o.headsUp && o.Limit.UncappedHeadsUp):
		return capReached
	}
	return 0
}

// sizes returns the smallest and the largest total a player may bet or raise
// to. A stack that is too short for the smallest may go all-in.
func (o *open) sizes(p *place, owed Chips) (least, most Chips) {
	allIn := p.bet + p.stack
	switch o.Limit.Structure {
	case FixedLimit:
		least = o.full + o.fixedBet() // which completes a short all-in
		most = least
	case PotLimit:
		least = o.price + o.increment
		most = max(least, o.price+o.pot()+owed)
	default:
		least = o.price + o.increment
		most = allIn
	}
	return min(least, allIn), min(most, allIn)
}
