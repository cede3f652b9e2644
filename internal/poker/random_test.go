package poker_test

import (
	"math/rand/v2"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// randomSetup returns any hand: all variants, structures, table sizes and kinds
// of forced bets, with stacks from a chip to very many.
func randomSetup(rng *rand.Rand) poker.Setup {
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
	s.Posts = randomPosts(rng, n, big)
	return s
}

// randomPosts returns forced bets as a table makes them.
func randomPosts(rng *rand.Rand, n int, big poker.Chips) []poker.Post {
	var posts []poker.Post
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
	if n > 3 {
		switch rng.IntN(6) {
		case 0:
			add(2, poker.PostStraddle, 2*big)
		case 1:
			add(3, poker.PostDead, big/2)
			add(3, poker.PostExtra, big)
		}
	}
	return posts
}

// decision is what a player is to do.
type decision struct {
	pos    poker.Pos
	action poker.Action
}

// randomDecision returns a legal decision of somebody who has one to make.
func randomDecision(h *poker.Hand, rng *rand.Rand) decision {
	if asked := h.Asked(); asked != 0 {
		return decision{asked.First(), poker.Action{Act: poker.Run, Amount: poker.Chips(1 + min(1, rng.IntN(4)))}}
	}
	options := h.Options()
	d := decision{pos: h.ToAct(), action: poker.Action{Act: poker.Check}}
	if options.Call > 0 {
		d.action.Act = poker.Call
	}
	switch roll := rng.IntN(12); {
	case roll < 2 && options.Call > 0:
		d.action.Act = poker.Fold
	case roll < 5 && options.CanRaise():
		d.action = poker.Action{Act: poker.Raise, Amount: options.MinTo}
		if spread := options.MaxTo - options.MinTo; roll == 3 {
			d.action.Amount += poker.Chips(rng.Int64N(int64(spread) + 1))
		} else if roll == 4 && rng.IntN(3) == 0 {
			d.action.Amount = options.MaxTo
		}
	}
	return d
}
