package handtest

import (
	"errors"
	"math/rand/v2"
	"slices"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Played is a hand that was played to its end.
type Played struct {
	Setup  poker.Setup
	Events []game.Event
	End    poker.Hand
}

// errEndless marks a hand that does not end, which is a fault of the rules.
var errEndless = errors.New("the hand does not end")

// maxDecisions is more than any hand can take with stacks as random ones.
const maxDecisions = 2000

// Random plays the hand of a seed: any variant, structure, number of players
// and kind of forced bets, with stacks from a chip to very many.
func Random(seed uint64) (Played, error) {
	rng := rand.New(rand.NewPCG(seed, 77))
	return Play(setup(rng), rng)
}

// Play plays a hand at random. Now and then somebody shows when it is over.
func Play(s poker.Setup, rng *rand.Rand) (Played, error) {
	start, err := poker.NewHand(s)
	if err != nil {
		return Played{}, err
	}
	p := Played{Setup: s, End: start}
	events, err := start.Start(poker.Shuffle(rng))
	if err != nil {
		return p, err
	}
	p.add(events)
	for n := 0; !p.End.Over(); n++ {
		if n == maxDecisions {
			return p, errEndless
		}
		if events, err = p.End.Decide(decision(&p.End, rng)); err != nil {
			return p, err
		}
		p.add(events)
	}
	if rng.IntN(10) == 0 {
		who := poker.Pos(rng.IntN(len(s.Players)))
		if events, err = p.End.Decide(who, poker.Action{Act: poker.Show}); err == nil {
			p.add(events)
		}
	}
	return p, nil
}

func (p *Played) add(events []game.Event) {
	for _, e := range events {
		p.End = p.End.Evolve(e)
	}
	p.Events = append(p.Events, events...)
}

// decision returns a legal decision of somebody who has one to make.
func decision(h *poker.Hand, rng *rand.Rand) (poker.Pos, poker.Action) {
	if asked := h.Asked(); asked != 0 {
		return asked.First(), poker.Action{Act: poker.Run, Amount: poker.Chips(1 + min(1, rng.IntN(4)))}
	}
	options := h.Options()
	action := poker.Action{Act: poker.Check}
	if options.Call > 0 {
		action.Act = poker.Call
	}
	switch roll := rng.IntN(12); {
	case roll < 2 && options.Call > 0:
		action.Act = poker.Fold
	case roll < 5 && options.CanRaise():
		action = poker.Action{Act: poker.Raise, Amount: options.MinTo}
		if spread := options.MaxTo - options.MinTo; roll == 3 {
			action.Amount += poker.Chips(rng.Int64N(int64(spread) + 1))
		} else if roll == 4 && rng.IntN(3) == 0 {
			action.Amount = options.MaxTo
		}
	}
	return h.ToAct(), action
}

func setup(rng *rand.Rand) poker.Setup {
	variants := poker.Variants()
	big := poker.Chips(1 + rng.IntN(20))
	s := poker.Setup{
		Variant: variants[rng.IntN(len(variants))].Name,
		Limit:   poker.Limit{Structure: poker.Structure(1 + rng.IntN(3)), BigBlind: big, StraddleRaise: rng.IntN(2) == 0},
		Runs:    rng.IntN(3),
	}
	if s.Limit.Structure == poker.FixedLimit {
		s.Limit.SmallBet, s.Limit.BigBet = big, 2*big
		s.Limit.Cap, s.Limit.UncappedHeadsUp = rng.IntN(6), rng.IntN(2) == 0
	}
	n := poker.MinPlayers + rng.IntN(poker.MaxPlayers-poker.MinPlayers+1)
	depth := 1 + rng.IntN(200)
	for i := range n {
		stack := 1 + poker.Chips(rng.IntN(depth))*big/poker.Chips(1+rng.IntN(3))
		s.Players = append(s.Players, poker.Player{Seat: game.Seat(i), Stack: stack, ShowLosing: rng.IntN(9) == 0})
	}
	s.Posts = posts(rng, s.Players, big)
	return s
}

// posts returns forced bets in the order in which a table takes them. Nobody
// straddles who cannot pay it.
func posts(rng *rand.Rand, players []poker.Player, big poker.Chips) []poker.Post {
	var posts []poker.Post
	n := len(players)
	add := func(p int, kind poker.PostKind, amount poker.Chips) {
		if amount > 0 {
			posts = append(posts, poker.Post{Pos: poker.Pos(p), Kind: kind, Amount: amount})
		}
	}
	small, bb := 0, 1
	if n == 2 {
		small, bb = 1, 0
	}
	switch rng.IntN(4) {
	case 0:
		for i := range n {
			add(i, poker.PostAnte, 1+big/8)
		}
	case 1:
		add(bb, poker.PostDead, big)
	}
	if rng.IntN(6) > 0 {
		add(small, poker.PostSmall, big/2)
	}
	add(bb, poker.PostBig, big)
	if n < 4 {
		return posts
	}
	straddle := func(p int) {
		if players[p].Stack > 3*big {
			add(p, poker.PostStraddle, 2*big)
		}
	}
	switch rng.IntN(8) {
	case 0:
		straddle(2)
	case 1:
		add(3, poker.PostDead, big/2)
		add(3, poker.PostExtra, big)
	case 2:
		add(n-1, poker.PostDead, big/2)
	case 3:
		straddle(n - 1)
	}
	return posts
}

// Shuffled returns the events with the hole cards that are not known, and the
// cards that were never dealt, in another order: what everybody saw is the
// same.
func (p Played) Shuffled(known poker.PosSet, rng *rand.Rand) []game.Event {
	var public eval.Hand
	for _, e := range p.Events {
		switch e := e.(type) {
		case poker.Turned:
			public |= eval.HandOf(e.Cards...)
		case poker.Shown:
			public |= eval.HandOf(e.Cards...)
		}
	}
	events := slices.Clone(p.Events)
	for i, e := range events {
		if dealt, ok := e.(poker.Dealt); ok {
			events[i] = poker.Dealt{Deck: p.shuffle(dealt.Deck, known, public, rng)}
		}
	}
	return events
}

func (p Played) shuffle(deck poker.Deck, known poker.PosSet, public eval.Hand, rng *rand.Rand) poker.Deck {
	n := len(p.Setup.Players)
	holes := n * poker.FindVariant(p.Setup.Variant).Hole
	var free []int
	for i, c := range deck {
		if mine := i < holes && known.Has(poker.Pos(i%n)); !mine && !public.Has(c) {
			free = append(free, i)
		}
	}
	rng.Shuffle(len(free), func(a, b int) {
		deck[free[a]], deck[free[b]] = deck[free[b]], deck[free[a]]
	})
	return deck
}
