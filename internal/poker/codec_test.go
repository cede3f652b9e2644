package poker_test

import (
	"errors"
	"testing"

	"kibitz/internal/game"
	"kibitz/internal/poker"
)

// What is stored stays as it is for ever.
func TestStoredEvents(t *testing.T) {
	s := noLimit(105, 105)
	s.Runs = 2
	hand := deal(t, s, "AsAh KsKh / 2c7d9hJc4s").play("1 r 105; 0 c; 0 n 2; 1 n 1")
	want := []string{
		`posted {"index":0,"pos":1,"kind":"small","amount":5}`,
		`posted {"index":1,"pos":0,"kind":"big","amount":10}`,
		`dealt {"deck":"AsKsAhKh2c7d9hJc4s2d2h2s3c3d3h3s4c4d4h5c5d5h5s6c6d6h6s7c7h7s8c8d8h8s9c9d9sTcTdThTsJdJhJsQcQdQhQsKcKdAcAd"}`,
		`acted {"pos":1,"act":"raise","to":105,"all_in":true}`,
		`acted {"pos":0,"act":"call","to":105,"all_in":true}`,
		`shown {"pos":0,"cards":["As","Ah"]}`,
		`shown {"pos":1,"cards":["Ks","Kh"]}`,
		`answered {"pos":0,"runs":2}`,
		`answered {"pos":1,"runs":1}`,
		`turned {"street":"flop","cards":["2c","7d","9h"]}`,
		`turned {"street":"turn","cards":["Jc"]}`,
		`turned {"street":"river","cards":["4s"]}`,
		`awarded {"pot":0,"shares":[{"pos":0,"amount":210}]}`,
		`hand-ended {"stacks":[210,0]}`,
	}
	for i, e := range hand.events {
		data, err := poker.EncodeEvent(e)
		if got := e.EventType() + " " + string(data); err != nil || i >= len(want) || got != want[i] {
			t.Errorf("event %d is stored as %s, %v", i, got, err)
		}
	}
	if len(hand.events) != len(want) {
		t.Errorf("%d events, want %d", len(hand.events), len(want))
	}
}

func TestDecodeAction(t *testing.T) {
	for _, row := range []struct {
		typ, data string
		want      poker.Action
		ok        bool
	}{
		{"fold", "", poker.Action{Act: poker.Fold}, true},
		{"check", "{}", poker.Action{Act: poker.Check}, true},
		{"call", "", poker.Action{Act: poker.Call}, true},
		{"call", `{"amount":20}`, poker.Action{Act: poker.Call, Amount: 20}, true},
		{"raise", `{"to":200}`, poker.Action{Act: poker.Raise, Amount: 200}, true},
		{"bet", `{"to":200}`, poker.Action{Act: poker.Bet, Amount: 200}, true},
		{"run", `{"times":2}`, poker.Action{Act: poker.Run, Amount: 2}, true},
		{"show", "", poker.Action{Act: poker.Show}, true},
		{"raise", "{}", poker.Action{}, false},
		{"raise", `{"to":20.5}`, poker.Action{}, false},
		{"raise", `{"to":-20}`, poker.Action{}, false},
		{"raise", `{"to":9223372036854775808}`, poker.Action{}, false},
		{"raise", `{"to":"20"}`, poker.Action{}, false},
		{"raise", `{"to":1e3}`, poker.Action{}, false},
		{"call", `{"amount":-1}`, poker.Action{}, false},
		{"call", `{`, poker.Action{}, false},
		{"run", `{}`, poker.Action{}, false},
		{"deal", "", poker.Action{}, false},
	} {
		got, err := poker.DecodeAction(row.typ, []byte(row.data))
		if row.ok && (err != nil || got != row.want) || !row.ok && !errors.Is(err, game.ErrMalformed) {
			t.Errorf("%s %s: got %+v, %v", row.typ, row.data, got, err)
		}
	}
}

// Nothing that is read from a journal makes a hand panic.
func FuzzDecodeEvent(f *testing.F) {
	hand := deal(f, noLimit(105, 105), "AsAh KsKh / 2c7d9hJc4s").play("1 r 105; 0 c")
	for _, e := range hand.events {
		data, err := poker.EncodeEvent(e)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(e.EventType(), data)
	}
	f.Add("turned", []byte(`{"run":1,"cards":["As","As","As","As","As"]}`))
	f.Add("shown", []byte(`{"pos":9,"cards":["As"]}`))
	start, err := poker.NewHand(noLimit(105, 105))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, typ string, data []byte) {
		e, err := poker.DecodeEvent(typ, data)
		if err != nil {
			if !errors.Is(err, game.ErrMalformed) {
				t.Errorf("%v, want ErrMalformed", err)
			}
			return
		}
		for _, hand := range []poker.Hand{start, hand.Hand} {
			next := hand.Evolve(e)
			_ = hand.EventView(e, 0)
			_ = next.View(1)
		}
	})
}
