// Package poker plays hands of poker: hold'em, Omaha and Omaha hi-lo, without
// limit, with pot limit or with fixed limits, for two to ten players.
//
// A [Hand] is a deterministic state machine over an immutable value. Decide
// turns what a player asks for into events, Evolve folds one event into the
// next hand, and everything nobody decides (posting, dealing, turning cards
// over, paying out) follows by itself. All amounts are whole chips.
//
// [Rules] is a table as package game wants it: chairs, chips that come and go,
// the button, and hands that follow each other.
//
// What everybody may know of a hand and what nobody may know are two types:
// betting, pots and views for spectators are made of [open], which holds no
// face-down card.
package poker
