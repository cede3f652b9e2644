package poker

// Act is what a player does. It is stored; never rename one.
type Act string

// The acts. A player who bets asks to raise: nobody has bet yet, and the event
// says which of the two it was.
const (
	Fold  Act = "fold"
	Check Act = "check"
	Call  Act = "call"
	Bet   Act = "bet"
	Raise Act = "raise"
	// Run answers how often the rest of the board is dealt.
	Run Act = "run"
	// Show turns the own cards over for everybody when the hand is over.
	Show Act = "show"
)

// Action is what a player asks for.
type Action struct {
	Act Act
	// Amount is, to bet and to raise, the chips in front of the player
	// afterwards ("to", not "by"). To call it is what the player expects to
	// add, and 0 is any; it protects who asked before the price rose. To run
	// it is how often, 1 or 2.
	Amount Chips
	// Lapsed means that the table acts because the time ran out.
	Lapsed bool
}
