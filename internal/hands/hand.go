package hands

import (
	"time"

	"kibitz/internal/account"
	"kibitz/internal/game"
	"kibitz/internal/table"
)

// Format is what chips at a table are worth. It is stored; never rename one.
type Format string

// The formats: chips that are bought and taken along, and those of a
// tournament at one table.
const (
	Cash     Format = "cash"
	SitAndGo Format = "sng"
)

// Class is what hands are counted by.
type Class struct {
	// Variant and Limit are words of the game, as in "holdem" and "no-limit".
	Variant, Limit string
	Format         Format
}

// Hand is the row of a hand: nothing that not everybody may know who may know
// of it at all, but for the cards of Players.
type Hand struct {
	Key
	Kind game.Kind
	Class
	// Stakes is the small and the big blind, as in "5/10".
	Stakes string
	// Private means that only those may read it who played at the table.
	Private      bool
	Began, Ended time.Time
	// Pot is what was paid out, and Board the cards that lay in the middle at
	// the end, as in "2c7d9h".
	Pot   int64
	Board string
	// Seq is the last of the table's records that is in the record of the hand.
	Seq     table.Seq
	Players []Player
}

// Player is who was dealt in.
type Player struct {
	Seat game.Seat
	User account.ID
	// Name is that of the time of the hand.
	Name  string
	House bool
	// Net is chips won or lost, and Won those paid out of the pot.
	Net, Won int64
	// Showdown means that the player was in the hand at its end, and not alone.
	Showdown bool
	// Cards are the hole cards, which are for the player alone. They are empty
	// wherever somebody else reads.
	Cards string
}

// Seat returns where somebody sat, or game.NoSeat.
func (h *Hand) SeatOf(user account.ID) game.Seat {
	for _, p := range h.Players {
		if p.User == user && user != "" && !p.House {
			return p.Seat
		}
	}
	return game.NoSeat
}

// Counts are what somebody did in hands, by the names that the game gives them:
// they are added up, and never taken as ratios.
type Counts map[string]int64

// Add adds what was done in other hands.
func (c Counts) Add(d Counts) {
	for name, n := range d {
		c[name] += n
	}
}

// Tally is what somebody did in all hands of a class.
type Tally struct {
	User account.ID
	Class
	Counts Counts
	// Best is the hand that paid the most, and Won how much.
	Best Key
	Won  int64
}

// Take adds a hand in which the user was dealt in.
func (t *Tally) Take(h *Hand, p Player, did Counts) {
	t.Counts.Add(did)
	if p.Won > t.Won || p.Won == t.Won && p.Won > 0 && h.Key.less(t.Best) {
		t.Won, t.Best = p.Won, h.Key
	}
}
