package game

import (
	"iter"
	"math/bits"
)

// Seat is a place at a table, counted from 0.
type Seat int8

// NoSeat is the seat of a spectator, and of nobody.
const NoSeat Seat = -1

// MaxSeats is the largest number of seats a table can have.
const MaxSeats = 16

// Other returns the opponent's seat at a table of two.
func (s Seat) Other() Seat { return 1 - s }

// Seats is a set of seats. The zero value is the empty set.
type Seats uint16

// SeatSet returns the set of the given seats; NoSeat is left out.
func SeatSet(seats ...Seat) Seats {
	var set Seats
	for _, s := range seats {
		if s != NoSeat {
			set |= 1 << s
		}
	}
	return set
}

// Has reports whether s is in the set.
func (set Seats) Has(s Seat) bool { return s >= 0 && s < MaxSeats && set&(1<<s) != 0 }

// Len returns the number of seats in the set.
func (set Seats) Len() int { return bits.OnesCount16(uint16(set)) }

// First returns the lowest seat of the set, or NoSeat when it is empty.
func (set Seats) First() Seat {
	if set == 0 {
		return NoSeat
	}
	return Seat(bits.TrailingZeros16(uint16(set)))
}

// All yields the seats of the set in ascending order.
func (set Seats) All() iter.Seq[Seat] {
	return func(yield func(Seat) bool) {
		for rest := set; rest != 0; rest &= rest - 1 {
			if !yield(rest.First()) {
				return
			}
		}
	}
}
