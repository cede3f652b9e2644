package lichessapi

import (
	"slices"

	"kibitz/internal/chess"
	"kibitz/internal/table"
)

// What the maker of a challenge may forbid, in the words of lichess. Those of
// the table are in table.Limits, and the others in the setup of the game.
const (
	noAbort     = "noAbort"
	noRematch   = "noRematch"
	noGiveTime  = "noGiveTime"
	noClaimWin  = "noClaimWin"
	noEarlyDraw = "noEarlyDraw"
)

// readRules reads what is forbidden.
func readRules(p params) ([]string, error) {
	list := words(p["rules"])
	for _, rule := range list {
		if !slices.Contains([]string{noAbort, noRematch, noGiveTime, noClaimWin, noEarlyDraw}, rule) {
			return nil, badField("rules", "There is no rule %.30q; choose of noAbort, noRematch, noGiveTime, noClaimWin and noEarlyDraw", rule)
		}
	}
	return list, nil
}

// limitsOf returns those that the table keeps.
func limitsOf(rules []string) table.Limits {
	has := func(rule string) bool { return slices.Contains(rules, rule) }
	return table.Limits{NoRematch: has(noRematch), NoGiveTime: has(noGiveTime), NoClaimWin: has(noClaimWin)}
}

// rulesOf names what is forbidden in a game.
func rulesOf(l table.Limits, v chess.StateView) []string {
	var list []string
	for _, rule := range []struct {
		on   bool
		name string
	}{
		{v.NoAbort, noAbort}, {l.NoRematch, noRematch}, {l.NoGiveTime, noGiveTime}, {l.NoClaimWin, noClaimWin}, {v.DrawFrom > 0, noEarlyDraw},
	} {
		if rule.on {
			list = append(list, rule.name)
		}
	}
	return list
}
