package house

import (
	"reflect"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
	"kibitz/internal/poker/handtest"
)

// Nothing that a decision is made of can hold a hand, a deck or an event with
// all cards: a sight has views only, and nothing else is told.
func TestSightHoldsNoSecret(t *testing.T) {
	decide := reflect.TypeOf((*House).Decide)
	for i := 1; i < decide.NumIn(); i++ {
		walk(t, decide.In(i), map[reflect.Type]bool{})
	}
	if decide.In(1) != reflect.TypeOf(Sight{}) {
		t.Errorf("a decision is made of a %v", decide.In(1))
	}
}

func walk(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
	t.Helper()
	if seen[typ] {
		return
	}
	seen[typ] = true
	for _, secret := range []reflect.Type{reflect.TypeOf(poker.Hand{}), reflect.TypeOf(poker.Deck{}), reflect.TypeOf(poker.Dealt{})} {
		if typ == secret {
			t.Errorf("a decision is told a %v", typ)
		}
	}
	switch typ.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		walk(t, typ.Elem(), seen)
	case reflect.Map:
		t.Errorf("a decision is told a map, %v: its order is chance", typ)
	case reflect.Struct:
		for i := range typ.NumField() {
			walk(t, typ.Field(i).Type, seen)
		}
	}
}

// twins are two hands that differ in the cards one player does not know.
type twins struct {
	a, b poker.Hand
	mine poker.Pos
	acts []poker.Told
}

// Two hands that look alike to a seat are played alike with the same chance,
// whatever the others hold and the deck brings.
func TestSecretsChangeNoDecision(t *testing.T) {
	h := mustOpen(t)
	compared := 0
	for seed := range uint64(1500) {
		played, err := handtest.Random(seed)
		if err != nil {
			t.Fatal(err)
		}
		l := newLuck(seed)
		w := twins{mine: poker.Pos(l.IntN(len(played.Setup.Players)))}
		other := played.Shuffled(1<<w.mine, l.Rand)
		start, err := poker.NewHand(played.Setup)
		if err != nil {
			t.Fatal(err)
		}
		w.a, w.b = start, start
		for i, e := range played.Events {
			w.add(e, other[i])
			if w.a.ToAct() == w.mine && w.a != w.b {
				compared++
				w.compare(t, h, seed)
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d decisions were compared", compared)
	}
}

func (w *twins) add(a, b game.Event) {
	w.acts = withAct(w.acts, &w.a, a)
	w.a, w.b = w.a.Evolve(a), w.b.Evolve(b)
}

func (w *twins) compare(t *testing.T, h *House, seed uint64) {
	t.Helper()
	who := Find(1 + int(seed%4))
	decide := func(hand *poker.Hand) Decision {
		view := hand.View(w.mine)
		return h.Decide(Sight{Table: poker.TableView{Hand: &view, Acts: w.acts}}, who, newLuck(seed), 200)
	}
	first, again, other := decide(&w.a), decide(&w.a), decide(&w.b)
	if first != again {
		t.Errorf("hand %d: the same sight and chance: %v and %v", seed, first, again)
	}
	if first != other {
		t.Errorf("hand %d: %v, and with other cards that nobody sees %v", seed, first, other)
	}
}
