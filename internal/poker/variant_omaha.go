package poker

import "kibitz/internal/poker/eval"

// omaha: four hole cards, of which exactly two play.
var omaha = Variant{
	Name:    "omaha",
	Hole:    4,
	Streets: flopStreets(),
	Ranking: eval.Ranking{High: eval.Omaha},
	Best:    eval.OmahaBest,
}
