package rating

import "math"

// scale turns ratings into the units of the Glicko-2 paper, step 2.
const scale = 173.7178

// The iteration of step 5 ends when it is this exact. It converges in a dozen
// rounds; maxRounds only keeps it finite.
const (
	exact     = 1e-6
	maxRounds = 200
)

// outcome is one game of a rating period.
type outcome struct {
	opponent Rating
	score    Score
}

// period returns the rating after a rating period, steps 2 to 8 of the paper.
// Products are rounded before they are added (float64(...)), so that no
// processor computes them differently.
func period(r Rating, games []outcome, tau float64) Rating {
	mu, phi := (r.Rating-StartRating)/scale, r.Deviation/scale
	var info, drift float64
	for _, o := range games {
		muJ, phiJ := (o.opponent.Rating-StartRating)/scale, o.opponent.Deviation/scale
		g := 1 / math.Sqrt(1+3*float64(phiJ*phiJ)/float64(math.Pi*math.Pi))
		e := 1 / (1 + math.Exp(float64(-g*(mu-muJ))))
		info += float64(float64(g*g) * float64(e*(1-e)))
		drift += float64(g * (float64(o.score) - e))
	}
	if info == 0 {
		r.Deviation = widen(r, 1)
		return r
	}
	v := 1 / info
	sigma := volatility(r.Volatility, phi, v, float64(v*drift), tau)
	star := float64(phi*phi) + float64(sigma*sigma)
	phi = 1 / math.Sqrt(1/star+info)
	mu += float64(float64(phi*phi) * drift)
	return Rating{float64(scale*mu) + StartRating, scale * phi, sigma}
}

// volatility is step 5: the root of f by the Illinois algorithm.
func volatility(sigma, phi, v, delta, tau float64) float64 {
	a := math.Log(sigma * sigma)
	f := func(x float64) float64 {
		ex := math.Exp(x)
		d := float64(phi*phi) + v + ex
		return float64(ex*(float64(delta*delta)-d))/(2*float64(d*d)) - (x-a)/float64(tau*tau)
	}
	low, high := a, bracket(f, phi, v, delta, a, tau)
	fLow, fHigh := f(low), f(high)
	for round := 0; math.Abs(high-low) > exact && round < maxRounds; round++ {
		next := low + float64((low-high)*fLow)/(fHigh-fLow)
		fNext := f(next)
		if float64(fNext*fHigh) <= 0 {
			low, fLow = high, fHigh
		} else {
			fLow /= 2
		}
		high, fHigh = next, fNext
	}
	return math.Exp(low / 2)
}

// bracket finds the other end of an interval around the root.
func bracket(f func(float64) float64, phi, v, delta, a, tau float64) float64 {
	if d := float64(delta*delta) - float64(phi*phi) - v; d > 0 {
		return math.Log(d)
	}
	k := 1.0
	for f(a-float64(k*tau)) < 0 && k < maxRounds {
		k++
	}
	return a - float64(k*tau)
}
