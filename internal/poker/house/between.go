package house

import (
	"fmt"

	"kibitz/internal/poker"
)

// The actions of a table that characters take.
const (
	typeBuy   = "buy"
	typeSitIn = "sit-in"
	typeLeave = "leave"
)

// run answers how often the rest of the board is dealt.
func (c *Character) run() Decision {
	times := poker.Chips(1)
	if c.twice {
		times = 2
	}
	return Decision{Type: string(poker.Run), Amount: times, Hard: 0.2}
}

// show turns the cards over after a hand that was won without a showdown, now
// and then. It is a matter of the cards and not of chance, so that asking again
// gives the same answer.
func (c *Character) show(s *Sight, view *poker.View, pos poker.Pos) Decision {
	me := &view.Players[pos]
	if len(me.Cards) > 0 || me.Won == 0 || me.Mucked {
		return Decision{}
	}
	d := dice{uint64(s.Table.Number)}
	for _, card := range view.You.Cards {
		d.state = d.next() ^ uint64(card)
	}
	if d.often(c.reveal) {
		return Decision{Type: string(poker.Show), Hard: 0.1}
	}
	return Decision{}
}

// Between returns what a character does at the table apart from the hand: it
// buys chips when it is short, sits in when it was put out, and leaves a cash
// table when there are only house players left. Otherwise it stays, and does
// nothing.
func (h *House) Between(s Sight, who Character) Decision {
	chair, ok := s.chair()
	stakes := &s.Table.Stakes
	playing := s.Table.Hand != nil && !s.Table.Hand.Over && s.Table.Hand.You != nil
	cash := stakes.MaxBuyIn > 0
	switch {
	case !ok || s.Table.Result != nil || chair.Leaving || playing:
		return Decision{}
	case s.People == 0 && chair.Taken && cash:
		return Decision{Type: typeLeave}
	case s.People == 0:
		return Decision{}
	case !cash && !chair.Taken && s.Table.Number == 0:
		return Decision{Type: typeBuy, Amount: stakes.Entry}
	}
	if d := who.buy(chair, stakes); d.Type != "" {
		return d
	}
	if chair.Taken && chair.Stack > 0 && (chair.Out || who.posts && !chair.Posts && (chair.OwesBig || chair.OwesSmall)) {
		return Decision{Type: typeSitIn, Post: who.posts}
	}
	return Decision{}
}

// buy brings chips to the table when there are few.
func (c *Character) buy(chair poker.Chair, stakes *poker.Stakes) Decision {
	most, has := stakes.MaxBuyIn, chair.Stack+chair.Coming
	if most == 0 || 100*has >= most*poker.Chips(c.refill) {
		return Decision{}
	}
	target := max(stakes.MinBuyIn, most*poker.Chips(c.buys)/100)
	least := max(1, stakes.MinBuyIn-has)
	chips := min(target-has, most-has)
	if chips < least {
		return Decision{}
	}
	return Decision{Type: typeBuy, Amount: chips}
}

// String names the decision, for logs and tests.
func (d Decision) String() string {
	if d.Amount == 0 {
		return d.Type
	}
	return fmt.Sprintf("%s %d", d.Type, d.Amount)
}
