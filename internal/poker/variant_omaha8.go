package poker

import "kibitz/internal/poker/eval"

// omahaEight is Omaha where half of the pot goes to the best low of eight or
// better.
var omahaEight = Variant{
	Name:    "omaha8",
	Hole:    4,
	Streets: flopStreets(),
	Ranking: eval.Ranking{High: eval.Omaha, Low: eval.OmahaLow},
	Best:    eval.OmahaBest,
}
