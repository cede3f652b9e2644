package house

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "compute the files of data again")

// depths are the stacks, in big blinds, for which all-in or fold is solved.
var depths = []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20}

// spread is how often each cell is played, from 0 to 1.
type spread [cells]float64

func (s *spread) share() float64 {
	sum := 0.0
	for c, w := range s {
		sum += w * float64(cell(c).combos())
	}
	return sum / allCombos
}

// jam is a game of all-in or fold: one player goes all-in with so many behind,
// of whom the last two have posted blinds of a half and of one, and at most one
// calls. Who is first has the small blind when there is one player behind.
type jam struct {
	*duels
	behind int
	depth  float64
	push   spread
	// cold is who calls without a blind or from the small one, and big from the
	// big blind.
	cold, big spread
}

// stakes returns what lies in the middle before, and what of it is the first
// player's and the caller's.
func (j *jam) stakes(big bool) (dead, own, his float64) {
	if j.behind == 1 {
		own = 0.5
	}
	if big {
		his = 1
	}
	return 1.5, own, his
}

// versus returns the share of every cell against a spread.
func (j *jam) versus(s *spread) *spread {
	var shares spread
	total := s.share() * allCombos
	for c := range shares {
		for o, w := range s {
			if w > 0 {
				shares[c] += w * float64(cell(o).combos()) * j.duels[c][o] / total
			}
		}
	}
	return &shares
}

// pushValues returns what going all-in is worth for every cell, in big blinds
// more than folding.
func (j *jam) pushValues() *spread {
	var values spread
	folds := 1.0
	for i := 1; i <= j.behind; i++ {
		big := i == j.behind
		caller := &j.cold
		if big {
			caller = &j.big
		}
		often := caller.share()
		if often > 0 {
			shares := j.versus(caller)
			dead, own, his := j.stakes(big)
			for c := range values {
				won := shares[c]*(2*j.depth+dead-own-his) - (j.depth - own)
				values[c] += folds * often * won
			}
		}
		folds *= 1 - often
	}
	for c := range values {
		values[c] += folds * 1.5
	}
	return &values
}

// callValues returns what calling is worth for every cell.
func (j *jam) callValues(big bool) *spread {
	var values spread
	if j.push.share() == 0 {
		return &values
	}
	shares := j.versus(&j.push)
	dead, own, his := j.stakes(big)
	for c := range values {
		values[c] = shares[c]*(2*j.depth+dead-own-his) - (j.depth - his)
	}
	return &values
}

// answer moves a spread a step towards the best answer.
func (s *spread) answer(values *spread, step float64) {
	for c := range s {
		best := 0.0
		if values[c] > 0 {
			best = 1
		}
		s[c] += step * (best - s[c])
	}
}

// solve plays each against the average of the others.
func (j *jam) solve() {
	for c := range cells {
		j.push[c], j.cold[c], j.big[c] = 1, 0.2, 0.5
	}
	for n := range 300 {
		step := 2 / float64(n+4)
		push, cold, big := j.pushValues(), j.callValues(false), j.callValues(true)
		j.push.answer(push, step)
		j.cold.answer(cold, step)
		j.big.answer(big, step)
	}
}

// regret is what the players together could win by answering better.
func (j *jam) regret() float64 {
	lost := func(s, values *spread) float64 {
		sum := 0.0
		for c, v := range values {
			sum += float64(cell(c).combos()) / allCombos * (max(0, v) - s[c]*v)
		}
		return sum
	}
	pushed := j.push.share()
	return lost(&j.push, j.pushValues()) + pushed*(lost(&j.big, j.callValues(true))+lost(&j.cold, j.callValues(false)))
}

// deepest returns up to which depth a cell is played, given how often it is at
// each: the bound that errs least.
func deepest(often []float64) float64 {
	best, bound := -1.0, 0.0
	for i := 0; i <= len(depths); i++ {
		right := 0.0
		for n, f := range often {
			if n < i {
				right += f
			} else {
				right += 1 - f
			}
		}
		if right > best {
			best, bound = right, 0
			if i > 0 {
				bound = depths[i-1]
			}
		}
	}
	return bound
}

// solveAll returns the lines of shove.txt.
func solveAll(d *duels) []string {
	var table [cells][3 * maxBehind]float64
	for behind := 1; behind <= maxBehind; behind++ {
		var solved []*jam
		for _, depth := range depths {
			j := &jam{duels: d, behind: behind, depth: depth}
			j.solve()
			solved = append(solved, j)
		}
		for c := range cells {
			for col, of := range []func(*jam) *spread{
				func(j *jam) *spread { return &j.push },
				func(j *jam) *spread { return &j.cold },
				func(j *jam) *spread { return &j.big },
			} {
				var often []float64
				for _, j := range solved {
					often = append(often, of(j)[c])
				}
				table[c][3*(behind-1)+col] = deepest(often)
			}
		}
	}
	var lines []string
	for c := range cells {
		line := cell(c).String()
		for _, v := range table[c] {
			line += fmt.Sprintf(" %g", v)
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

// order.txt has all hands by what they win against one and against three
// random hands.
func TestOrder(t *testing.T) {
	if *update {
		var list [cells]cell
		var values [cells]float64
		for c := range cells {
			list[c] = cell(c)
			values[c] = (against(cell(c), 1, 40_000) + against(cell(c), 3, 40_000)) / 40_000
		}
		slices.SortFunc(list[:], func(a, b cell) int { return cmp.Compare(values[b], values[a]) })
		var text strings.Builder
		for i, c := range list {
			text.WriteString(c.String())
			text.WriteString(map[bool]string{true: "\n", false: " "}[i%ranks == ranks-1])
		}
		write(t, "order.txt", text.String())
	}
	o := mustOpen(t).order
	worse := 0
	last := 2.0
	for _, c := range o {
		value := (against(c, 1, 3000) + against(c, 3, 3000)) / 3000
		if value > last+0.04 {
			worse++
		}
		last = value
	}
	if worse > 0 {
		t.Errorf("%d hands of the order are much better than the one before", worse)
	}
}

func write(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.WriteFile(filepath.Join("data", name), []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}
