// Package rating is Glicko-2, as in Mark Glickman's "Example of the Glicko-2
// system" (2013), with the constants of spec/chess.md 7. Every game is a
// rating period of its own, and between games the deviation grows by the days
// that pass.
package rating

import "math"

// The constants of spec/chess.md 7.
const (
	StartRating     = 1500
	StartDeviation  = 500
	StartVolatility = 0.09

	minRating     = 400
	minDeviation  = 45
	maxDeviation  = 500
	maxVolatility = 0.1
	maxChange     = 700
	tau           = 0.75

	// periodsPerDay lets a deviation of 60 grow to 110 in one year.
	periodsPerDay = 0.21436

	// Provisional is the deviation above which a rating is shown with a
	// question mark, and Clueless above which it says next to nothing.
	Provisional = 110
	Clueless    = 230
)

// Rating is what is known of the strength of a player. It is kept to a fixed
// number of decimals, so that computing it again gives the same.
type Rating struct {
	// Rating is the strength, Deviation its standard deviation, Volatility how
	// much it is expected to move.
	Rating, Deviation, Volatility float64
}

// Start is the rating of who has played no rated game.
func Start() Rating { return Rating{StartRating, StartDeviation, StartVolatility} }

// Provisional reports whether the rating is not to be relied on yet.
func (r Rating) Provisional() bool { return r.Deviation > Provisional }

// Rounded is the rating as people see it.
func (r Rating) Rounded() int { return int(math.Round(r.Rating)) }

// Score is how a game went, from the player's side.
type Score float64

// The scores.
const (
	Loss Score = 0
	Draw Score = 0.5
	Win  Score = 1
)

// Other is the score of the opponent.
func (s Score) Other() Score { return 1 - s }

// Idle returns the rating after so many days without a rated game: less sure,
// and otherwise the same. Negative days count as none.
func (r Rating) Idle(days float64) Rating {
	days = math.Max(0, days)
	r.Deviation = bound(widen(r, float64(days*periodsPerDay)), minDeviation, maxDeviation)
	return r.rounded()
}

// widen returns the deviation after some rating periods.
func widen(r Rating, periods float64) float64 {
	phi, sigma := r.Deviation/scale, r.Volatility
	return scale * math.Sqrt(float64(phi*phi)+float64(periods*float64(sigma*sigma)))
}

// Game returns the ratings of two players after a game between them, given
// those that Idle had brought up to its time. The score is the first one's.
func Game(a, b Rating, s Score) (afterA, afterB Rating) {
	return once(a, b, s), once(b, a, s.Other())
}

func once(r, opponent Rating, s Score) Rating {
	next := period(r, []outcome{{opponent, s}}, tau)
	change := bound(next.Rating-r.Rating, -maxChange, maxChange)
	next.Rating = math.Max(minRating, r.Rating+change)
	next.Deviation = bound(next.Deviation, minDeviation, maxDeviation)
	next.Volatility = math.Min(next.Volatility, maxVolatility)
	return next.rounded()
}

func bound(v, low, high float64) float64 { return math.Min(high, math.Max(low, v)) }

// Decimals kept of a rating and its deviation, and of a volatility.
const (
	ratingSteps     = 1e4
	volatilitySteps = 1e7
)

func (r Rating) rounded() Rating {
	r.Rating = math.Round(r.Rating*ratingSteps) / ratingSteps
	r.Deviation = math.Round(r.Deviation*ratingSteps) / ratingSteps
	r.Volatility = math.Round(r.Volatility*volatilitySteps) / volatilitySteps
	return r
}
