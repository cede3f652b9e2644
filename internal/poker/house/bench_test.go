package house

import (
	"testing"

	"kibitz/internal/poker"
)

// BenchmarkDecide measures decisions on the flop at full effort.
func BenchmarkDecide(b *testing.B) {
	h := mustOpen(b)
	for _, row := range []struct {
		name, variant string
		structure     poker.Structure
	}{
		{"holdem", "holdem", poker.NoLimit}, {"omaha", "omaha", poker.PotLimit}, {"omaha8", "omaha8", poker.FixedLimit},
	} {
		b.Run(row.name, func(b *testing.B) {
			sights := collect(b, h, stakes(row.variant, row.structure, 6, 100), "flop")
			l := newLuck(3)
			who := Find(4)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				h.Decide(sights[i%len(sights)], who, l, Effort)
			}
		})
	}
}

// collect returns what players saw who had to decide on a street.
func collect(tb testing.TB, h *House, setup poker.Setup, street string) []Sight {
	tb.Helper()
	m := newMatch(tb, 9)
	var sights []Sight
	for range setup.Players {
		play := h.character(1+len(m.seats)%4, 600, m.luck)
		m.seats = append(m.seats, func(s Sight) Decision {
			if s.Table.Hand.Street == street && s.Table.Hand.Turn != nil {
				sights = append(sights, s)
			}
			return play(s)
		})
	}
	m.stats = make([]stats, len(m.seats))
	for n := 0; len(sights) < 200; n++ {
		m.play(setup, n)
	}
	return sights
}
