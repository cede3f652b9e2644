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
	}
	// Bought is chips that came to the table.
	Bought struct {
		Seat  game.Seat `json:"seat"`
		Chips Chips     `json:"chips"`
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
