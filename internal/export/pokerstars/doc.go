// Package pokerstars writes hands of poker as text in the manner of PokerStars,
// which every tracker, converter and replayer reads. There is no description of
// it by its makers; what is known is in the testdata of this package and in its
// tests, which read every line again.
//
// A file is for one player and has only that player's cards, and lines end in
// CR LF.
package pokerstars
