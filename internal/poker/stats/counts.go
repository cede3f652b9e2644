package stats

// Counts are what one player did in some hands. Their JSON is stored; fields are
// only ever added.
type Counts struct {
	// Hands are those dealt in; Walks those of them in which everybody folded
	// to the player's big blind.
	Hands int64 `json:"hands"`
	Walks int64 `json:"walks,omitempty"`
	// Entered are hands with a call, bet or raise before the flop; forced bets
	// are none. Raised are those with a bet or raise.
	Entered int64 `json:"entered,omitempty"`
	Raised  int64 `json:"raised,omitempty"`
	// Reraised is how often the player raised the first raise of another, and
	// ReraiseChances how often the rules allowed it.
	Reraised       int64 `json:"reraised,omitempty"`
	ReraiseChances int64 `json:"reraise_chances,omitempty"`
	// FoldedToReraise is how often the player, having raised first, folded to
	// the raise of another, and FacedReraise how often there was one.
	FoldedToReraise int64 `json:"folded_to_reraise,omitempty"`
	FacedReraise    int64 `json:"faced_reraise,omitempty"`
	// Bets are bets and raises after the flop, and Calls and Folds those after
	// it as well.
	Bets  int64 `json:"bets,omitempty"`
	Calls int64 `json:"calls,omitempty"`
	Folds int64 `json:"folds,omitempty"`
	// Continued is how often who raised last before the flop bet first on it,
	// and ContinueChances how often there was no bet yet.
	Continued       int64 `json:"continued,omitempty"`
	ContinueChances int64 `json:"continue_chances,omitempty"`
	// Flops are hands in which the player saw the flop, also all-in; Showdowns
	// those that more than one player saw to the end, this one among them, and
	// ShowdownsWon those of them in which the player got a part of the pot.
	Flops        int64 `json:"flops,omitempty"`
	Showdowns    int64 `json:"showdowns,omitempty"`
	ShowdownsWon int64 `json:"showdowns_won,omitempty"`
	// Net is the chips won or lost; NetMilli the same in thousandths of the big
	// blind of each hand, rounded.
	Net      int64 `json:"net,omitempty"`
	NetMilli int64 `json:"net_milli,omitempty"`
	// AllIns are hands in which all cards were face up before the last one was
	// dealt, and ExpectedMilli is NetMilli if the cards to come had brought
	// everybody their average.
	AllIns        int64 `json:"all_ins,omitempty"`
	ExpectedMilli int64 `json:"expected_milli,omitempty"`
}

// Add adds what the player did in other hands.
func (c *Counts) Add(d Counts) {
	c.Hands += d.Hands
	c.Walks += d.Walks
	c.Entered += d.Entered
	c.Raised += d.Raised
	c.Reraised += d.Reraised
	c.ReraiseChances += d.ReraiseChances
	c.FoldedToReraise += d.FoldedToReraise
	c.FacedReraise += d.FacedReraise
	c.Bets += d.Bets
	c.Calls += d.Calls
	c.Folds += d.Folds
	c.Continued += d.Continued
	c.ContinueChances += d.ContinueChances
	c.Flops += d.Flops
	c.Showdowns += d.Showdowns
	c.ShowdownsWon += d.ShowdownsWon
	c.Net += d.Net
	c.NetMilli += d.NetMilli
	c.AllIns += d.AllIns
	c.ExpectedMilli += d.ExpectedMilli
}

// Rate is how often something happened of so many times.
type Rate struct{ Of, In int64 }

// Value returns the ratio; ok is false when there is none.
func (r Rate) Value() (ratio float64, ok bool) {
	if r.In == 0 {
		return 0, false
	}
	return float64(r.Of) / float64(r.In), true
}

// VPIP is how often the player put chips into the pot of free will. Walks are no
// hands for it.
func (c *Counts) VPIP() Rate { return Rate{c.Entered, c.Hands - c.Walks} }

// PFR is how often the player raised before the flop.
func (c *Counts) PFR() Rate { return Rate{c.Raised, c.Hands} }

// ThreeBet is how often the player raised a first raise again.
func (c *Counts) ThreeBet() Rate { return Rate{c.Reraised, c.ReraiseChances} }

// FoldToThreeBet is how often the player's own first raise ended so.
func (c *Counts) FoldToThreeBet() Rate { return Rate{c.FoldedToReraise, c.FacedReraise} }

// AF is bets and raises for each call, after the flop.
func (c *Counts) AF() Rate { return Rate{c.Bets, c.Calls} }

// AFq is bets and raises among all decisions but checks, after the flop.
func (c *Counts) AFq() Rate { return Rate{c.Bets, c.Bets + c.Calls + c.Folds} }

// CBet is how often who raised last before the flop bet on it.
func (c *Counts) CBet() Rate { return Rate{c.Continued, c.ContinueChances} }

// WTSD is how many of the flops seen went to a showdown.
func (c *Counts) WTSD() Rate { return Rate{c.Showdowns, c.Flops} }

// WonAtShowdown is how many of the showdowns brought chips: W$SD.
func (c *Counts) WonAtShowdown() Rate { return Rate{c.ShowdownsWon, c.Showdowns} }

// PerHundred is big blinds won in a hundred hands: bb/100.
func (c *Counts) PerHundred() Rate { return Rate{c.NetMilli, 10 * c.Hands} }

// ExpectedPerHundred is PerHundred as the cards to come would have it on
// average.
func (c *Counts) ExpectedPerHundred() Rate { return Rate{c.ExpectedMilli, 10 * c.Hands} }
