package ohh

import (
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Document is a hand as it stands in a file. Amounts are chips.
type Document struct {
	SpecVersion     string      `json:"spec_version"`
	SiteName        string      `json:"site_name"`
	NetworkName     string      `json:"network_name"`
	InternalVersion string      `json:"internal_version"`
	Tournament      bool        `json:"tournament"`
	TournamentInfo  *Tournament `json:"tournament_info,omitempty"`
	GameType        string      `json:"game_type"`
	TableName       string      `json:"table_name"`
	TableSize       int         `json:"table_size"`
	Currency        string      `json:"currency"`
	// DealerSeat counts from 1, as all seats of the format. It may be empty.
	DealerSeat int         `json:"dealer_seat"`
	SmallBlind poker.Chips `json:"small_blind_amount"`
	BigBlind   poker.Chips `json:"big_blind_amount"`
	Ante       poker.Chips `json:"ante_amount"`
	BetLimit   BetLimit    `json:"bet_limit"`
	GameNumber string      `json:"game_number"`
	StartDate  string      `json:"start_date_utc"`
	// Hero is absent in a hand that was only watched.
	Hero    *int     `json:"hero_player_id,omitempty"`
	Players []Player `json:"players"`
	Flags   []string `json:"flags,omitempty"`
	Rounds  []Round  `json:"rounds"`
	Pots    []Pot    `json:"pots"`
}

// BetLimit is how much may be bet: NL, PL or FL.
type BetLimit struct {
	Type string      `json:"bet_type"`
	Cap  poker.Chips `json:"bet_cap"`
}

// Tournament is what the hand is part of.
type Tournament struct {
	Number       string      `json:"tournament_number"`
	Name         string      `json:"name"`
	StartDate    string      `json:"start_date_utc"`
	Currency     string      `json:"currency"`
	BuyIn        poker.Chips `json:"buyin_amount"`
	Fee          poker.Chips `json:"fee_amount"`
	InitialStack poker.Chips `json:"initial_stack"`
	// Type is STT for a tournament of one table.
	Type  string   `json:"type"`
	Flags []string `json:"flags"`
}

// Player is somebody at the table.
type Player struct {
	ID         int         `json:"id"`
	Seat       int         `json:"seat"`
	Name       string      `json:"name"`
	Stack      poker.Chips `json:"starting_stack"`
	SittingOut bool        `json:"is_sitting_out,omitempty"`
}

// Round is a street, or the showdown. A hand that is run twice has some streets
// twice; the ID has the order.
type Round struct {
	ID      int         `json:"id"`
	Street  string      `json:"street"`
	Cards   []eval.Card `json:"cards"`
	Actions []Action    `json:"actions"`
}

// Action is what a player did. Its number begins with 1 in each round.
type Action struct {
	Number int         `json:"action_number"`
	Player int         `json:"player_id"`
	Action string      `json:"action"`
	Amount poker.Chips `json:"amount"`
	AllIn  bool        `json:"is_allin"`
	Cards  []eval.Card `json:"cards,omitempty"`
}

// Pot is a pot and who won it. Its amount includes the rake.
type Pot struct {
	Number int         `json:"number"`
	Amount poker.Chips `json:"amount"`
	Rake   poker.Chips `json:"rake"`
	Wins   []Win       `json:"player_wins"`
}

// Win is what a player won of a pot.
type Win struct {
	Player int         `json:"player_id"`
	Amount poker.Chips `json:"win_amount"`
}

// The words of the format that more than one place knows.
const (
	dealtCards = "Dealt Cards"
	showsCards = "Shows Cards"
	mucksCards = "Mucks Cards"
	postAnte   = "Post Ante"
	postDead   = "Post Dead"
	addedChips = "Added Chips"
	sitsDown   = "Sits Down"
	standsUp   = "Stands Up"
	fold       = "Fold"
	bet        = "Bet"
	raise      = "Raise"

	preflop  = "Preflop"
	showdown = "Showdown"
)
