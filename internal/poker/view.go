package poker

import (
	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// Public is what everybody may know of a hand. It is made from the open part of
// the hand alone, so that no card that lies face down can get into it.
type Public struct {
	Variant   string    `json:"variant"`
	Structure Structure `json:"structure"`
	BigBlind  Chips     `json:"big_blind"`
	Street    string    `json:"street"`
	// Players are by Pos; the last one has the button.
	Players []PlayerView `json:"players"`
	// Boards has the cards in the middle: one board, or two for a hand that is
	// run twice.
	Boards [][]eval.Card `json:"boards"`
	// Pot is all that was put in and not paid out; Pots divides what does not
	// lie in front of the players, the main pot first.
	Pot   Chips     `json:"pot"`
	Pots  []PotView `json:"pots"`
	Price Chips     `json:"price"`
	Over  bool      `json:"over,omitempty"`
	Next
}

// PlayerView is what everybody may know of a player.
type PlayerView struct {
	Pos   Pos       `json:"pos"`
	Seat  game.Seat `json:"seat"`
	Stack Chips     `json:"stack"`
	// Bet is what lies in front of the player.
	Bet    Chips `json:"bet"`
	Folded bool  `json:"folded,omitempty"`
	AllIn  bool  `json:"all_in,omitempty"`
	Mucked bool  `json:"mucked,omitempty"`
	Won    Chips `json:"won,omitempty"`
	// Cards are there when they were turned over for everybody. Made is what
	// they are worth with the first board, in words, and Best the five cards
	// that make it, once there is a flop.
	Cards []eval.Card `json:"cards,omitempty"`
	Made  string      `json:"made,omitempty"`
	Best  []eval.Card `json:"best,omitempty"`
}

// PotView is a pot and who can win it.
type PotView struct {
	Amount  Chips `json:"amount"`
	Players []Pos `json:"players"`
}

// Next is who has to decide.
type Next struct {
	// Turn is nil when nobody is to bet.
	Turn *Turn `json:"turn,omitempty"`
	// Asked are those who have to say how often the board is dealt.
	Asked []Pos `json:"asked,omitempty"`
}

// Turn is whose turn it is, and what can be done.
type Turn struct {
	Pos   Pos     `json:"pos"`
	Legal Options `json:"legal"`
}

// Own is what only the player may know.
type Own struct {
	Pos   Pos         `json:"pos"`
	Cards []eval.Card `json:"cards"`
	// Made is what the cards are worth with the first board, in words; it is
	// empty before that says anything.
	Made string `json:"made,omitempty"`
}

// View is all that one viewer may know of a hand.
type View struct {
	Public
	// You is nil for who is not dealt in, and before the deal.
	You *Own `json:"you,omitempty"`
}

// ViewType returns "hand".
func (View) ViewType() string { return "hand" }

// View returns what the player of a place may know, and for NoPos what
// everybody may.
func (h *Hand) View(p Pos) View { return View{h.Public(), h.own(p)} }

// own returns the cards of one player, for that player.
func (h *Hand) own(p Pos) *Own {
	if !h.dealt || !h.all().Has(p) {
		return nil
	}
	return &Own{Pos: p, Cards: h.show(p).Cards, Made: h.made(h.holeOf(p))}
}

// Public returns what everybody may know.
func (o *open) Public() Public {
	v := Public{
		Variant: o.variant.Name, Structure: o.Limit.Structure, BigBlind: o.Limit.BigBlind,
		Street: o.Street(), Pot: o.pot(), Price: o.price, Over: o.over, Next: o.next(),
	}
	for i := range o.Players {
		v.Players = append(v.Players, o.player(Pos(i)))
	}
	for r := range max(1, o.runs) {
		v.Boards = append(v.Boards, append([]eval.Card{}, o.boards[r].all()...))
	}
	if !o.over {
		for _, pot := range o.Pots() {
			v.Pots = append(v.Pots, PotView{pot.Amount, places(pot.Eligible)})
		}
	}
	return v
}

// player returns what everybody may know of a player.
func (o *open) player(p Pos) PlayerView {
	place := &o.places[p]
	v := PlayerView{
		Pos: p, Seat: o.Players[p].Seat, Stack: place.stack, Bet: place.bet, Won: place.won,
		Folded: o.folded.Has(p), Mucked: o.mucked.Has(p),
	}
	v.AllIn = place.stack == 0 && !v.Folded && !o.over
	if o.shown.Has(p) {
		v.Cards = append(v.Cards, o.hole[p][:o.variant.Hole]...)
		hole := eval.HandOf(v.Cards...)
		v.Made = o.made(hole)
		if o.boards[0].n >= 3 {
			v.Best = o.variant.Best(hole, o.boards[0].hand()).Cards()
		}
	}
	return v
}

// made says what hole cards are worth with the first board. Before the flop
// that is a pair or nothing to speak of.
func (o *open) made(hole eval.Hand) string {
	board := o.boards[0].hand()
	high := o.variant.Ranking.High(hole, board)
	if high == 0 || o.boards[0].n == 0 && high.Category() == eval.HighCard {
		return ""
	}
	if o.variant.Ranking.Low != nil {
		if low := o.variant.Ranking.Low(hole, board); low != eval.NoLow {
			return high.String() + "; low " + low.String()
		}
	}
	return high.String()
}

// next returns who has to decide.
func (o *open) next() Next {
	n := Next{Asked: places(o.Asked())}
	if o.toAct != NoPos {
		n.Turn = &Turn{o.toAct, o.Options()}
	}
	return n
}

// places lists a set, nil for nobody.
func places(set PosSet) []Pos {
	var list []Pos
	for p := range set.All() {
		list = append(list, p)
	}
	return list
}

// Equities returns what each player who has shown can expect of a pot that all
// live players have shown for, by the order of their places; nil when some have
// not, or nobody can improve. Before the flop as many boards are drawn as asked
// for, and later all are counted.
func (o *open) Equities(samples int, chance eval.Chance) []eval.Equity {
	live := o.live()
	if live.Len() < 2 || live&^o.shown != 0 || o.allTurned() || o.runs > 1 {
		return nil
	}
	c := eval.Contest{Ranking: o.variant.Ranking, Board: o.boards[0].hand()}
	for p := range live.All() {
		c.Holes = append(c.Holes, eval.HandOf(o.hole[p][:o.variant.Hole]...))
	}
	equities, err := c.Equity(samples, chance)
	if err != nil {
		return nil
	}
	return equities
}
