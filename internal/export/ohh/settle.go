package ohh

import (
	"errors"
	"fmt"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// ErrSums marks a hand whose chips do not add up, or that makes no sense in
// another way.
var ErrSums = errors.New("the hand does not add up")

// These bound the players and the actions of a hand that is settled.
const (
	maxPlayers = 100
	maxActions = 10_000
)

// Settle counts the chips of a hand and returns what each of its players has at
// the end, in their order, or an error wrapping ErrSums.
func (d *Document) Settle() ([]poker.Chips, error) {
	b := books{doc: d, index: map[int]int{}}
	if err := b.players(); err != nil {
		return nil, err
	}
	actions := 0
	for i, r := range d.Rounds {
		if r.ID != i {
			return nil, fmt.Errorf("%w: round %d has the ID %d", ErrSums, i, r.ID)
		}
		if err := b.show(r.Cards); err != nil {
			return nil, err
		}
		for j, a := range r.Actions {
			if actions++; actions > maxActions || a.Number != j+1 {
				return nil, fmt.Errorf("%w: %s: action %d has the number %d", ErrSums, r.Street, j+1, a.Number)
			}
			if err := b.act(r.Street, a); err != nil {
				return nil, fmt.Errorf("%s, action %d: %w", r.Street, a.Number, err)
			}
		}
	}
	return b.stacks, b.pay()
}

// books are the chips of a hand while it is settled.
type books struct {
	doc    *Document
	index  map[int]int // by ID
	stacks []poker.Chips
	// in is what has to be called, and dead what has not.
	in     []poker.Chips
	antes  []poker.Chips
	dead   poker.Chips
	folded []bool
	cards  eval.Hand
	holes  []eval.Hand
}

func (b *books) players() error {
	seats := map[int]bool{}
	for i, p := range b.doc.Players {
		if _, twice := b.index[p.ID]; twice || seats[p.Seat] || i >= maxPlayers || p.Stack < 0 || p.Stack > poker.MaxStack {
			return fmt.Errorf("%w: player %d in seat %d with %d", ErrSums, p.ID, p.Seat, p.Stack)
		}
		b.index[p.ID], seats[p.Seat] = i, true
		b.stacks = append(b.stacks, p.Stack)
	}
	n := len(b.stacks)
	b.in, b.antes, b.folded, b.holes = make([]poker.Chips, n), make([]poker.Chips, n), make([]bool, n), make([]eval.Hand, n)
	if b.doc.Hero != nil {
		if _, ok := b.index[*b.doc.Hero]; !ok {
			return fmt.Errorf("%w: there is no player %d", ErrSums, *b.doc.Hero)
		}
	}
	return nil
}

// show sees that no card is there twice.
func (b *books) show(cards []eval.Card) error {
	for _, c := range cards {
		if !c.Known() || b.cards.Has(c) {
			return fmt.Errorf("%w: the card %s", ErrSums, c)
		}
		b.cards |= c.Hand()
	}
	return nil
}

func (b *books) act(street string, a Action) error {
	i, ok := b.index[a.Player]
	if !ok {
		return fmt.Errorf("%w: there is no player %d", ErrSums, a.Player)
	}
	switch a.Action {
	case addedChips, sitsDown, standsUp:
		return nil
	case dealtCards, showsCards, mucksCards:
		if hole := eval.HandOf(a.Cards...); hole != 0 && hole == b.holes[i] {
			return nil // dealt, and now shown
		}
		b.holes[i] |= eval.HandOf(a.Cards...)
		return b.show(a.Cards)
	case bet:
		if street == preflop {
			return fmt.Errorf("%w: a bet before the flop is a raise", ErrSums)
		}
	}
	if b.folded[i] || a.Amount < 0 || a.Amount > b.stacks[i] || a.AllIn != (a.Amount > 0 && a.Amount == b.stacks[i]) {
		return fmt.Errorf("%w: player %d has %d: %s %d, all-in %t", ErrSums, a.Player, b.stacks[i], a.Action, a.Amount, a.AllIn)
	}
	b.stacks[i] -= a.Amount
	switch a.Action {
	case postDead:
		b.dead += a.Amount
	case postAnte:
		b.antes[i] += a.Amount
	default:
		b.in[i] += a.Amount
	}
	b.folded[i] = a.Action == fold
	return nil
}

// pay gives back what nobody called, and pays out the pots.
func (b *books) pay() error {
	sum := b.dead + b.settleAntes()
	most, next, owner := poker.Chips(0), poker.Chips(0), -1
	for i, in := range b.in {
		sum += in
		switch {
		case in > most:
			most, next, owner = in, most, i
		case in > next:
			next = in
		}
	}
	if owner >= 0 {
		b.stacks[owner] += most - next
		sum -= most - next
	}
	for _, p := range b.doc.Pots {
		if p.Amount < 0 || p.Amount > sum || p.Rake < 0 {
			return fmt.Errorf("%w: pot %d of %d, with %d left", ErrSums, p.Number, p.Amount, sum)
		}
		sum -= p.Amount
		left := p.Amount - p.Rake
		for _, w := range p.Wins {
			i, ok := b.index[w.Player]
			if !ok || w.Amount <= 0 || w.Amount > left || b.folded[i] {
				return fmt.Errorf("%w: pot %d: player %d wins %d", ErrSums, p.Number, w.Player, w.Amount)
			}
			b.stacks[i] += w.Amount
			left -= w.Amount
		}
		if left != 0 {
			return fmt.Errorf("%w: of pot %d %d are left", ErrSums, p.Number, left)
		}
	}
	if sum != 0 {
		return fmt.Errorf("%w: the pots hold %d less than was put in and called", ErrSums, sum)
	}
	return nil
}

// settleAntes counts antes with the bets where all post them. One that a player
// posts for all is dead.
func (b *books) settleAntes() poker.Chips {
	posted := 0
	var dead poker.Chips
	for _, a := range b.antes {
		dead += a
		if a > 0 {
			posted++
		}
	}
	if posted < 2 {
		return dead
	}
	for i, a := range b.antes {
		b.in[i] += a
	}
	return 0
}
