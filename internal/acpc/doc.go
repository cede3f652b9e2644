// Package acpc speaks the dealer protocol of the Annual Computer Poker
// Competition, version 2.0.0, so that programs written for it can sit down: a
// line for every state of a hand, and a line back for every decision.
//
// Places count as poker.Pos does, and no card is in a line that its seat may not
// see: lines are made of nothing but the views of that seat. Antes and dead
// blinds have no place in the protocol; they are left out of its amounts.
package acpc
