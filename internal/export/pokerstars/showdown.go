package pokerstars

import (
	"strconv"

	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
)

// showdown writes who shows and who wins: the last side pot first, and with
// each the hands that play for it and were not shown yet.
func (w *writer) showdown() {
	runs := len(w.hand.Boards)
	for run := range runs {
		which := ""
		if runs > 1 {
			which = nth[run]
		}
		w.line("*** %sSHOW DOWN ***", which)
		var told poker.PosSet
		for i := len(w.hand.Pots) - 1; i >= 0; i-- {
			pot := &w.hand.Pots[i]
			for _, s := range w.shows {
				if (pot.Eligible.Has(s.Pos) || i == 0) && !told.Has(s.Pos) {
					told |= 1 << s.Pos
					w.show(s, run)
				}
			}
			w.collect(pot, run)
		}
		if w.hand.Rules().Ranking.Low != nil && !w.low(run) {
			w.line("No low hand qualified")
		}
	}
}

// show writes a hand that is shown or mucked.
func (w *writer) show(s *handlog.Step, run int) {
	name := w.hand.Players[s.Pos].Name
	if s.Kind == handlog.Muck {
		w.line("%s: mucks hand", name)
		return
	}
	made := w.made(s.Pos, run)
	if made != "" {
		made = " (" + made + ")"
	}
	w.line("%s: shows %s%s", name, cards(s.Cards), made)
}

// made says what shown cards are worth.
func (w *writer) made(p poker.Pos, run int) string {
	high, low := w.hand.Made(w.hand.Players[p].Cards, run)
	switch {
	case w.hand.Rules().Ranking.Low == nil || high == "":
		return high
	case low == "":
		return "HI: " + high
	}
	return "HI: " + high + "; LO: " + low
}

// low reports whether a hand that was shown has a low.
func (w *writer) low(run int) bool {
	for _, s := range w.shows {
		if s.Kind != handlog.Show {
			continue
		}
		if _, low := w.hand.Made(s.Cards, run); low != "" {
			return true
		}
	}
	return false
}

// collect writes who gets a pot.
func (w *writer) collect(pot *handlog.Pot, run int) {
	for _, s := range w.awards {
		if s.Pot == pot.Number && s.Run == run {
			w.line("%s collected %d from %s", w.hand.Players[s.Pos].Name, s.Amount, w.potName(pot))
		}
	}
}

// potName is what a pot is called: "pot" where there is only one.
func (w *writer) potName(pot *handlog.Pot) string {
	side := 0
	for i := range w.hand.Pots {
		if w.hand.Pots[i].Number == pot.Number {
			side = i
		}
	}
	switch {
	case len(w.hand.Pots) == 1:
		return "pot"
	case side == 0:
		return "main pot"
	case len(w.hand.Pots) == 2:
		return "side pot"
	}
	return "side pot-" + strconv.Itoa(side)
}

// uncontested writes who is left.
func (w *writer) uncontested() {
	for i := range w.hand.Pots {
		w.collect(&w.hand.Pots[i], 0)
	}
	for i := range w.hand.Players {
		if p := &w.hand.Players[i]; p.Folded < 0 && !p.Shown {
			w.line("%s: doesn't show hand", p.Name)
		}
	}
}

// late writes who showed of their own accord.
func (w *writer) late() {
	for _, s := range w.after {
		w.show(s, 0)
	}
}
