package games

import (
	"encoding/json"

	"kibitz/internal/hands"
	"kibitz/internal/poker/stats"
)

// ratio is how often something happened, and of so many times.
type ratio = [2]int64

func ratioOf(r stats.Rate) ratio { return ratio{r.Of, r.In} }

// figures are statistics as a page shows them. What is for the player alone is
// left out for others.
type figures struct {
	Hands int64 `json:"hands"`
	VPIP  ratio `json:"vpip"`
	PFR   ratio `json:"pfr"`
	*ownFigures
}

type ownFigures struct {
	ThreeBet       ratio `json:"three_bet"`
	FoldToThreeBet ratio `json:"fold_to_three_bet"`
	AF             ratio `json:"af"`
	AFq            ratio `json:"afq"`
	CBet           ratio `json:"c_bet"`
	WTSD           ratio `json:"wtsd"`
	WonAtShowdown  ratio `json:"wsd"`
	// PerHundred is big blinds in a hundred hands, and AllInEV what they would
	// be if all-ins had brought their average.
	PerHundred ratio `json:"bb_per_100"`
	AllInEV    ratio `json:"all_in_ev"`
	AllIns     int64 `json:"all_ins"`
	Net        int64 `json:"net"`
}

func figuresOf(c *stats.Counts, full bool) figures {
	f := figures{Hands: c.Hands, VPIP: ratioOf(c.VPIP()), PFR: ratioOf(c.PFR())}
	if full {
		f.ownFigures = &ownFigures{
			ThreeBet: ratioOf(c.ThreeBet()), FoldToThreeBet: ratioOf(c.FoldToThreeBet()), AF: ratioOf(c.AF()), AFq: ratioOf(c.AFq()),
			CBet: ratioOf(c.CBet()), WTSD: ratioOf(c.WTSD()), WonAtShowdown: ratioOf(c.WonAtShowdown()),
			PerHundred: ratioOf(c.PerHundred()), AllInEV: ratioOf(c.ExpectedPerHundred()), AllIns: c.AllIns, Net: c.Net,
		}
	}
	return f
}

// classFigures are those of one class of hands.
type classFigures struct {
	Variant   string       `json:"variant"`
	Structure string       `json:"structure"`
	Format    hands.Format `json:"format"`
	figures
	Biggest *biggestPot `json:"biggest_pot,omitempty"`
}

// biggestPot is the most chips that one hand paid.
type biggestPot struct {
	ID    string `json:"id"`
	Chips int64  `json:"chips"`
}

// allFigures are those of all hands together, and of each class.
type allFigures struct {
	figures
	Classes []classFigures `json:"classes,omitempty"`
}

// Figures implements hands.Scribe.
func (PokerHands) Figures(all []hands.Tally, full bool) any {
	var sum stats.Counts
	var classes []classFigures
	for i := range all {
		t := &all[i]
		c := countsOf(t.Counts)
		sum.Add(c)
		one := classFigures{Variant: t.Variant, Structure: t.Limit, Format: t.Format, figures: figuresOf(&c, full)}
		if t.Won > 0 {
			one.Biggest = &biggestPot{t.Best.String(), t.Won}
		}
		classes = append(classes, one)
	}
	f := allFigures{figures: figuresOf(&sum, full)}
	if full {
		f.Classes = classes
	}
	return f
}

// countsOf reads counts by their names. Those of a later version are unknown to
// this one.
func countsOf(counts hands.Counts) (c stats.Counts) {
	text, err := json.Marshal(counts)
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return stats.Counts{} // numbers by names have JSON
	}
	return c
}
