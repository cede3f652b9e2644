package house

import (
	"math/rand/v2"

	"kibitz/internal/poker/eval"
)

// duels is what share of the pot a cell wins against another one when both are
// all-in before the flop, from samples.
type duels [cells][cells]float64

// measureDuels deals so many boards for every two cells.
func measureDuels(boards int) *duels {
	rng := rand.New(rand.NewPCG(11, 12))
	d := new(duels)
	for a := cell(0); a < cells; a++ {
		for b := cell(0); b <= a; b++ {
			share := 0.0
			for range boards {
				share += duel(a, b, rng)
			}
			d[a][b] = share / float64(boards)
			d[b][a] = 1 - d[a][b]
		}
		d[a][a] = 0.5
	}
	return d
}

// duel plays two cells against each other once.
func duel(a, b cell, rng *rand.Rand) float64 {
	x := dealCell(a, 0, rng)
	y := dealCell(b, x, rng)
	board := x | y
	for board.Len() < 9 {
		board |= eval.Card(rng.IntN(eval.DeckSize)).Hand()
	}
	switch s, t := (board &^ y).Score(), (board &^ x).Score(); {
	case s > t:
		return 1
	case s == t:
		return 0.5
	}
	return 0
}

// dealCell returns a random hand of a cell that has none of the used cards; for
// the same pair twice there always is one.
func dealCell(c cell, used eval.Hand, rng *rand.Rand) eval.Hand {
	row, column := eval.Rank(c/ranks), eval.Rank(c%ranks)
	for {
		s, t := eval.Suit(rng.IntN(4)), eval.Suit(rng.IntN(4))
		if row > column {
			t = s
		}
		if row <= column && s == t {
			continue
		}
		h := eval.HandOf(eval.NewCard(row, s), eval.NewCard(column, t))
		if h&used == 0 {
			return h
		}
	}
}

// against returns the share of a cell against so many random hands.
func against(c cell, players, deals int) float64 {
	rng := rand.New(rand.NewPCG(uint64(c), 13))
	share := 0.0
	for range deals {
		mine := dealCell(c, 0, rng)
		used := mine
		draw := func(n int) eval.Hand {
			h := used
			for used.Len() < h.Len()+n {
				used |= eval.Card(rng.IntN(eval.DeckSize)).Hand()
			}
			return used &^ h
		}
		board := draw(5)
		me, ties := (mine | board).Score(), 1
		for range players {
			switch s := (draw(2) | board).Score(); {
			case s > me:
				ties = 0
			case s == me && ties > 0:
				ties++
			}
			if ties == 0 {
				break
			}
		}
		if ties > 0 {
			share += 1 / float64(ties)
		}
	}
	return share
}
