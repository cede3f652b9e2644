// Package chess is the rules of chess: positions, legal moves, notations and
// the conditions that end a game, for standard chess and Chess960.
//
// A [Position] is a plain value of 160 bytes that never changes; playing a
// move makes a new one. A [History] adds the little past that the rules need
// to count repetitions. Everything here is pure: no clock, no I/O, no shared
// mutable state, so every read is safe from any number of goroutines.
//
// Numbers of roles, colours, squares and moves are stored in games and are
// therefore fixed for ever; new ones are only ever added.
package chess
