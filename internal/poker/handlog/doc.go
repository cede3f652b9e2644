// Package handlog is finished hands of poker as data: who played, what
// happened in which order with which amounts, and the cards that one reader may
// know.
//
// A [Source] is what the table has. [New] makes of it the [Hand] of one reader;
// a card that the reader may not know has no place in it, so that whatever is
// written of a Hand can be handed out.
package handlog
