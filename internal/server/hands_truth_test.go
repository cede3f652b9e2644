package server

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/table"
)

// cardWord finds cards, also where several are written as one word.
var cardWord = regexp.MustCompile(`\b(?:[2-9TJQKA][cdhs])+\b`)

// cardsIn returns all cards that are told of in a text.
func cardsIn(text []byte) (cards []string) {
	for _, word := range cardWord.FindAll(text, -1) {
		for ; len(word) > 0; word = word[2:] {
			cards = append(cards, string(word[:2]))
		}
	}
	return cards
}

// truth is what the records of a table say about its cards.
type truth struct {
	t       *testing.T
	catalog game.Catalog
	table.Journal

	id      table.ID
	private bool

	mu      sync.Mutex
	rules   game.Rules
	records []table.Record
	over    bool
	hands   []*handCards
	seats   [16]string
	players []game.Seat
}

// handCards are the cards of one hand that somebody may know: the own ones by
// player, and what everybody sees.
type handCards struct {
	// began is the record with which the hand began.
	began table.Seq
	own   map[string]map[string]bool
	open  map[string]bool
	ended bool
}

// secret returns the cards of a text that somebody may not know. An empty name
// is a spectator; who knows of no hand may know no card.
func (h *handCards) secret(who string, text []byte) (secret []string, all int) {
	cards := cardsIn(text)
	for _, card := range cards {
		if h == nil || !h.own[who][card] && !h.open[card] {
			secret = append(secret, card)
		}
	}
	return secret, len(cards)
}

// Append stores records, and notes who may know what from then on.
func (tr *truth) Append(ctx context.Context, id table.ID, expected table.Seq, records []table.Record) error {
	tr.mu.Lock()
	for i := range records {
		tr.learn(&records[i])
	}
	tr.records = append(tr.records, records...)
	tr.mu.Unlock()
	return tr.Journal.Append(ctx, id, expected, records)
}

func (tr *truth) learn(r *table.Record) {
	if r.Type == "table.seated" {
		var e struct{ Player table.Player }
		if err := json.Unmarshal(r.Data, &e); err != nil {
			tr.t.Error(err)
		}
		tr.seats[r.Seat] = string(e.Player.ID)
	}
	if strings.HasPrefix(r.Type, "table.") {
		return
	}
	e, err := tr.rules.DecodeEvent(r.Type, r.Data)
	if err != nil {
		tr.t.Error(err)
		return
	}
	switch e := e.(type) {
	case poker.HandBegan:
		tr.hands = append(tr.hands, &handCards{began: r.Seq, own: map[string]map[string]bool{}, open: map[string]bool{}})
		tr.players = nil
		for _, p := range e.Hand.Players {
			tr.players = append(tr.players, p.Seat)
		}
	case poker.Dealt:
		hole := poker.FindVariant(tr.variant()).Hole
		for i, c := range e.Deck[:hole*len(tr.players)] {
			who := tr.seats[tr.players[i%len(tr.players)]]
			own := tr.hands[len(tr.hands)-1].own
			if own[who] == nil {
				own[who] = map[string]bool{}
			}
			own[who][c.String()] = true
		}
	case poker.Turned:
		for _, c := range e.Cards {
			tr.hands[len(tr.hands)-1].open[c.String()] = true
		}
	case poker.Shown:
		for _, c := range e.Cards {
			tr.hands[len(tr.hands)-1].open[c.String()] = true
		}
	case poker.Ended:
		tr.hands[len(tr.hands)-1].ended = true
	case poker.Finished:
		tr.over = true
	}
}

func (tr *truth) variant() string { return tr.rules.(variantRules).variant }

// variantRules are the rules with the variant that is played.
type variantRules struct {
	poker.Rules
	variant string
}

// check complains of a card that who reads the bytes may not know, event by
// event: what is told of a hand tells cards of that hand. An empty name is a
// spectator.
func (tr *truth) check(who string, data []byte, where string) (cards int) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	var frame struct {
		Events []json.RawMessage `json:"events"`
	}
	if err := json.Unmarshal(data, &frame); err != nil || len(frame.Events) == 0 {
		return tr.checkHand(len(tr.hands)-1, who, data, where)
	}
	for _, event := range frame.Events {
		var at struct{ Seq table.Seq }
		if err := json.Unmarshal(event, &at); err != nil {
			tr.t.Error(err)
		}
		cards += tr.checkHand(tr.handAt(at.Seq), who, event, where)
	}
	return cards
}

// handAt returns the hand that a record belongs to, -1 before the first.
func (tr *truth) handAt(seq table.Seq) int {
	at := len(tr.hands) - 1
	for at >= 0 && tr.hands[at].began > seq {
		at--
	}
	return at
}

func (tr *truth) checkHand(hand int, who string, data []byte, where string) (cards int) {
	var of *handCards
	if hand >= 0 {
		of = tr.hands[hand]
	}
	secret, cards := of.secret(who, data)
	if len(secret) > 0 {
		tr.t.Errorf("hand %d: %s told %q of %s, which may not be known: %.600s", hand+1, where, who, secret, data)
	}
	return cards
}

func (tr *truth) count() int {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return len(tr.hands)
}

func (tr *truth) isOver() bool {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	return tr.over
}

// finished is how many hands came to their end.
func (tr *truth) finished() int {
	n := len(tr.hands)
	if !tr.hands[n-1].ended {
		n--
	}
	return n
}

// mayRead reports whether somebody may know of the hands of the table.
func (tr *truth) mayRead(v caller) bool {
	return !tr.private || slices.ContainsFunc(tr.hands, func(c *handCards) bool { return c.own[string(v.player.ID)] != nil })
}

// inPHH reports whether the format has a form for what is played; it has none
// for pot-limit hi-lo.
func (tr *truth) inPHH() bool { return tr.variant() != "omaha8" }
