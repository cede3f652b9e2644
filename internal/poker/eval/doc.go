// Package eval compares poker hands: high hands of five to seven cards, Omaha
// hands that use exactly two hole cards, and lows of eight or better. It also
// counts what share of a pot known hands can expect.
//
// A hand is a set of cards in one word, and a score is a number: the higher
// one wins, equal ones split. Nothing here allocates on the way to a score.
package eval
