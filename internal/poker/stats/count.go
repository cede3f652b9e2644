package stats

import (
	"errors"
	"fmt"
	"math"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// ErrUnfinished marks events that are no finished hand.
var ErrUnfinished = errors.New("not a finished hand")

// Sampling is how the cards to come are averaged before the flop; from the flop
// on all of them are counted.
type Sampling struct {
	// Boards is how many are drawn. With 10,000 the error is about half a
	// hundredth of the pot.
	Boards int
	// Chance draws them. To count a hand again with the same outcome, it must
	// be seeded from the hand.
	Chance eval.Chance
}

// Count returns what each player did in a finished hand, by place, or an error
// wrapping ErrUnfinished or game.ErrMalformed. Of events that are not of the
// hand nothing is counted.
func Count(setup poker.Setup, events []game.Event, s Sampling) ([]Counts, error) {
	start, err := poker.NewHand(setup)
	if err != nil {
		return nil, err
	}
	t := tally{
		hand: start, setup: setup, sampling: s, counts: make([]Counts, len(setup.Players)), firstRaiser: poker.NoPos, lastRaiser: poker.NoPos,
		big: poker.NoPos,
	}
	for i, e := range events {
		if err := t.add(e); err != nil {
			return nil, fmt.Errorf("event %d, %s: %w", i, e.EventType(), err)
		}
	}
	if !t.hand.Over() {
		return nil, ErrUnfinished
	}
	t.finish()
	return t.counts, nil
}

// tally counts one hand.
type tally struct {
	hand     poker.Hand
	setup    poker.Setup
	sampling Sampling
	counts   []Counts
	// big is who posted the big blind.
	big poker.Pos
	// street counts from 0 before the flop; raises are those before the flop,
	// and bet means that somebody has bet on this street.
	street                  int
	raises                  int
	firstRaiser, lastRaiser poker.Pos
	bet                     bool
	entered                 poker.PosSet
	raised                  poker.PosSet
	folded                  poker.PosSet
	hole                    [poker.MaxPlayers]eval.Hand
	board                   eval.Hand
	won                     [poker.MaxPlayers]poker.Chips
	// expected is what each could expect of the pots, once all was face up.
	expected []float64
}

func (t *tally) live() poker.PosSet { return (1<<len(t.counts) - 1) &^ t.folded }

func (t *tally) add(e game.Event) error {
	switch e := e.(type) {
	case poker.Posted:
		if e.Kind == poker.PostBig {
			t.big = e.Pos
		}
	case poker.Acted:
		if int(e.Pos) >= len(t.counts) || e.Pos < 0 {
			return fmt.Errorf("%w: there is no player %d", game.ErrMalformed, e.Pos)
		}
		t.act(e)
	case poker.Turned:
		if e.Run == 0 {
			t.turn(e)
		}
	case poker.Shown:
		t.hole[e.Pos] = eval.HandOf(e.Cards...)
	case poker.Awarded:
		for _, s := range e.Shares {
			t.won[s.Pos] += s.Amount
		}
	}
	t.hand = t.hand.Evolve(e)
	return nil
}

// act counts a decision.
func (t *tally) act(e poker.Acted) {
	aggressive := e.Act == poker.Bet || e.Act == poker.Raise
	if t.street == 0 {
		t.early(e, aggressive)
	} else {
		t.later(e, aggressive)
	}
	t.bet = t.bet || aggressive
	if e.Act == poker.Fold {
		t.folded |= 1 << e.Pos
	}
}

// early counts a decision before the flop.
func (t *tally) early(e poker.Acted, aggressive bool) {
	c := &t.counts[e.Pos]
	switch {
	case t.raises == 1 && t.lastRaiser != e.Pos && t.hand.Options().CanRaise():
		c.ReraiseChances++
		if aggressive {
			c.Reraised++
		}
	case t.raises == 2 && t.firstRaiser == e.Pos && t.lastRaiser != e.Pos:
		c.FacedReraise++
		if e.Act == poker.Fold {
			c.FoldedToReraise++
		}
	}
	if aggressive || e.Act == poker.Call {
		t.entered |= 1 << e.Pos
	}
	if aggressive {
		t.raised |= 1 << e.Pos
		t.raises++
		t.lastRaiser = e.Pos
		if t.raises == 1 {
			t.firstRaiser = e.Pos
		}
	}
}

// later counts a decision after the flop.
func (t *tally) later(e poker.Acted, aggressive bool) {
	c := &t.counts[e.Pos]
	if t.street == 1 && e.Pos == t.lastRaiser && !t.bet && t.hand.Options().CanRaise() {
		c.ContinueChances++
		if aggressive {
			c.Continued++
		}
	}
	switch {
	case aggressive:
		c.Bets++
	case e.Act == poker.Call:
		c.Calls++
	case e.Act == poker.Fold:
		c.Folds++
	}
}

// turn opens a street. When all who can win have shown before it, the rest is
// left to the cards.
func (t *tally) turn(e poker.Turned) {
	t.expect()
	t.street++
	t.bet = false
	t.board |= eval.HandOf(e.Cards...)
	if t.street == 1 {
		for p := range t.live().All() {
			t.counts[p].Flops++
		}
	}
}

// expect notes what everybody can expect, when that is settled but for the
// cards to come.
func (t *tally) expect() {
	live := t.live()
	if t.expected != nil || live.Len() < 2 {
		return
	}
	for p := range live.All() {
		if t.hole[p] == 0 {
			return
		}
	}
	expected := make([]float64, len(t.counts))
	for _, pot := range t.hand.Pots() {
		contest := eval.Contest{Ranking: poker.FindVariant(t.setup.Variant).Ranking, Board: t.board}
		var players []poker.Pos
		for p := range live.All() {
			if pot.Eligible.Has(p) {
				players = append(players, p)
				contest.Holes = append(contest.Holes, t.hole[p])
			} else {
				contest.Dead |= t.hole[p]
			}
		}
		equities, err := contest.Equity(t.sampling.Boards, t.sampling.Chance)
		if err != nil {
			return // the cards are of no deck; what was won stands
		}
		for i, p := range players {
			expected[p] += float64(pot.Amount) * equities[i].Share
		}
	}
	t.expected = expected
}

// finish counts what is known at the end.
func (t *tally) finish() {
	live := t.live()
	for i := range t.counts {
		p, c := poker.Pos(i), &t.counts[i]
		c.Hands = 1
		if p == t.big && live == 1<<p && t.entered == 0 && t.street == 0 {
			c.Walks = 1
		}
		c.Entered, c.Raised = one(t.entered.Has(p)), one(t.raised.Has(p))
		if live.Len() > 1 && live.Has(p) {
			c.Showdowns, c.ShowdownsWon = 1, one(t.won[p] > 0)
		}
		net := t.hand.Stack(p) - t.setup.Players[i].Stack
		c.Net = int64(net)
		c.NetMilli = t.milli(float64(net))
		c.ExpectedMilli = c.NetMilli
		if t.expected != nil && live.Has(p) {
			c.AllIns = 1
			c.ExpectedMilli = t.milli(float64(net-t.won[p]) + t.expected[i])
		}
	}
}

// milli returns chips in thousandths of the big blind.
func (t *tally) milli(chips float64) int64 {
	return int64(math.Round(chips * 1000 / float64(t.setup.Limit.BigBlind)))
}

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}
