package house

import "fmt"

// span is one item of a range: a hand, up to another one, or up to the best of
// its kind.
type span struct {
	word, to string
	up       bool
}

// kind is a written hand.
type kind struct {
	high, low       int
	suited, offsuit bool
}

func parseKind(word string) (kind, error) {
	k := kind{high: -1, low: -1, suited: true, offsuit: true}
	if len(word) == 2 || len(word) == 3 {
		k.high, k.low = rankOf(word[0]), rankOf(word[1])
	}
	if len(word) == 3 {
		k.suited, k.offsuit = word[2] == 's', word[2] == 'o'
	}
	paired := k.high == k.low && len(word) == 3
	if k.low < 0 || k.high < k.low || paired || !k.suited && !k.offsuit {
		return k, fmt.Errorf("%w: %.10q; write hands as 77, AKs or AKo, the higher card first", errNotation, word)
	}
	return k, nil
}

// add puts all hands of the span into a range.
func (s span) add(h *hands) error {
	k, err := parseKind(s.word)
	if err != nil {
		return err
	}
	paired := k.high == k.low
	first, last := k.low, k.low
	switch {
	case s.to != "":
		end, err := parseKind(s.to)
		if err != nil {
			return err
		}
		alike := end.suited == k.suited && end.offsuit == k.offsuit && (end.high == end.low) == paired
		if !alike || !paired && end.high != k.high {
			return fmt.Errorf("%w: from %.10q to %.10q", errNotation, s.word, s.to)
		}
		first, last = min(k.low, end.low), max(k.low, end.low)
	case s.up && paired:
		last = ranks - 1
	case s.up:
		last = k.high - 1
	}
	for low := first; low <= last; low++ {
		k.put(h, low)
	}
	return nil
}

// put adds the hands of the kind with a low card; pairs are of that card.
func (k kind) put(h *hands, low int) {
	switch {
	case k.high == k.low:
		h[pair(low)] = 100
		return
	case k.suited:
		h[suited(k.high, low)] = 100
	}
	if k.offsuit {
		h[offsuit(k.high, low)] = 100
	}
}
