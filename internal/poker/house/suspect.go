package house

import "kibitz/internal/poker"

// suspect is a rival, and how likely each hole of the field is to be his.
type suspect struct {
	*poker.PlayerView
	// weights add up to 1.
	weights []float64
	// stays is which part of his hands does not fold, as far as is known.
	stays float64
}

// suspects returns what the rivals may hold by what they did.
func (c *scene) suspects(f *field) []suspect {
	var list []suspect
	for _, p := range c.rivals() {
		s := suspect{PlayerView: &c.view.Players[p], weights: make([]float64, len(f.holes))}
		b := c.band(p)
		for i, better := range f.better {
			s.weights[i] = b.weight(better)
		}
		for _, d := range c.history.of[p].later {
			s.narrow(f, d, d.street == c.view.Street)
		}
		s.normalize()
		list = append(list, s)
	}
	return list
}

// band is which part of all hole cards somebody has: those between two
// percentiles, and a few others.
type band struct{ from, to float64 }

func (b band) weight(better float64) float64 {
	switch {
	case better < b.from:
		return 0.3
	case better <= b.to:
		return 1
	case better <= 1.5*b.to:
		return 0.12
	}
	return 0.02
}

// band guesses from what was done before the flop.
func (c *scene) band(p poker.Pos) band {
	past := &c.history.of[p]
	wide := 1.0
	if c.fixed() || !c.holdem() {
		wide = 1.35
	}
	if c.duel() {
		wide *= 1.8
	}
	switch {
	case past.raised && past.level >= 4:
		return band{0, 0.03 * wide}
	case past.raised && past.level == 3:
		return band{0, 0.05 * wide}
	case past.raised && past.level == 2:
		return band{0, 0.10 * wide}
	case past.raised:
		opens := map[string]float64{"early": 0.16, "middle": 0.23, "late": 0.42}
		return band{0, min(0.9, opens[c.region(p)]*wide)}
	case past.entered && past.level >= 2:
		return band{0.02, 0.16 * wide}
	case past.entered && past.level == 1 && c.big(p):
		return band{0.06, min(1, 0.55*wide)}
	case past.entered && past.level == 1:
		return band{0.04, min(1, 0.32*wide)}
	case past.entered:
		return band{0.08, min(1, 0.6*wide)}
	case past.checked:
		return band{0.1, 1}
	}
	return band{0, 1}
}

// narrow weighs the holes by a decision after the flop. What was done on an
// earlier street was done with other cards in sight, and says less.
func (s *suspect) narrow(f *field, d deed, now bool) {
	s.normalize()
	floor := 0.0
	if !now {
		floor = 0.33
	}
	above := 0.0
	for _, i := range f.ranked {
		w := s.weights[i]
		likely := d.likely(above + w/2)
		s.weights[i] = w * (floor + (1-floor)*likely)
		above += w
	}
}

// likely is how likely a decision is with a hand of which such a part of all
// hands is better.
func (d deed) likely(better float64) float64 {
	steps := func(list ...float64) float64 {
		for i := 0; i+1 < len(list); i += 2 {
			if better < list[i] {
				return list[i+1]
			}
		}
		return list[len(list)-1]
	}
	switch d.act {
	case poker.Check:
		return steps(0.15, 0.5, 0.4, 0.85, 1)
	case poker.Call:
		if d.size > 0.9 {
			return steps(0.06, 0.6, 0.4, 1, 0.55, 0.5, 0.1)
		}
		return steps(0.08, 0.6, 0.55, 1, 0.75, 0.5, 0.12)
	case poker.Bet:
		if d.size > 0.9 {
			return steps(0.3, 1, 0.6, 0.35, 0.4)
		}
		return steps(0.4, 1, 0.65, 0.55, 0.42)
	}
	if d.level > 2 {
		return steps(0.08, 1, 0.2, 0.4, 0.06)
	}
	return steps(0.18, 1, 0.4, 0.45, 0.2)
}

func (s *suspect) normalize() {
	sum := 0.0
	for _, w := range s.weights {
		sum += w
	}
	for i := range s.weights {
		if sum > 0 {
			s.weights[i] /= sum
		} else {
			s.weights[i] = 1 / float64(len(s.weights))
		}
	}
}

// best keeps the strongest part of the hands, which is what calls a bet.
func (s *suspect) best(f *field, part float64) []float64 {
	kept := make([]float64, len(s.weights))
	above := 0.0
	for _, i := range f.ranked {
		if above >= part {
			break
		}
		kept[i] = min(s.weights[i], part-above)
		above += s.weights[i]
	}
	return kept
}

// above returns how likely the hands are at least so strong.
func (s *suspect) above(f *field, strength float64) float64 {
	sum := 0.0
	for i, w := range s.weights {
		if f.strength[i] >= strength {
			sum += w
		}
	}
	return sum
}
