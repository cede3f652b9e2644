// Package stats counts what players do in hands of poker: how often they enter
// a pot, raise, go to the showdown, and what they win and could expect to win.
//
// Only counts are kept, never ratios, so that those of many hands can be added
// up. They are made from what everybody may know of a hand.
package stats
