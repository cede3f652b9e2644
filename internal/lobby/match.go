package lobby

import (
	"cmp"
	"slices"
)

// How far apart two players may be (chess.md 6.1). The figures are rating
// points; a wave is Config.WaveEvery.
const (
	// perWave is what a missed wave takes from the distance of a pair, and
	// mostForWaves the most that waiting can do.
	perWave      = 40
	mostForWaves = 460
	// mixedWaves is how long a registered player waits for another before a
	// guest will do; the game is then casual.
	mixedWaves = 3
	// neighbours is how many of those next in rating are looked at, so that a
	// crowd of any size is paired at once.
	neighbours = 24
)

// reach is the largest distance at which a player of a rating is paired.
func reach(rating int) int {
	switch {
	case rating < 1000:
		return 130
	case rating < 1500:
		return 100
	}
	return min(rating/15, 200)
}

// distance is how badly two fit, with what waiting forgives taken off, and
// whether they may be paired at all.
func distance(a, b *waiter) (int, bool) {
	if a.shuns(b.entrant) {
		return 0, false
	}
	missed := min(a.missed, b.missed)
	switch {
	case a.Player.Guest && b.Player.Guest:
		return 0, true
	case a.Player.Guest != b.Player.Guest:
		return mostForWaves, max(a.missed, b.missed) >= mixedWaves
	}
	apart := max(a.about.Rating-b.about.Rating, b.about.Rating-a.about.Rating)
	apart -= min(missed*perWave, mostForWaves)
	return apart, apart <= max(reach(a.about.Rating), reach(b.about.Rating))
}

// candidate is a pair that could be made.
type candidate struct {
	a, b  *waiter
	apart int
}

// match finds who plays whom among those who wait, the longest first: the
// pairs that fit best are made first, and of equal ones the one that has
// waited longest.
func match(waiting []*waiter) []pair {
	candidates := candidatesOf(waiting)
	slices.SortStableFunc(candidates, func(x, y candidate) int { return cmp.Compare(x.apart, y.apart) })
	var pairs []pair
	busy := make(map[*waiter]bool)
	for _, c := range candidates {
		if busy[c.a] || busy[c.b] {
			continue
		}
		busy[c.a], busy[c.b] = true, true
		pairs = append(pairs, pair{c.a.entrant, c.b.entrant})
	}
	return pairs
}

// candidatesOf returns the pairs worth a look: those near in rating, where the
// order of waiting breaks ties.
func candidatesOf(waiting []*waiter) []candidate {
	sorted := slices.Clone(waiting)
	slices.SortStableFunc(sorted, func(a, b *waiter) int { return cmp.Compare(a.about.Rating, b.about.Rating) })
	var all []candidate
	for i, a := range sorted {
		for _, b := range sorted[i+1 : min(len(sorted), i+1+neighbours)] {
			if apart, ok := distance(a, b); ok {
				all = append(all, candidate{a, b, apart})
			}
		}
	}
	return all
}
