package house

import (
	"strings"
	"testing"
)

// table returns the game of all-in or fold as shove.txt plays it.
func (s *shoves) table(d *duels, behind int, depth float64) *jam {
	j := &jam{duels: d, behind: behind, depth: depth}
	for c := range cell(cells) {
		for of, deepest := range map[*spread]float64{
			&j.push: s.push(c, behind), &j.cold: s.call(c, behind, false), &j.big: s.call(c, behind, true),
		} {
			if deepest >= depth {
				of[c] = 1
			}
		}
	}
	return j
}

// Whatever the others do better against shove.txt, they win hardly anything by
// it: it is nearly an equilibrium.
func TestShovesAreNearlyAnEquilibrium(t *testing.T) {
	if *update {
		write(t, "shove.txt", strings.Join(solveAll(measureDuels(600)), "\n")+"\n")
	}
	d := measureDuels(150)
	s := mustOpen(t).shoves
	for _, behind := range []int{1, 2, 3, 5, 9} {
		for _, depth := range []float64{3, 6, 10, 15} {
			if got := s.table(d, behind, depth).regret(); got > 0.04 {
				t.Errorf("%g big blinds, %d behind: %.4f big blinds a hand to be won", depth, behind, got)
			}
		}
	}
}

// With more players behind or a deeper stack fewer hands go all-in.
func TestShovesNarrow(t *testing.T) {
	s := mustOpen(t).shoves
	for behind := 1; behind <= maxBehind; behind++ {
		for depth := 3.0; depth <= 12; depth++ {
			here, deeper, later := s.share(depth, behind), s.share(depth+1, behind), s.share(depth, behind+1)
			if deeper > here || behind < maxBehind && later > here+0.01 {
				t.Errorf("%g big blinds, %d behind: %.3f of all hands, deeper %.3f, one more behind %.3f", depth, behind, here, deeper, later)
			}
		}
	}
}
