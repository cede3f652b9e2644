package poker

import "kibitz/internal/poker/eval"

// maxRuns is how often a board can be dealt.
const maxRuns = 2

// terms are what stays the same in a hand. They are never written to after
// they were made, and all states of the hand share them.
type terms struct {
	Setup
	variant *Variant
	// total is all chips in the hand.
	total Chips
}

// open is everything about a hand that everybody may know. No card that lies
// face down is in it.
type open struct {
	*terms
	// posted counts the forced bets that were taken or left out.
	posted int8
	dealt  bool
	over   bool
	// street is an index of the variant's streets.
	street int8
	// toAct is whose turn it is to bet, or NoPos.
	toAct Pos
	// price is the highest bet of the street, and increment the last full bet
	// or raise.
	price, increment Chips
	// full is the price without incomplete all-ins, and bets how many there
	// were on the street. Both matter only where limits are fixed.
	full Chips
	bets int8
	// aggressor is who bet or raised last on this street, or NoPos.
	aggressor Pos
	// headsUp means that two players began the street.
	headsUp bool
	places  [MaxPlayers]place
	folded  PosSet
	// shown and mucked are the answers at the showdown; hole has the cards of
	// those who have shown.
	shown, mucked PosSet
	hole          [MaxPlayers][maxHole]eval.Card
	// agreed are those who want to run it twice; runs is 0 until that is
	// settled.
	agreed PosSet
	runs   int8
	boards [maxRuns]board
	// turned counts the board cards of all runs that left the deck.
	turned int8
	// paid is what was awarded.
	paid Chips
}

// place is a player's chips.
type place struct {
	stack Chips
	// bet is what lies in front of the player on this street.
	bet Chips
	// total is everything put in that has to be matched, and dead what has
	// not.
	total, dead Chips
	// won is what was awarded.
	won Chips
	// level is the price when the player last acted on this street, or
	// notActed.
	level Chips
}

const notActed Chips = -1

// board is the cards that lie open in the middle.
type board struct {
	cards [boardSize]eval.Card
	n     int8
}

func (b *board) add(cards []eval.Card) { b.n += int8(copy(b.cards[b.n:], cards)) }

func (b *board) all() []eval.Card { return b.cards[:b.n] }

func (b *board) hand() eval.Hand { return eval.HandOf(b.all()...) }

// all is everybody who was dealt in.
func (o *open) all() PosSet { return 1<<len(o.Players) - 1 }

// live are those who can still win.
func (o *open) live() PosSet { return o.all() &^ o.folded }

// able are those who can still bet.
func (o *open) able() PosSet {
	able := o.live()
	for p := range able.All() {
		if o.places[p].stack == 0 {
			able &^= p.set()
		}
	}
	return able
}

// pot is everything that was put in and not paid out.
func (o *open) pot() Chips {
	sum := -o.paid
	for i := range o.Players {
		sum += o.places[i].total + o.places[i].dead
	}
	return sum
}

// balanced reports whether all chips are where they can be.
func (o *open) balanced() bool {
	sum := o.pot()
	for i := range o.Players {
		if o.places[i].stack < 0 {
			return false
		}
		sum += o.places[i].stack
	}
	return sum == o.total && (!o.over || o.pot() == 0)
}

// lastStreet reports whether all betting rounds have begun.
func (o *open) lastStreet() bool { return int(o.street) == len(o.variant.Streets)-1 }

// allTurned reports whether every board is complete.
func (o *open) allTurned() bool {
	for r := range max(1, o.runs) {
		if o.boards[r].n < boardSize {
			return false
		}
	}
	return true
}
