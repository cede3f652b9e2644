package eval_test

import (
	"encoding/json"
	"errors"
	"testing"

	"kibitz/internal/poker/eval"
)

func mustCards(tb testing.TB, text string) []eval.Card {
	tb.Helper()
	cards, err := eval.ParseCards(text)
	if err != nil {
		tb.Fatal(err)
	}
	return cards
}

func mustHand(tb testing.TB, text string) eval.Hand {
	tb.Helper()
	return eval.HandOf(mustCards(tb, text)...)
}

func TestCardNumbers(t *testing.T) {
	for _, row := range []struct {
		text string
		want eval.Card
	}{{"2c", 0}, {"3d", 5}, {"As", 51}, {"??", eval.NoCard}} {
		got, err := eval.ParseCard(row.text)
		if err != nil || got != row.want {
			t.Errorf("ParseCard(%q) = %d, %v, want %d", row.text, got, err, row.want)
		}
	}
	for c := eval.Card(0); c < eval.DeckSize; c++ {
		if got, err := eval.ParseCard(c.String()); err != nil || got != c {
			t.Errorf("ParseCard(%q) = %v, %v", c.String(), got, err)
		}
		if got := c.Hand().Cards(); len(got) != 1 || got[0] != c {
			t.Errorf("the set of %v holds %v", c, got)
		}
	}
}

func TestCardJSON(t *testing.T) {
	data, err := json.Marshal(mustCards(t, "AhTd"))
	if err != nil || string(data) != `["Ah","Td"]` {
		t.Errorf("got %s, %v", data, err)
	}
	var cards []eval.Card
	if err := json.Unmarshal([]byte(`["1h"]`), &cards); !errors.Is(err, eval.ErrCard) {
		t.Errorf("got %v, want ErrCard", err)
	}
}

func FuzzParseCards(f *testing.F) {
	for _, text := range []string{"", "AhKd", "??2c", "A", "AH", "10h", "ÄhK"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cards, err := eval.ParseCards(text)
		switch {
		case err != nil && !errors.Is(err, eval.ErrCard):
			t.Errorf("%q: %v, want ErrCard", text, err)
		case err == nil && eval.FormatCards(cards) != text:
			t.Errorf("%q reads as %v", text, cards)
		}
	})
}
