package house

import (
	"fmt"
	"testing"

	"kibitz/internal/poker/eval"
)

// situations are all that can be looked up.
func situations() []string {
	list := []string{"open.sb", "reraised", "cold", "fourbet", "duel.open", "duel.limped", "duel.raised", "duel.reraised", "duel.fourbet"}
	for n := range 7 {
		list = append(list, fmt.Sprintf("open.%d", n))
	}
	for _, p := range []string{"early", "middle", "late"} {
		list = append(list, "limped."+p)
		for _, d := range []string{"ip", "sb", "bb"} {
			list = append(list, "raised."+p+"."+d)
		}
	}
	return append(list, "limped.sb", "limped.bb")
}

// Every character has a chart for every situation, and plays more hands the
// nearer it is to the button.
func TestCharts(t *testing.T) {
	h := mustOpen(t)
	for _, c := range Characters() {
		all := h.charts[c.ID]
		for _, s := range situations() {
			if _, ok := all[s]; !ok {
				t.Errorf("%s has no chart for %s", c.ID, s)
			}
		}
		if len(all) != len(situations()) {
			t.Errorf("%s has %d charts, want %d", c.ID, len(all), len(situations()))
		}
		for n := 1; n < 7; n++ {
			near, far := all[fmt.Sprintf("open.%d", n-1)], all[fmt.Sprintf("open.%d", n)]
			if near.raise.share()+near.call.share() < far.raise.share()+far.call.share() {
				t.Errorf("%s plays more hands with %d players before the button than with %d", c.ID, n, n-1)
			}
		}
	}
}

// Hands of Omaha everybody knows to be good are among the best, and bad ones
// among the worst.
func TestOmahaHands(t *testing.T) {
	h := mustOpen(t)
	rows := []struct {
		cards       string
		high, split between
	}{
		{"AsAhKsKh", between{0, 0.01}, between{0, 0.1}},
		{"AsAhJsTh", between{0, 0.02}, between{0, 0.1}},
		{"AsAh2s3h", between{0, 0.1}, between{0, 0.001}},
		{"As2s3h4h", between{0, 0.6}, between{0, 0.02}},
		{"JsTs9h8h", between{0, 0.15}, between{0.1, 0.8}},
		{"KsKdQsQd", between{0, 0.02}, between{0, 0.3}},
		{"9s9h8d7c", between{0.02, 0.5}, between{0.4, 1}},
		{"2s2h2d7c", between{0.97, 1}, between{0.6, 1}},
		{"Ks9h6d2c", between{0.6, 1}, between{0.5, 1}},
	}
	for _, row := range rows {
		cards, err := eval.ParseCards(row.cards)
		if err != nil {
			t.Fatal(err)
		}
		hole := eval.HandOf(cards...)
		if got := h.high.percentile(hole); !row.high.has(got) {
			t.Errorf("%s: %.3f of all hands are better, want %v", row.cards, got, row.high)
		}
		if got := h.hilo.percentile(hole); !row.split.has(got) {
			t.Errorf("%s hi-lo: %.3f of all hands are better, want %v", row.cards, got, row.split)
		}
	}
}

func TestOmahaRefuses(t *testing.T) {
	for _, text := range []string{"", "pair x 1", "beauty 1 2", "pair 1"} {
		if _, err := parseOmaha(text, false); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
