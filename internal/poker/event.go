package poker

import "kibitz/internal/poker/eval"

// The facts of a hand. Their types and their JSON are stored for ever. All but
// Dealt are facts that everybody may know, and are views as well; Dealt has no
// ViewType, so that it cannot be sent.
type (
	// Posted is a forced bet. Index is its place in Setup.Posts.
	Posted struct {
		Index  int      `json:"index"`
		Pos    Pos      `json:"pos"`
		Kind   PostKind `json:"kind"`
		Amount Chips    `json:"amount"`
	}
	// Dealt is the secret of the hand: all cards in order.
	Dealt struct {
		Deck Deck `json:"deck"`
	}
	// Acted is what a player did. To is the chips in front of the player
	// afterwards.
	Acted struct {
		Pos   Pos   `json:"pos"`
		Act   Act   `json:"act"`
		To    Chips `json:"to"`
		AllIn bool  `json:"all_in,omitempty"`
		// Lapsed means that the time ran out.
		Lapsed bool `json:"lapsed,omitempty"`
	}
	// Returned is what nobody called.
	Returned struct {
		Pos    Pos   `json:"pos"`
		Amount Chips `json:"amount"`
	}
	// Answered is how often a player wants the rest of the board dealt.
	Answered struct {
		Pos  Pos `json:"pos"`
		Runs int `json:"runs"`
	}
	// Turned are cards turned over on the board. Run is 0, or 1 for the second
	// board of a hand that is run twice.
	Turned struct {
		Run    int         `json:"run,omitempty"`
		Street string      `json:"street"`
		Cards  []eval.Card `json:"cards"`
	}
	// Shown are the cards a player turned over for everybody.
	Shown struct {
		Pos   Pos         `json:"pos"`
		Cards []eval.Card `json:"cards"`
	}
	// Mucked is a player who gave up at the showdown without showing.
	Mucked struct {
		Pos Pos `json:"pos"`
	}
	// Awarded is a pot, or the part of it that one board and one half decide.
	Awarded struct {
		// Pot is 0 for the main pot, and counts the side pots from 1.
		Pot int `json:"pot"`
		Run int `json:"run,omitempty"`
		// Half is "high" or "low" where the pot is split, and else empty.
		Half   Half    `json:"half,omitempty"`
		Shares []Share `json:"shares"`
	}
	// Ended is the end of the hand. Stacks has what each player has now.
	Ended struct {
		Stacks []Chips `json:"stacks"`
	}
)

// Share is what a player gets of a pot.
type Share struct {
	Pos    Pos   `json:"pos"`
	Amount Chips `json:"amount"`
}

// Half is a part of a split pot. It is stored; never rename one.
type Half string

// The halves.
const (
	Whole Half = ""
	High  Half = "high"
	Low   Half = "low"
)

// EventType returns "posted".
func (Posted) EventType() string { return "posted" }

// EventType returns "dealt".
func (Dealt) EventType() string { return "dealt" }

// EventType returns "acted".
func (Acted) EventType() string { return "acted" }

// EventType returns "returned".
func (Returned) EventType() string { return "returned" }

// EventType returns "answered".
func (Answered) EventType() string { return "answered" }

// EventType returns "turned".
func (Turned) EventType() string { return "turned" }

// EventType returns "shown".
func (Shown) EventType() string { return "shown" }

// EventType returns "mucked".
func (Mucked) EventType() string { return "mucked" }

// EventType returns "awarded".
func (Awarded) EventType() string { return "awarded" }

// EventType returns "hand-ended".
func (Ended) EventType() string { return "hand-ended" }
