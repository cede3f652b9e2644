package poker

import "kibitz/internal/poker/eval"

// holdem: two hole cards, of which any number plays.
var holdem = Variant{
	Name:    "holdem",
	Hole:    2,
	Streets: flopStreets(),
	Ranking: eval.Ranking{High: eval.Holdem},
	Best:    func(hole, board eval.Hand) eval.Hand { return (hole | board).Best() },
}
