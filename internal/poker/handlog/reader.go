package handlog

import (
	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// Reader is for whom a hand is written.
type Reader struct {
	// Seat is where the reader sat, or game.NoSeat.
	Seat game.Seat
	// Everything is for who has the cards of all players anyway, as in a file
	// of their own. It is for no hand that was played here.
	Everything bool
	// Nameless names players by their seats.
	Nameless bool
}

// Spectator is the reader who may know only what everybody may know.
var Spectator = Reader{Seat: game.NoSeat}

// Sitting returns the reader who sat at a seat when the hand was dealt. Who came
// to the seat later is a spectator of the hand: that the reader is the same
// person is for the caller to see.
func Sitting(seat game.Seat) Reader { return Reader{Seat: seat} }

// place returns the reader's place in the hand, NoPos for who was not dealt in.
func (r Reader) place(players []poker.Player) poker.Pos {
	for i, p := range players {
		if p.Seat == r.Seat {
			return poker.Pos(i)
		}
	}
	return poker.NoPos
}

// knows reports whether the reader may know the hole cards of a place from the
// deal on.
func (r Reader) knows(p, hero poker.Pos) bool { return r.Everything || p == hero && p != poker.NoPos }
