package house

import (
	"fmt"
	"strconv"
	"strings"
)

// maxBehind is the most players who can act after one.
const maxBehind = 9

// shoves is up to which stack, in big blinds, each hand goes all-in before the
// flop or calls somebody who does, when nothing else is possible.
type shoves [cells][3 * maxBehind]float64

// parseShoves reads lines of a hand and, for each number of players behind who
// goes all-in, the depth for going all-in, for calling without a big blind, and
// for calling from the big blind.
func parseShoves(text string) (*shoves, error) {
	s := new(shoves)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) != cells {
		return nil, fmt.Errorf("going all-in: %d hands, not %d", len(lines), cells)
	}
	for _, line := range lines {
		words := strings.Fields(line)
		k, err := parseKind(words[0])
		if err != nil || len(words) != 1+len(s[0]) {
			return nil, fmt.Errorf("going all-in: %.40q", line)
		}
		c := offsuit(k.high, k.low)
		if k.suited {
			c = suited(k.high, k.low)
		}
		for i, word := range words[1:] {
			if s[c][i], err = strconv.ParseFloat(word, 64); err != nil {
				return nil, fmt.Errorf("going all-in: %s: %w", words[0], err)
			}
		}
	}
	return s, nil
}

// push returns up to which depth a hand goes all-in with so many behind.
func (s *shoves) push(c cell, behind int) float64 { return s[c][3*column(behind)] }

// call returns up to which depth a hand calls an all-in of somebody who had so
// many behind.
func (s *shoves) call(c cell, behind int, big bool) float64 {
	if big {
		return s[c][3*column(behind)+2]
	}
	return s[c][3*column(behind)+1]
}

func column(behind int) int { return min(max(behind, 1), maxBehind) - 1 }

// share returns which part of all hands goes all-in at a depth.
func (s *shoves) share(depth float64, behind int) float64 {
	sum := 0
	for c := range cells {
		if s.push(cell(c), behind) >= depth {
			sum += cell(c).combos()
		}
	}
	return float64(sum) / allCombos
}
