package handlog

import (
	"strconv"
	"time"

	"kibitz/internal/poker"
)

// Heading is what a hand is called.
type Heading struct {
	// ID is the hand's own name, for ever, as in "Ab3dEf6h-17".
	ID string
	// Serial is a number of at least twelve digits that names the hand for
	// ever, for programs that know no other names.
	Serial int64
	// Table is the name of the table, and Seats how many it has.
	Table string
	Seats int
	// Number counts the hands of the table from 1.
	Number int
	// At is when the hand began.
	At time.Time
	// Small is the small blind of the stakes, also where nobody posted it; 0
	// takes what was posted.
	Small poker.Chips
	// Tournament is nil at a cash table.
	Tournament *Tournament
}

// Tournament is what a hand of a tournament is part of.
type Tournament struct {
	// Serial is as in Heading.
	Serial int64
	Name   string
	Start  time.Time
	// BuyIn is what a place cost, without the fee, and Stack what it began with.
	BuyIn, Fee, Stack poker.Chips
	// Level counts from 1.
	Level int
}

const (
	// leastSerial has twelve digits: users of trackers had hands refused, and
	// counted twice, that had other numbers.
	leastSerial = 100_000_000_000
	// serials keeps all of them below 10 to the 18th, which fits everywhere.
	serials = 999_999_900_000_000_000 - leastSerial
)

// Name returns the ID and the Serial of a hand of a table.
func Name(table string, number int) (id string, serial int64) {
	id = table + "-" + strconv.Itoa(number)
	return id, Serial(id)
}

// Serial returns a number for a name, the same for ever: the 64 bits of FNV-1a,
// mixed. Two of a million hands share a number once in two million times.
func Serial(name string) int64 {
	sum := uint64(14695981039346656037)
	for i := range len(name) {
		sum = (sum ^ uint64(name[i])) * 1099511628211
	}
	sum ^= sum >> 32
	sum *= 0x9e3779b97f4a7c15
	sum ^= sum >> 29
	return leastSerial + int64(sum%serials)
}
