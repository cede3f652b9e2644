package poker

import "kibitz/internal/game"

// The facts of a table. Everybody may know all of them. Their types and their
// JSON are stored for ever.
type (
	// HandBegan begins a hand. It has all there is to know of the table then,
	// so that a table can be read from its last one on.
	HandBegan struct {
		// Number counts the hands of the table from 1, and Ply the decisions
		// before this one.
		Number int `json:"number"`
		Ply    int `json:"ply"`
		// Button, Small and Big are seats, which may be empty but for Big.
		Button game.Seat `json:"button"`
		Small  game.Seat `json:"small"`
		Big    game.Seat `json:"big"`
		Chairs []Chair   `json:"chairs"`
		Hand   Setup     `json:"hand"`
		Course
	}
	// Course is how far a table is besides its seats.
	Course struct {
		// At is when the hand began, in Unix milliseconds, and Played the
		// milliseconds of play before it.
		At     int64 `json:"at,omitempty"`
		Played int64 `json:"played,omitempty"`
		// Level counts from 0, and Breaks are those that have been.
		Level  int `json:"level,omitempty"`
		Breaks int `json:"breaks,omitempty"`
		// Pots is all that was in the pots of the hands before.
		Pots Chips `json:"pots,omitempty"`
		// Paid is all prizes that were paid.
		Paid Chips `json:"paid,omitempty"`
		// Entrants is how many paid for a seat where nobody can buy in.
		Entrants int `json:"entrants,omitempty"`
	}
	// Rested is the beginning of a break, after which there were so many.
	Rested struct {
		Breaks  int `json:"breaks"`
		Seconds int `json:"seconds"`
		// At is when it ends, in Unix milliseconds.
		At     int64 `json:"at"`
		Played int64 `json:"played"`
	}
	// Bought is chips that came to the table.
	Bought struct {
		Seat  game.Seat `json:"seat"`
		Chips Chips     `json:"chips"`
		// Later means that they count from the next hand.
		Later bool `json:"later,omitempty"`
		// Entry is what the player paid where the chips are only those of a
		// tournament, and Tournament says that this is so.
		Entry      Chips `json:"entry,omitempty"`
		Tournament bool  `json:"tournament,omitempty"`
	}
	// Wished is a wish of a player that holds from now on, or does not any
	// more: "straddle", "show", or "out-next".
	Wished struct {
		Seat game.Seat `json:"seat"`
		Wish string    `json:"wish"`
		On   bool      `json:"on"`
	}
	// Protected is extra time for a player who lost the connection.
	Protected struct {
		Seat game.Seat `json:"seat"`
	}
	// Placed is the place of a player in a tournament, from 1, and the prize.
	// Who shares a place has the same.
	Placed struct {
		Seat  game.Seat `json:"seat"`
		Place int       `json:"place"`
		Prize Chips     `json:"prize,omitempty"`
	}
	// SatIn is a player who wants to be dealt in, and to post for it or to
	// wait for the big blind.
	SatIn struct {
		Seat game.Seat `json:"seat"`
		Post bool      `json:"post,omitempty"`
	}
	// Seated is another fact of a seat: "sat-out", "leaving", or "left" with
	// the chips that went with the player.
	Seated struct {
		typ   string
		Seat  game.Seat `json:"seat"`
		Chips Chips     `json:"chips,omitempty"`
	}
	// Finished is the end of the table.
	Finished struct {
		// Status is "won" or "closed".
		Status  string      `json:"status"`
		Winners []game.Seat `json:"winners,omitempty"`
	}
)

const (
	typeHandBegan = "hand-began"
	typeBought    = "bought"
	typeSatIn     = "sat-in"
	typeSatOut    = "sat-out"
	typeLeaving   = "leaving"
	typeLeft      = "left"
	typeFinished  = "finished"
	typeRested    = "rested"
	typeWished    = "wished"
	typeProtected = "protected"
	typePlaced    = "placed"
)

// The wishes. They are stored.
const (
	wishStraddle = "straddle"
	wishShow     = "show"
	wishOutNext  = "out-next"
)

// The words for how a table ended. They are stored.
const (
	statusWon    = "won"
	statusClosed = "closed"
)

// EventType returns "hand-began".
func (HandBegan) EventType() string { return typeHandBegan }

// EventType returns "bought".
func (Bought) EventType() string { return typeBought }

// EventType returns "sat-in".
func (SatIn) EventType() string { return typeSatIn }

// EventType returns the fact.
func (e Seated) EventType() string { return e.typ }

// EventType returns "rested".
func (Rested) EventType() string { return typeRested }

// EventType returns "wished".
func (Wished) EventType() string { return typeWished }

// EventType returns "protected".
func (Protected) EventType() string { return typeProtected }

// EventType returns "placed".
func (Placed) EventType() string { return typePlaced }

// ViewType returns "rested".
func (Rested) ViewType() string { return typeRested }

// ViewType returns "wished".
func (Wished) ViewType() string { return typeWished }

// ViewType returns "protected".
func (Protected) ViewType() string { return typeProtected }

// ViewType returns "placed".
func (Placed) ViewType() string { return typePlaced }

// EventType returns "finished".
func (Finished) EventType() string { return typeFinished }

// ViewType returns "hand-began".
func (HandBegan) ViewType() string { return typeHandBegan }

// ViewType returns "bought".
func (Bought) ViewType() string { return typeBought }

// ViewType returns "sat-in".
func (SatIn) ViewType() string { return typeSatIn }

// ViewType returns the fact.
func (e Seated) ViewType() string { return e.typ }

// ViewType returns "finished".
func (Finished) ViewType() string { return typeFinished }

// Grant gives a little of the time bank back to those dealt in, now and then.
func (e HandBegan) Grant() game.Grant {
	if e.Number%refillEvery != 0 {
		return game.Grant{}
	}
	g := game.Grant{Time: refill, Refill: true}
	for _, p := range e.Hand.Players {
		g.Seats |= game.SeatSet(p.Seat)
	}
	return g
}

// Grant gives extra time.
func (e Protected) Grant() game.Grant {
	return game.Grant{Seats: game.SeatSet(e.Seat), Time: protection}
}
