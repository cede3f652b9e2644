package house

// share returns what part of the pot the character wins against rivals whose
// weights are given, on average over the boards. A rival whose weights add up
// to less than 1 has folded in the rest of the cases.
func (f *field) share(rivals [][]float64) float64 {
	sum := 0.0
	for _, part := range f.ways(rivals) {
		sum += part
	}
	return sum / float64(f.boards)
}

// result is how one rival fares on one board.
type result struct {
	// high and low are what the character wins of him, theirs how often he has
	// a low.
	high, low, theirs float64
}

// against compares with one rival on one board.
func (f *field) against(b int, weights []float64) result {
	n := len(f.holes)
	high := f.high[b*n : (b+1)*n]
	var stays, possible, points, lowPoints, lows float64
	for i, w := range weights {
		stays += w
		if w == 0 || high[i] == gone {
			continue
		}
		possible += w
		points += w * float64(high[i])
		if f.split {
			lowPoints += w * float64(f.low[b*n+i])
			if f.theirs[b*n+i] {
				lows += w
			}
		}
	}
	if possible == 0 {
		return result{high: 1 - stays/2, low: 1 - stays/2}
	}
	scale := stays / possible
	return result{
		high:   1 - stays + points/2*scale,
		low:    1 - stays + lowPoints/2*scale,
		theirs: lows * scale,
	}
}

// whole is the weights of all hands of the suspects.
func whole(list []suspect) [][]float64 {
	all := make([][]float64, len(list))
	for i := range list {
		all[i] = list[i].weights
	}
	return all
}

// ways returns what part of the pot the character wins on every board.
func (f *field) ways(rivals [][]float64) []float64 {
	list := make([]float64, f.boards)
	for b := range list {
		high, low, theirs := 1.0, 1.0, 1.0
		for _, weights := range rivals {
			r := f.against(b, weights)
			high *= r.high
			low *= r.low
			theirs *= 1 - r.theirs
		}
		switch {
		case !f.split:
			list[b] = high
		case f.lows[b]:
			list[b] = (high + low) / 2
		default:
			list[b] = high * (1 - (1-theirs)/2)
		}
	}
	return list
}
