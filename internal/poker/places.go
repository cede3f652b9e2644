package poker

import (
	"cmp"
	"slices"

	"kibitz/internal/game"
)

// usualPayouts are the shares of the places, in percent, by how many entered.
func usualPayouts(entrants int) []int {
	switch {
	case entrants <= 3:
		return []int{100}
	case entrants <= 6:
		return []int{65, 35}
	}
	return []int{50, 30, 20}
}

// prizes divides the pool, the first place first. What cannot be divided goes
// to the first.
func (s *state) prizes() []Chips {
	shares := s.stakes.Payouts
	if len(shares) == 0 {
		shares = usualPayouts(s.entrants)
	}
	shares = shares[:min(len(shares), s.entrants)]
	pool := s.stakes.Entry * Chips(s.entrants)
	prizes, rest := make([]Chips, s.entrants), pool
	for i, share := range shares {
		prizes[i] = pool * Chips(share) / 100
		rest -= prizes[i]
	}
	if len(prizes) > 0 {
		prizes[0] += rest
	}
	return prizes
}

// Chips are all that people brought and nobody took away: at a cash table the
// stacks and the pot, elsewhere the entries without the prizes.
func (s *state) Chips() int64 {
	if s.stakes.freezeout() {
		return int64(s.stakes.Entry*Chips(s.entrants) - s.course.Paid)
	}
	var sum Chips
	for i := range game.Seat(s.n) {
		sum += s.chipsOf(i) + s.chairs[i].Coming
	}
	if s.running() {
		sum += s.hand.pot()
	}
	return int64(sum)
}

// contender is somebody whose place is being decided.
type contender struct {
	seat game.Seat
	// stack is what decides: at the end, or for who lost it, at the beginning
	// of the hand.
	stack Chips
}

// place ranks contenders for the places from first on. Who had as many chips
// shares places and prizes; odd chips go to the first of them in order of
// seats.
func (s *state) place(list []contender, first int) []game.Event {
	slices.SortStableFunc(list, func(a, b contender) int { return cmp.Compare(b.stack, a.stack) })
	prizes := s.prizes()
	var events []game.Event
	for i := 0; i < len(list); {
		n := 1
		for i+n < len(list) && list[i+n].stack == list[i].stack {
			n++
		}
		var sum Chips
		for j := range n {
			sum += prizes[min(first-1+i+j, len(prizes)-1)]
		}
		for j := range n {
			prize := sum / Chips(n)
			if Chips(j) < sum%Chips(n) {
				prize++
			}
			events = append(events, Placed{Seat: list[i+j].seat, Place: first + i, Prize: prize})
		}
		i += n
	}
	return events
}

// busted returns those who lost their last chips in the hand that is over.
func (s *state) busted() []contender {
	var list []contender
	for i, p := range s.hand.Players {
		if c := &s.chairs[p.Seat]; c.Taken && c.Stack == 0 && s.dealtIn.Has(p.Seat) {
			list = append(list, contender{p.Seat, s.hand.Players[i].Stack})
		}
	}
	slices.SortFunc(list, func(a, b contender) int { return cmp.Compare(a.seat, b.seat) })
	return list
}

// rest returns everybody who still has chips.
func (s *state) rest() []contender {
	var list []contender
	for i := range game.Seat(s.n) {
		if c := &s.chairs[i]; c.Taken && s.stackOf(i) > 0 {
			list = append(list, contender{i, s.stackOf(i)})
		}
	}
	return list
}
