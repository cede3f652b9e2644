package handlog

import (
	"math"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// Odds are what hands can expect when a street begins, as JSON for the page that
// plays the hand again. Only hands count whose cards the reader knows, also
// those that were shown later: what nobody showed changes nothing.
type Odds struct {
	// Street is an index of Replay.Streets.
	Street int         `json:"street"`
	Shares []OddsShare `json:"shares"`
}

// OddsShare is the part of a pot that a hand can expect, in thousandths.
type OddsShare struct {
	Seat     game.Seat `json:"seat"`
	PerMille int       `json:"per_mille"`
}

// Odds returns them for every street, on the first board, that two hands or more
// play which the reader knows. From the flop on all cards to come are counted;
// before it as many boards are drawn as asked for.
func (h *Hand) Odds(boards int, chance eval.Chance) []Odds {
	var all []Odds
	var board eval.Hand
	folded := poker.PosSet(0)
	add := func(street int) {
		if o, ok := h.oddsAt(street, board, folded, boards, chance); ok {
			all = append(all, o)
		}
	}
	add(0)
	for i := range h.Steps {
		switch s := &h.Steps[i]; {
		case s.Kind == Act && s.Act == poker.Fold:
			folded |= 1 << s.Pos
		case s.Kind == Board && s.Run == 0:
			board |= eval.HandOf(s.Cards...)
			add(s.Street)
		}
	}
	return all
}

func (h *Hand) oddsAt(street int, board eval.Hand, folded poker.PosSet, boards int, chance eval.Chance) (Odds, bool) {
	contest := eval.Contest{Ranking: h.Rules().Ranking, Board: board}
	o := Odds{Street: street}
	for i, p := range h.Players {
		if p.Cards == nil || folded.Has(poker.Pos(i)) {
			continue
		}
		contest.Holes = append(contest.Holes, eval.HandOf(p.Cards...))
		o.Shares = append(o.Shares, OddsShare{Seat: p.Seat})
	}
	if len(o.Shares) < 2 {
		return o, false
	}
	equities, err := contest.Equity(boards, chance)
	if err != nil {
		return o, false
	}
	for i, e := range equities {
		o.Shares[i].PerMille = int(math.Round(1000 * e.Share))
	}
	return o, true
}
