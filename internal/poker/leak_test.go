package poker_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// cardText finds cards in JSON.
var cardText = regexp.MustCompile(`"[2-9TJQKA][cdhs]"`)

// knowledge is the rule of secrecy said a second time, from events alone: who
// may know which cards.
type knowledge struct {
	own    [poker.MaxPlayers]eval.Hand
	public eval.Hand
}

func (k *knowledge) add(e game.Event, players, hole int) {
	switch e := e.(type) {
	case poker.Dealt:
		for i, c := range e.Deck[:players*hole] {
			k.own[i%players] |= c.Hand()
		}
	case poker.Turned:
		k.public |= eval.HandOf(e.Cards...)
	case poker.Shown:
		k.public |= eval.HandOf(e.Cards...)
	}
}

// of returns what a viewer may know.
func (k *knowledge) of(p poker.Pos) eval.Hand {
	if p == poker.NoPos {
		return k.public
	}
	return k.public | k.own[p]
}

func encode(tb testing.TB, v game.View) string {
	tb.Helper()
	if v == nil {
		return "nothing"
	}
	data, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return v.ViewType() + " " + string(data)
}

// Whatever anybody is shown of an event or a hand names no card that the
// viewer may not know.
func TestNoViewNamesASecretCard(t *testing.T) {
	seen := 0
	for seed := range uint64(300) {
		r, err := playRandomHand(seed)
		if err != nil {
			t.Fatal(err)
		}
		var k knowledge
		hand := r.start
		n, hole := len(hand.Terms().Players), poker.FindVariant(hand.Terms().Variant).Hole
		for _, e := range r.events {
			k.add(e, n, hole)
			next := hand.Evolve(e)
			for p := poker.NoPos; int(p) < n; p++ {
				text := encode(t, hand.EventView(e, p)) + encode(t, next.View(p))
				for _, name := range cardText.FindAllString(text, -1) {
					c, err := eval.ParseCard(name[1:3])
					if seen++; err != nil || !k.of(p).Has(c) {
						t.Fatalf("hand %d: %s tells player %d of %s: %s", seed, e.EventType(), p, name, text)
					}
				}
			}
			hand = next
		}
	}
	if seen == 0 {
		t.Error("no card was seen at all")
	}
}

// pair is two hands that differ in two cards that a viewer does not know.
type pair struct {
	a, b   poker.Hand
	viewer poker.Pos
	told   int
}

// Two hands that differ only in what a viewer may not know look the same to
// that viewer, to the last byte.
func TestSecretsChangeNothingThatIsShown(t *testing.T) {
	told := 0
	for seed := range uint64(2000) {
		rng := rand.New(rand.NewPCG(seed, 8))
		p, err := newPair(rng)
		if err != nil {
			t.Fatal(err)
		}
		for !p.a.Over() {
			d := randomDecision(&p.a, rng)
			ea, errA := p.a.Decide(d.pos, d.action)
			eb, errB := p.b.Decide(d.pos, d.action)
			if errA != nil || errB != nil {
				t.Fatalf("hand %d: %v, %v", seed, errA, errB)
			}
			if on, err := p.evolve(t, ea, eb); err != nil {
				t.Fatalf("hand %d: %v", seed, err)
			} else if !on {
				break
			}
		}
		told += p.told
	}
	if told == 0 {
		t.Error("nothing was compared")
	}
}

func newPair(rng *rand.Rand) (*pair, error) {
	setup := randomSetup(rng)
	start, err := poker.NewHand(setup)
	if err != nil {
		return nil, err
	}
	deck := poker.Shuffle(chance{rng})
	n, hole := len(setup.Players), poker.FindVariant(setup.Variant).Hole
	p := &pair{viewer: poker.Pos(rng.IntN(n+1) - 1)}
	other := deck
	i, j := secret(rng, n, hole, p.viewer), secret(rng, n, hole, p.viewer)
	other[i], other[j] = other[j], other[i]
	for hand, deck := range map[*poker.Hand]poker.Deck{&p.a: deck, &p.b: other} {
		events, err := start.Start(deck)
		if err != nil {
			return nil, err
		}
		// A hand that is over at once turns everything over; it is not compared.
		*hand = fold(start, events[:len(setup.Posts)+1-skipped(events, len(setup.Posts))])
		if hand.ToAct() == poker.NoPos {
			return &pair{a: fold(start, events), b: fold(start, events)}, nil
		}
	}
	return p, nil
}

// skipped is how many forced bets nobody could pay.
func skipped(events []game.Event, posts int) int {
	paid := 0
	for _, e := range events {
		if e.EventType() == "posted" {
			paid++
		}
	}
	return posts - paid
}

// secret returns a place in the deck that a viewer does not know, and that is
// not on the board.
func secret(rng *rand.Rand, n, hole int, viewer poker.Pos) int {
	for {
		i := rng.IntN(eval.DeckSize)
		board := i >= n*hole && i < n*hole+10
		if mine := i < n*hole && i%n == int(viewer); !board && !mine {
			return i
		}
	}
}

// evolve compares what the viewer sees, until he may see a difference.
func (p *pair) evolve(tb testing.TB, ea, eb []game.Event) (on bool, err error) {
	for i := range ea {
		if i >= len(eb) || !reflect.DeepEqual(ea[i], eb[i]) {
			return false, nil
		}
		if a, b := encode(tb, p.a.EventView(ea[i], p.viewer)), encode(tb, p.b.EventView(eb[i], p.viewer)); a != b {
			return false, fmt.Errorf("event %s:\n%s\n%s", ea[i].EventType(), a, b)
		}
		p.a, p.b = p.a.Evolve(ea[i]), p.b.Evolve(eb[i])
		if a, b := encode(tb, p.a.View(p.viewer)), encode(tb, p.b.View(p.viewer)); a != b {
			return false, fmt.Errorf("after %s:\n%s\n%s", ea[i].EventType(), a, b)
		}
		if p.a != p.b {
			p.told++
		}
	}
	return len(ea) == len(eb), nil
}

// The event that holds all cards has no form in which it could be sent.
func TestDealtIsNoView(t *testing.T) {
	var e game.Event = poker.Dealt{}
	if _, ok := e.(game.View); ok {
		t.Error("Dealt can be sent")
	}
}

func TestDealtView(t *testing.T) {
	hand := deal(t, noLimit(500, 500), "AsAh KsKh / 2c7d9hJc4s")
	start, err := poker.NewHand(hand.Terms())
	if err != nil {
		t.Fatal(err)
	}
	dealt := hand.events[2]
	before := fold(start, hand.events[:2])
	for p, want := range map[poker.Pos]string{
		0:           `dealt {"players":2,"hole":2,"cards":["As","Ah"],"turn":{"pos":1,"legal":{"call":5,"min_to":20,"max_to":500,"step":1}}}`,
		1:           `dealt {"players":2,"hole":2,"cards":["Ks","Kh"],"turn":{"pos":1,"legal":{"call":5,"min_to":20,"max_to":500,"step":1}}}`,
		poker.NoPos: `dealt {"players":2,"hole":2,"turn":{"pos":1,"legal":{"call":5,"min_to":20,"max_to":500,"step":1}}}`,
	} {
		if got := encode(t, before.EventView(dealt, p)); got != want {
			t.Errorf("player %d: got %s, want %s", p, got, want)
		}
	}
}
