package pokerstars

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"kibitz/internal/poker"
	"kibitz/internal/poker/handlog"
)

func (w *writer) summary() {
	w.line("*** SUMMARY ***")
	pots := ""
	if len(w.hand.Pots) > 1 {
		for i := range w.hand.Pots {
			name := w.potName(&w.hand.Pots[i])
			pots += fmt.Sprintf(" %s%s %d.", strings.ToUpper(name[:1]), name[1:], w.hand.Pots[i].Amount)
		}
	}
	w.line("Total pot %d%s | Rake 0", w.hand.Total(), pots)
	if w.hand.Twice() {
		w.line("Hand was run twice")
	}
	for run, board := range w.hand.Boards {
		switch {
		case w.hand.Twice():
			w.line("%sBoard %s", nth[run], cards(board))
		case len(board) > 0:
			w.line("Board %s", cards(board))
		}
	}
	order := make([]poker.Pos, len(w.hand.Players))
	for i := range order {
		order[i] = poker.Pos(i)
	}
	slices.SortFunc(order, func(a, b poker.Pos) int { return cmp.Compare(w.hand.Players[a].Seat, w.hand.Players[b].Seat) })
	for _, p := range order {
		w.line("Seat %d: %s%s %s", w.hand.Players[p].Seat+1, w.hand.Players[p].Name, w.marks(p), w.outcome(p))
	}
}

// marks are the button and the blinds of a player.
func (w *writer) marks(p poker.Pos) string {
	text := ""
	if w.hand.Players[p].Seat == w.hand.Button {
		text += " (button)"
	}
	if w.hand.Blind(poker.PostSmall) == p {
		text += " (small blind)"
	}
	if w.hand.Blind(poker.PostBig) == p {
		text += " (big blind)"
	}
	return text
}

// outcome says how the hand ended for a player.
func (w *writer) outcome(pos poker.Pos) string {
	p := &w.hand.Players[pos]
	switch {
	case p.Folded == 0 && !w.bet(pos):
		return "folded before Flop (didn't bet)"
	case p.Folded == 0:
		return "folded before Flop"
	case p.Folded > 0:
		name := w.hand.StreetName(p.Folded)
		return "folded on the " + strings.ToUpper(name[:1]) + name[1:]
	case !w.hand.Showdown():
		return fmt.Sprintf("collected (%d)", p.Won)
	case w.mucked(pos) && p.Cards != nil:
		return "mucked " + cards(p.Cards)
	case w.mucked(pos):
		return "mucked"
	}
	parts := make([]string, len(w.hand.Boards))
	for run := range parts {
		parts[run] = "lost with " + w.made(pos, run)
		if won := w.won(pos, run); won > 0 {
			parts[run] = fmt.Sprintf("won (%d) with %s", won, w.made(pos, run))
		}
	}
	return "showed " + cards(p.Cards) + " and " + strings.Join(parts, ", and ")
}

// mucked reports whether a player gave up at the showdown, also one who showed
// later.
func (w *writer) mucked(p poker.Pos) bool {
	return slices.ContainsFunc(w.shows, func(s *handlog.Step) bool { return s.Pos == p && s.Kind == handlog.Muck })
}

// bet reports whether a player put in more than antes before the flop.
func (w *writer) bet(p poker.Pos) bool {
	return slices.ContainsFunc(w.hand.Steps, func(s handlog.Step) bool { return s.Pos == p && s.Street == 0 && s.To > 0 })
}

// won is what a player got with one board.
func (w *writer) won(p poker.Pos, run int) poker.Chips {
	var sum poker.Chips
	for _, s := range w.awards {
		if s.Pos == p && s.Run == run {
			sum += s.Amount
		}
	}
	return sum
}
