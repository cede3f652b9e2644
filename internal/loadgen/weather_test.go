package loadgen

import (
	"slices"
	"testing"
	"time"
)

func TestAbsences(t *testing.T) {
	var w weather
	at := func(ms int64) time.Time { return time.UnixMilli(ms) }
	w.refused(at(1000))
	w.refused(at(1100))
	w.accepted(at(3000))
	w.accepted(at(3100))
	w.refused(at(10_000))
	w.accepted(at(12_000))
	w.refused(at(90_000))
	for _, row := range []struct {
		name string
		a    absence
		want []span
	}{
		{"the first", absence{alive: 0, lost: 1010, back: 3500}, []span{{1010, 3000, 3500}}},
		{"lost long before", absence{alive: 0, lost: 500, back: 3500}, []span{{1000, 3000, 3500}}},
		{"both", absence{alive: 0, lost: 1010, back: 12_500}, []span{{1010, 3000, 10_000}, {10_000, 12_000, 12_500}}},
		{"a join between that nobody answered", absence{alive: 0, lost: 1010, back: 12_500, tries: []int64{3200, 12_500}}, []span{{1010, 3000, 3200}, {10_000, 12_000, 12_500}}},
		{"lost between", absence{alive: 3500, lost: 4000, back: 4500}, nil},
		{"the second after the first", absence{alive: 3500, lost: 4000, back: 12_500}, []span{{10_000, 12_000, 12_500}}},
		{"longer than anybody waits", absence{alive: 3500, lost: 10_010, back: 50_000}, []span{{10_010, 12_000, 32_000}}},
		{"not over as far as known", absence{alive: 13_000, lost: 90_020, back: 91_000}, []span{{90_020, 91_000, 91_000}}},
		{"by another clock", absence{alive: 0, lost: 1010, back: 3500, skew: 100}, []span{{1110, 3100, 3600}}},
	} {
		if got := w.absences(nil, row.a); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
	if n, took := w.total(at(91_000)); n != 3 || took != 5*time.Second {
		t.Errorf("got %d outages of %v, want 3 of 5s", n, took)
	}
}
