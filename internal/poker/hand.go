package poker

import (
	"kibitz/internal/game"
	"kibitz/internal/poker/eval"
)

// Hand is a hand of poker at one moment: an immutable value, made by NewHand.
type Hand struct {
	open
	// deck is the secret. It is all zeros until the cards are dealt.
	deck Deck
}

// NewHand returns the hand before the first event, or an error wrapping
// game.ErrMalformed. It keeps nothing of the setup.
func NewHand(s Setup) (Hand, error) {
	if err := s.validate(); err != nil {
		return Hand{}, err
	}
	t := &terms{Setup: s.clone(), variant: FindVariant(s.Variant)}
	h := Hand{open: open{terms: t, toAct: NoPos, aggressor: NoPos}}
	for i, p := range s.Players {
		t.total += p.Stack
		h.places[i] = place{stack: p.Stack, level: notActed}
	}
	return h, nil
}

// Start returns the events from the forced bets to the first decision. The
// deck is used as it is.
func (h Hand) Start(deck Deck) ([]game.Event, error) {
	if h.posted > 0 || h.dealt {
		return nil, refused("the hand has begun")
	}
	if err := deck.validate(); err != nil {
		return nil, err
	}
	events := make([]game.Event, 0, len(h.Posts)+2)
	for i, post := range h.Posts {
		amount := min(post.Amount, h.places[post.Pos].stack)
		if amount == 0 {
			continue
		}
		events = append(events, Posted{Index: i, Pos: post.Pos, Kind: post.Kind, Amount: amount})
		h.apply(events[len(events)-1])
	}
	return h.settle(events, Dealt{Deck: deck})
}

// Evolve returns the hand after an event that Start or Decide returned in this
// very state.
func (h Hand) Evolve(e game.Event) Hand {
	h.apply(e)
	return h
}

// cards returns the hole cards of a player.
func (h *Hand) cards(p Pos) [maxHole]eval.Card {
	cards := [maxHole]eval.Card{eval.NoCard, eval.NoCard, eval.NoCard, eval.NoCard}
	for i := range h.variant.Hole {
		cards[i] = h.deck[i*len(h.Players)+int(p)]
	}
	return cards
}

// holeOf returns a player's hole cards as a set.
func (h *Hand) holeOf(p Pos) eval.Hand {
	cards := h.cards(p)
	return eval.HandOf(cards[:]...)
}

// Street names the street that is played, or was the last.
func (o *open) Street() string { return o.variant.Streets[o.street].Name }

// ToAct returns whose turn it is to bet, or NoPos.
func (o *open) ToAct() Pos { return o.toAct }

// Asked are those who have to say how often the rest of the board is dealt.
func (o *open) Asked() PosSet {
	if o.Runs < maxRuns || o.runs > 0 || !o.runOut() || o.live()&^o.shown != 0 {
		return 0
	}
	return o.live() &^ o.agreed
}

// runOut reports whether all bets are made and cards are missing.
func (o *open) runOut() bool {
	return o.dealt && !o.over && o.toAct == NoPos && o.live().Len() > 1 && o.able().Len() < 2 && !o.lastStreet()
}

// Over reports whether all pots are paid out.
func (o *open) Over() bool { return o.over }

// Terms returns what was settled before the hand. It must not be changed.
func (o *open) Terms() Setup { return o.terms.Setup }

// Stack returns the chips a player has behind.
func (o *open) Stack(p Pos) Chips { return o.places[p].stack }

// Total returns all chips in the hand, which never changes.
func (o *open) Total() Chips { return o.total }
