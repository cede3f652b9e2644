package house

import (
	"errors"
	"testing"
)

func TestNotation(t *testing.T) {
	o := mustOpen(t).order
	rows := []struct {
		name, text string
		combos     float64
		has, lacks []string
	}{
		{"nothing", " ", 0, nil, []string{"AA"}},
		{"a pair", "77", 6, []string{"77"}, []string{"88", "66"}},
		{"pairs from one up", "TT+", 30, []string{"TT", "AA"}, []string{"99"}},
		{"pairs between", "22-44", 18, []string{"22", "33", "44"}, []string{"55"}},
		{"the other way round", "44-22", 18, []string{"33"}, []string{"55"}},
		{"suited", "AKs", 4, []string{"AKs"}, []string{"AKo"}},
		{"offsuit", "AKo", 12, []string{"AKo"}, []string{"AKs"}},
		{"both", "AK", 16, []string{"AKs", "AKo"}, []string{"AQs"}},
		{"better kickers", "ATs+", 16, []string{"ATs", "AKs"}, []string{"A9s", "ATo", "AA"}},
		{"all aces with a kicker", "A2+", 12 * 16, []string{"A2o", "AKs"}, []string{"AA"}},
		{"kickers between", "A2s-A5s", 16, []string{"A2s", "A5s"}, []string{"A6s"}},
		{"one kicker up to the high card", "JTs+", 4, []string{"JTs"}, []string{"QJs"}},
		{"several", "22+,A2s+,KTo+", 78 + 48 + 36, []string{"22", "A2s", "KTo", "KQo"}, []string{"K9o", "KTs"}},
		{"a part", "AA:50", 3, []string{"AA"}, nil},
		{"the last one counts", "22+,AA:50", 75, []string{"AA"}, nil},
		{"the best", "0.5%", 6.63, []string{"AA"}, []string{"72o"}},
		{"all", "100%", 1326, []string{"32o"}, nil},
	}
	for _, row := range rows {
		h, err := o.parse(row.text)
		if err != nil {
			t.Errorf("%s: %v", row.name, err)
			continue
		}
		if got := h.share() * allCombos; got < row.combos-0.1 || got > row.combos+0.1 {
			t.Errorf("%s: %s is %.2f hands, want %.2f", row.name, row.text, got, row.combos)
		}
		for _, word := range row.has {
			if h[mustCell(t, word)] == 0 {
				t.Errorf("%s: %s is not in %s", row.name, word, row.text)
			}
		}
		for _, word := range row.lacks {
			if h[mustCell(t, word)] != 0 {
				t.Errorf("%s: %s is in %s", row.name, word, row.text)
			}
		}
	}
}

func TestNotationRefuses(t *testing.T) {
	o := mustOpen(t).order
	for _, text := range []string{
		",", "A", "AKx", "KA", "KAs", "1s", "77s", "AKs:", "AKs:101", "AKs:-1", "AKs:half", "22-A5s", "A2s-K5s", "A2s-A5o", "A2s-", "-", "+",
		"101%", "-1%", "NaN%", "%", "22+-44", "AKs AQs", "аа",
	} {
		if h, err := o.parse(text); !errors.Is(err, errNotation) {
			t.Errorf("%q: got %v hands and %v, want a refusal", text, h.share()*allCombos, err)
		}
	}
}

func TestParseOrderRefuses(t *testing.T) {
	for name, text := range map[string]string{"too few": "AA KK", "twice": orderText[:len(orderText)-4] + " AA"} {
		if _, err := parseOrder(text); !errors.Is(err, errNotation) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
}

func TestChartsRefuse(t *testing.T) {
	o := mustOpen(t).order
	for name, text := range map[string]string{
		"nobody":          "open.0: 22+ /",
		"like nobody":     "character a\nlike b",
		"without a slash": "character a\nopen.0: 22+",
		"no situation":    "character a\n22+ / AK",
		"no hands":        "character a\nopen.0: 22+ / ZZ",
		"no raise":        "character a\nopen.0: ZZ / 22+",
	} {
		if _, err := o.parseCharts(text); !errors.Is(err, errNotation) {
			t.Errorf("%s: got %v, want a refusal", name, err)
		}
	}
}

func FuzzNotation(f *testing.F) {
	for _, text := range []string{"22+,A2s+,KTo+", "A2s-A5s:50", "12.5%", "AK,77-22", ":", "T9s+"} {
		f.Add(text)
	}
	o := mustOpen(f).order
	f.Fuzz(func(t *testing.T, text string) {
		h, err := o.parse(text)
		if err != nil {
			return
		}
		for c, weight := range h {
			if weight > 100 {
				t.Errorf("%q: %v has %d parts of 100", text, cell(c), weight)
			}
		}
	})
}

func mustCell(tb testing.TB, word string) cell {
	tb.Helper()
	for c := range cell(cells) {
		if c.String() == word {
			return c
		}
	}
	tb.Fatalf("no cell %s", word)
	return 0
}
