// Package phh reads and writes poker hands in the Poker Hand History format,
// version 0.0.2, and plays them through the rules of package poker.
//
// Its variants are those that package poker has: NT, FT, PO and FO/8.
package phh
