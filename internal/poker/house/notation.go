package house

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// errNotation marks text that is no range of hands.
var errNotation = errors.New("no range of hands")

// hands is a range: for every cell how often out of 100 it is part of it.
type hands [cells]uint8

// allCombos is how many hands of two cards there are.
const allCombos = 1326

// share is the part of all hands that are in the range, from 0 to 1.
func (h *hands) share() float64 {
	sum := 0
	for c, weight := range h {
		sum += cell(c).combos() * int(weight)
	}
	return float64(sum) / (100 * allCombos)
}

// order is all cells, the best first.
type order [cells]cell

// parseOrder reads cells separated by white space.
func parseOrder(text string) (order, error) {
	var o order
	var seen [cells]bool
	words := strings.Fields(text)
	if len(words) != cells {
		return o, fmt.Errorf("%w: an order of %d hands, not %d", errNotation, len(words), cells)
	}
	for i, word := range words {
		var one hands
		if err := (span{word: word}).add(&one); err != nil {
			return o, err
		}
		for c, weight := range one {
			if weight == 0 {
				continue
			}
			if seen[c] || cell(c).String() != word {
				return o, fmt.Errorf("%w: %.10q in an order of hands", errNotation, word)
			}
			seen[c], o[i] = true, cell(c)
		}
	}
	return o, nil
}

// percentiles returns for every cell which part of all hands is better, counted
// to the middle of the cell.
func (o *order) percentiles() [cells]float64 {
	var list [cells]float64
	before := 0
	for _, c := range o {
		list[c] = (float64(before) + float64(c.combos())/2) / allCombos
		before += c.combos()
	}
	return list
}

// top returns the best part of all hands, of which there are so many in 1000.
// The last cell is in it in part.
func (o *order) top(mille int) hands {
	var h hands
	left := mille * allCombos / 10 // in hundredths of a hand
	for _, c := range o {
		weight := min(100, left/c.combos())
		h[c] = uint8(max(0, weight))
		left -= weight * c.combos()
		if weight < 100 {
			break
		}
	}
	return h
}

// parse reads a range: items separated by commas, as in "22+,A2s-A5s:50,KTo+".
// An item is a hand ("77", "AKs", "AKo", "AK" for both), a hand and all better
// kickers or pairs ("ATs+"), hands from one to another ("22-66", "A2s-A5s"), or
// the best of all ("12.5%"). After a colon follows how often out of 100 the
// hands are in the range. Where items overlap the last one counts. No text is
// no hands.
func (o *order) parse(text string) (hands, error) {
	var h hands
	if strings.TrimSpace(text) == "" {
		return h, nil
	}
	for _, item := range strings.Split(text, ",") {
		item, often, weighted := strings.Cut(strings.TrimSpace(item), ":")
		weight := 100
		if weighted {
			n, err := strconv.Atoi(often)
			if err != nil || n < 0 || n > 100 {
				return h, fmt.Errorf("%w: %.10q is no part of 100", errNotation, often)
			}
			weight = n
		}
		part, err := o.item(item)
		if err != nil {
			return h, err
		}
		for c := range part {
			if part[c] > 0 {
				h[c] = uint8(int(part[c]) * weight / 100)
			}
		}
	}
	return h, nil
}

// item reads one item without its weight.
func (o *order) item(text string) (hands, error) {
	var h hands
	if percent, ok := strings.CutSuffix(text, "%"); ok {
		f, err := strconv.ParseFloat(percent, 64)
		if err != nil || !(f >= 0 && f <= 100) {
			return h, fmt.Errorf("%w: %.10q is no part of all hands", errNotation, text)
		}
		return o.top(int(f*10 + 0.5)), nil
	}
	from, to, ok := strings.Cut(text, "-")
	s := span{word: from}
	switch {
	case !ok:
		s.word, s.up = strings.CutSuffix(text, "+")
	case to == "":
		return h, fmt.Errorf("%w: %.10q goes nowhere", errNotation, text)
	default:
		s.to = to
	}
	return h, s.add(&h)
}
