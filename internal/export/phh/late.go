package phh

import "kibitz/internal/poker"

// runTwice has everybody agree to it.
func (r *Replay) runTwice() error {
	for r.End.Asked() != 0 {
		events, err := r.End.Decide(r.End.Asked().First(), poker.Action{Act: poker.Run, Amount: 2})
		if err != nil {
			return err
		}
		r.add(events)
	}
	return nil
}

// late has those show who do so of their own accord when the hand is over.
func (h *Hand) late(r *Replay, known [poker.MaxPlayers]bool) error {
	var shown poker.PosSet
	for _, e := range r.Events {
		if s, ok := e.(poker.Shown); ok {
			shown |= 1 << s.Pos
		}
	}
	for _, a := range h.Actions {
		if a.Verb != ShowMuck || len(a.Cards) == 0 || shown.Has(a.Pos) || !known[a.Pos] {
			continue
		}
		events, err := r.End.Decide(a.Pos, poker.Action{Act: poker.Show})
		if err != nil {
			return err
		}
		r.add(events)
		shown |= 1 << a.Pos
	}
	return nil
}
