package handlog

import (
	"strings"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Replay is a hand for a page that plays it again, as JSON. It has nothing that
// the Hand does not have. Fields that are empty are left out.
//
//	{"id":"Ab3dEf6h-17","table":"Blue","number":17,"at":1795363200000,
//	 "variant":"holdem","structure":"no-limit","blinds":[5,10],
//	 "button":2,"you":2,
//	 "players":[{"seat":0,"name":"Ann","stack":1000,"end":995},
//	            {"seat":2,"name":"Cid","stack":1000,"end":1005,"cards":["As","Ah"]}],
//	 "streets":["preflop","flop","turn","river"],
//	 "steps":[{"do":"small","seat":0,"amount":5,"pot":5,"stacks":[995,1000],"bets":[5,0]}, ...],
//	 "pots":[{"amount":10,"wins":[{"seat":2,"amount":10}]}]}
//
// Times are milliseconds since 1970, seats count from 0, and amounts are chips.
// A page shows the hand after any number of steps: stacks, bets and pot are
// those of the last of them, and cards those of all of them together.
type Replay struct {
	ID        string          `json:"id,omitempty"`
	Table     string          `json:"table,omitempty"`
	Number    int             `json:"number,omitempty"`
	AtMillis  int64           `json:"at,omitempty"`
	Variant   string          `json:"variant"`
	Structure poker.Structure `json:"structure"`
	// Blinds are the small and the big one; where limits are fixed, Bets are
	// the small and the big bet.
	Blinds       [2]poker.Chips `json:"blinds"`
	Bets         []poker.Chips  `json:"limits,omitempty"`
	Ante         poker.Chips    `json:"ante,omitempty"`
	BigBlindAnte bool           `json:"big_blind_ante,omitempty"`
	// Seats is how many the table has.
	Seats  int       `json:"seats"`
	Button game.Seat `json:"button"`
	// You is the reader's seat.
	You *game.Seat `json:"you,omitempty"`
	// Players are those dealt in, from the left of the button: stacks and bets
	// of the steps are in this order.
	Players []ReplayPlayer `json:"players"`
	Away    []ReplayPlayer `json:"away,omitempty"`
	// Streets names those of the game; a step has its index.
	Streets []string     `json:"streets"`
	Steps   []ReplayStep `json:"steps"`
	Pots    []ReplayPot  `json:"pots"`
}

// ReplayPlayer is a player before the first step.
type ReplayPlayer struct {
	Seat  game.Seat   `json:"seat"`
	Name  string      `json:"name"`
	Stack poker.Chips `json:"stack"`
	// End is the stack after the last step.
	End poker.Chips `json:"end"`
	// Cards are hole cards that the reader knows from the deal on. Those that
	// come to be known later are in a step.
	Cards []eval.Card `json:"cards,omitempty"`
}

// ReplayStep is one thing that happened, and how it stood afterwards.
type ReplayStep struct {
	// Do is "ante", "dead", "small", "big", "straddle" or "extra" for a forced
	// bet; "fold", "check", "call", "bet" or "raise"; "return" for chips that
	// nobody called; "board" for cards in the middle; "run" for an answer how
	// often they are dealt; "show", "muck", "award", or a note, as in
	// "disconnected".
	Do     string     `json:"do"`
	Street int        `json:"street,omitempty"`
	Seat   *game.Seat `json:"seat,omitempty"`
	// Amount is the chips that moved, or how often the board is to be dealt.
	Amount poker.Chips `json:"amount,omitempty"`
	// To is what a bet or a raise is to.
	To    poker.Chips `json:"to,omitempty"`
	AllIn bool        `json:"all_in,omitempty"`
	// Run is 1 for the second board of a hand that was run twice. The first of
	// its steps comes when the first board is complete; it begins with the
	// cards that lay when the players were asked.
	Run   int         `json:"run,omitempty"`
	Cards []eval.Card `json:"cards,omitempty"`
	// Made is what shown cards are worth with the board at the end, in words.
	Made string `json:"made,omitempty"`
	// Pot is all chips in the middle and in front of the players.
	Pot    poker.Chips   `json:"pot"`
	Stacks []poker.Chips `json:"stacks"`
	// Bets are the chips in front of the players, left out where nobody has
	// any.
	Bets []poker.Chips `json:"bets,omitempty"`
	// Which is the pot that was won, from 0 for the main pot, and Half "high"
	// or "low" where it was split that way.
	Which int        `json:"which,omitempty"`
	Half  poker.Half `json:"half,omitempty"`
	// Place is where a player finished in a tournament, from 1.
	Place int `json:"place,omitempty"`
}

// ReplayPot is a pot and who won it.
type ReplayPot struct {
	Amount poker.Chips `json:"amount"`
	Wins   []ReplayWin `json:"wins"`
}

// ReplayWin is what a player won of a pot.
type ReplayWin struct {
	Seat   game.Seat   `json:"seat"`
	Amount poker.Chips `json:"amount"`
}

// Replay returns the hand for a page.
func (h *Hand) Replay() Replay {
	r := Replay{
		ID: h.ID, Table: h.Table, Number: h.Number, Variant: h.Variant, Structure: h.Limit.Structure,
		Blinds: [2]poker.Chips{h.Small, h.Limit.BigBlind}, Ante: h.Ante, BigBlindAnte: h.BigBlindAnte,
		Seats: h.Seats, Button: h.Button,
	}
	if !h.At.IsZero() {
		r.AtMillis = h.At.UnixMilli()
	}
	if h.Limit.Structure == poker.FixedLimit {
		r.Bets = []poker.Chips{h.Limit.SmallBet, h.Limit.BigBet}
	}
	for _, s := range h.Rules().Streets {
		r.Streets = append(r.Streets, s.Name)
	}
	h.replayPlayers(&r)
	for i := range h.Steps {
		r.Steps = append(r.Steps, h.replayStep(&h.Steps[i]))
	}
	for _, p := range h.Pots {
		pot := ReplayPot{Amount: p.Amount}
		for _, w := range p.Wins {
			pot.Wins = append(pot.Wins, ReplayWin{h.Players[w.Pos].Seat, w.Amount})
		}
		r.Pots = append(r.Pots, pot)
	}
	return r
}

func (h *Hand) replayPlayers(r *Replay) {
	for i, p := range h.Players {
		player := ReplayPlayer{Seat: p.Seat, Name: p.Name, Stack: p.Stack, End: p.End}
		if p.Dealt {
			player.Cards = p.Cards
		}
		if poker.Pos(i) == h.Hero {
			r.You = &player.Seat
		}
		r.Players = append(r.Players, player)
	}
	for _, a := range h.Away {
		r.Away = append(r.Away, ReplayPlayer{Seat: a.Seat, Name: a.Name, Stack: a.Stack, End: a.Stack})
	}
}

func (h *Hand) replayStep(s *Step) ReplayStep {
	step := ReplayStep{
		Do: s.name(), Street: s.Street, Amount: s.Amount, AllIn: s.AllIn, Run: s.Run, Cards: s.Cards,
		Pot: s.Total, Stacks: s.Stacks, Which: s.Pot, Half: s.Half, Place: s.Note.Place,
	}
	switch {
	case s.Pos != poker.NoPos:
		step.Seat = &h.Players[s.Pos].Seat
	case s.Kind == Aside:
		step.Seat = &s.Note.Seat
	}
	if s.By > 0 {
		step.To = s.To
	}
	if s.Kind == Show && h.Showdown() {
		high, low := h.Made(s.Cards, 0)
		step.Made = strings.TrimSuffix(high+"; low "+low, "; low ")
	}
	for _, bet := range s.Bets {
		if bet > 0 {
			step.Bets = s.Bets
		}
	}
	return step
}

// name is what happened in a word.
func (s *Step) name() string {
	switch s.Kind {
	case Post:
		return string(s.Post)
	case Act:
		return string(s.Act)
	case Runs:
		return string(poker.Run)
	case Aside:
		return string(s.Note.What)
	}
	return string(s.Kind)
}
