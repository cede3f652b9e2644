package house

import (
	"fmt"
	"slices"
	"strings"

	"kibitz/internal/poker/eval"
)

// trait is something about four hole cards that counts in Omaha.
type trait int

// The traits, in the order of their names in traitNames. Those of ranks and of
// gaps follow on the first of their kind.
const (
	traitRank  trait = 0
	traitGap   trait = traitRank + ranks
	traitPair  trait = traitGap + 4 // two cards of a rank
	traitHigh  trait = traitPair + 1
	traitTrips trait = traitHigh + 1
	traitSuit  trait = traitTrips + 1 // two, three or four cards of a suit
	traitTop   trait = traitSuit + 3
	traitAce   trait = traitTop + 1
	traitLow   trait = traitAce + 1 // two, three or four ranks up to the eight
	traitNut   trait = traitLow + 3 // ace and deuce, ace and three, and with another low card
	traits     trait = traitNut + 4
)

// traitNames are those in omaha.txt.
var traitNames = [traits]string{
	"rank2", "rank3", "rank4", "rank5", "rank6", "rank7", "rank8", "rank9", "rankT", "rankJ", "rankQ", "rankK", "rankA",
	"gap1", "gap2", "gap3", "gap4", "pair", "pairrank", "trips", "suit2", "suit3", "suit4", "suittop", "suitace",
	"low2", "low3", "low4", "A2", "A3", "A23", "A2x",
}

// omahaWorth is what each trait is worth, in thousandths of a pot that four
// play for.
type omahaWorth struct {
	worth [traits]int
	// quantiles are the values that parts of all hands exceed, the best first.
	quantiles []int
}

// parseOmaha reads the worths of high-only Omaha, or those of hi-lo.
func parseOmaha(text string, hilo bool) (*omahaWorth, error) {
	o := new(omahaWorth)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for _, line := range lines {
		var name string
		var high, split int
		if _, err := fmt.Sscan(line, &name, &high, &split); err != nil {
			return nil, fmt.Errorf("worths of Omaha: %.40q: %w", line, err)
		}
		i := slices.Index(traitNames[:], name)
		if i < 0 {
			return nil, fmt.Errorf("worths of Omaha: there is no trait %.20q", name)
		}
		o.worth[i] = high
		if hilo {
			o.worth[i] = split
		}
	}
	o.rank()
	return o, nil
}

// rank finds the quantiles from every so many-th of all hands.
func (o *omahaWorth) rank() {
	const stride = 29 // not a divisor of anything that matters
	n := 0
	for a := eval.Card(0); a < eval.DeckSize; a++ {
		for b := range a {
			for c := range b {
				for d := range c {
					if n++; n%stride == 0 {
						o.quantiles = append(o.quantiles, o.value(eval.HandOf(a, b, c, d)))
					}
				}
			}
		}
	}
	slices.Sort(o.quantiles)
	slices.Reverse(o.quantiles)
}

// percentile returns which part of all hands is better, from 0 to 1.
func (o *omahaWorth) percentile(h eval.Hand) float64 {
	i, _ := slices.BinarySearchFunc(o.quantiles, o.value(h), func(q, v int) int { return v - q })
	return float64(i) / float64(len(o.quantiles))
}

// value adds up the traits of four cards.
func (o *omahaWorth) value(h eval.Hand) int {
	var rank [ranks]int
	var suit [4][]eval.Rank
	var room [16]eval.Rank
	for s := range suit {
		suit[s] = room[4*s : 4*s : 4*s+4]
	}
	for c := range h.All() {
		rank[c.Rank()]++
		suit[c.Suit()] = append(suit[c.Suit()], c.Rank())
	}
	return o.ofRanks(&rank) + o.ofSuits(&suit) + o.ofLows(&rank)
}

func (o *omahaWorth) ofRanks(rank *[ranks]int) int {
	sum := 0
	for r, n := range rank {
		if n == 0 {
			continue
		}
		sum += min(n, 2) * o.worth[traitRank+trait(r)]
		switch n {
		case 2:
			sum += o.worth[traitPair] + r*o.worth[traitHigh]
		case 3, 4:
			sum += (n - 2) * o.worth[traitTrips]
		}
		for gap := 1; gap <= 4 && r+gap < ranks; gap++ {
			if rank[r+gap] > 0 {
				sum += o.worth[traitGap+trait(gap-1)]
			}
		}
	}
	return sum
}

// ofSuits counts suits of two cards or more; the last card is the highest.
func (o *omahaWorth) ofSuits(suit *[4][]eval.Rank) int {
	sum := 0
	for _, s := range suit {
		if len(s) < 2 {
			continue
		}
		top := s[len(s)-1]
		sum += o.worth[traitSuit+trait(len(s)-2)] + int(top)*o.worth[traitTop]
		if top == ranks-1 {
			sum += o.worth[traitAce]
		}
	}
	return sum
}

func (o *omahaWorth) ofLows(rank *[ranks]int) int {
	lows := 0
	for r, n := range rank {
		if n > 0 && (r <= 6 || r == ranks-1) {
			lows++
		}
	}
	sum := 0
	if lows >= 2 {
		sum += o.worth[traitLow+trait(lows-2)]
	}
	ace, two, three := rank[ranks-1] > 0, rank[0] > 0, rank[1] > 0
	if !ace {
		return sum
	}
	switch {
	case two:
		sum += o.worth[traitNut]
	case three:
		sum += o.worth[traitNut+1]
	}
	switch {
	case two && three:
		sum += o.worth[traitNut+2]
	case (two || three) && rank[2]+rank[3] > 0:
		sum += o.worth[traitNut+3]
	}
	return sum
}
