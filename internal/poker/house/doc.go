// Package house plays poker for the house: four characters who play hold'em,
// Omaha and Omaha hi-lo in all structures at tables of any size.
//
// A character is told what its seat may see, a [Sight], and nothing else. Before
// the flop it follows charts, which are data; with few big blinds left it goes
// all-in or folds, by ranges that are nearly an equilibrium. After the flop it
// guesses what the others hold from what they did, estimates its share of the
// pot against that, and weighs folding, calling and several sizes of bets.
//
// Chance is handed in, and so is how much may be computed: the same sight with
// the same chance makes the same decision.
package house
