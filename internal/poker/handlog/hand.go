package handlog

import (
	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Hand is a finished hand as one reader may know it.
type Hand struct {
	Heading
	Variant string
	Limit   poker.Limit
	// Setup is what was settled before the hand. Nothing in it is secret.
	Setup poker.Setup
	// Ante is what each player owed, or, with BigBlindAnte, the big blind for
	// all of them.
	Ante         poker.Chips
	BigBlindAnte bool
	// Button is its seat, which may be empty.
	Button game.Seat
	// Hero is the reader's place, or poker.NoPos.
	Hero poker.Pos
	// Players are by their places, clockwise from the left of the button.
	Players []Player
	Away    []Away
	// Steps are what happened, in order.
	Steps []Step
	// Boards has the cards in the middle: one board, or two for a hand that was
	// run twice.
	Boards [][]eval.Card
	// Pots are those that were paid out, the main pot first.
	Pots []Pot
}

// Player is who was dealt in.
type Player struct {
	Seat game.Seat
	Name string
	// Stack is before the forced bets, and End after the hand.
	Stack, End poker.Chips
	// Won is what was awarded; what came back uncalled is not in it.
	Won poker.Chips
	// Cards are the hole cards if the reader may know them, else nil.
	Cards []eval.Card
	// Dealt means that the reader knows them from the deal on, and not only
	// since they were shown.
	Dealt bool
	// Shown means that everybody has seen the cards, and Mucked that the
	// player gave up at the showdown without showing.
	Shown, Mucked bool
	// Folded is the index of the street on which the player folded, or -1.
	Folded int
	// Absent means that the player was dealt in while sitting out.
	Absent bool
}

// Pot is a pot that was paid out.
type Pot struct {
	// Number is 0 for the main pot.
	Number   int
	Amount   poker.Chips
	Eligible poker.PosSet
	// Wins are by place; who won nothing is not among them.
	Wins []Win
}

// Win is what a player got of a pot.
type Win struct {
	Pos    poker.Pos
	Amount poker.Chips
}

// Kind is what kind of a step it is.
type Kind string

// The kinds of steps.
const (
	Post   Kind = "post"   // a forced bet
	Act    Kind = "act"    // a decision
	Return Kind = "return" // what nobody called goes back
	Board  Kind = "board"  // cards are turned over in the middle
	Runs   Kind = "runs"   // an answer how often the board is dealt
	Show   Kind = "show"   // a hand is turned over
	Muck   Kind = "muck"   // a hand is given up at the showdown
	Award  Kind = "award"  // a player gets a pot, or a part of it
	Aside  Kind = "note"   // something beside the play
)

// Step is one thing that happened.
type Step struct {
	Kind Kind
	// Street is the index of the variant's streets.
	Street int
	// Pos is whose step it is; poker.NoPos for the board and for who was not
	// dealt in.
	Pos poker.Pos
	// Post is what a forced bet was for.
	Post poker.PostKind
	// Act is what the player did.
	Act poker.Act
	// Amount is the chips that moved: into the pot, back, or out of it. Of an
	// answer it is how often.
	Amount poker.Chips
	// To is the chips in front of the player afterwards, and By what a bet or a
	// raise is above the price before it.
	To, By poker.Chips
	// AllIn means that it took the whole stack.
	AllIn bool
	// Run is 0, or 1 for the second board.
	Run int
	// Cards are those turned over. All readers may know them.
	Cards []eval.Card
	// Pot and Half are which part of what was won.
	Pot  int
	Half poker.Half
	// Note is of a step of the kind Aside, with its seat.
	Note Note
	// Total is all chips in the middle and in front of the players afterwards.
	Total poker.Chips
	// Stacks and Bets are those of all places afterwards.
	Stacks, Bets []poker.Chips
}

// Rules returns the variant's rules. It is nil for a variant that is not played
// here, of which there are no hands.
func (h *Hand) Rules() *poker.Variant { return poker.FindVariant(h.Variant) }

// StreetName returns the name of a street, as in "flop".
func (h *Hand) StreetName(i int) string { return h.Rules().Streets[i].Name }

// Showdown reports whether more than one hand was left at the end.
func (h *Hand) Showdown() bool {
	left := 0
	for i := range h.Players {
		if h.Players[i].Folded < 0 {
			left++
		}
	}
	return left > 1
}

// Twice reports whether the hand was run twice.
func (h *Hand) Twice() bool { return len(h.Boards) > 1 }

// Total returns what was paid out.
func (h *Hand) Total() poker.Chips {
	var sum poker.Chips
	for _, p := range h.Pots {
		sum += p.Amount
	}
	return sum
}

// Blind returns the place that owed a forced bet of a kind, the last one of
// several, or poker.NoPos.
func (h *Hand) Blind(kind poker.PostKind) poker.Pos {
	found := poker.NoPos
	for _, p := range h.Setup.Posts {
		if p.Kind == kind {
			found = p.Pos
		}
	}
	return found
}

// Missed reports whether a dead forced bet is a missed blind of the player, and
// not an ante for all.
func (h *Hand) Missed(p poker.Pos) bool { return p != h.Blind(poker.PostBig) }

// Made says what cards are worth with a board, the high hand and, where pots
// are split, the low one; each is empty where there is none.
func (h *Hand) Made(cards []eval.Card, run int) (high, low string) {
	if run >= len(h.Boards) || len(cards) == 0 {
		return "", ""
	}
	hole, board := eval.HandOf(cards...), eval.HandOf(h.Boards[run]...)
	ranking := h.Rules().Ranking
	if s := ranking.High(hole, board); s > 0 {
		high = s.String()
	}
	if ranking.Low != nil {
		if l := ranking.Low(hole, board); l != eval.NoLow {
			low = l.String()
		}
	}
	return high, low
}
