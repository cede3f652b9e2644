package table

import "kibitz/internal/game"

// foresight is the first event of the action that was judged last and the
// state after it, for when they come back from the journal as a record: the
// record then need not be decoded, nor the state be worked out again. It is
// only ever of use for that very record, and says what decoding would.
type foresight struct {
	// data is the first byte of the record's Data, which nothing else has.
	data  *byte
	event game.Event
	next  game.State
}

// foresee returns the index of the event that ends a turn, or -1, and notes
// the state after the first event.
func (t *Table) foresee(events []game.Event) int {
	s := t.state
	t.foresight = foresight{}
	for i, e := range events {
		next := s.Evolve(e)
		if i == 0 {
			t.foresight.event, t.foresight.next = e, next
		}
		if next.Ply() > s.Ply() {
			return i
		}
		s = next
	}
	return -1
}

// of notes which record the first event became.
func (f *foresight) of(r *Record) {
	if len(r.Data) > 0 {
		f.data = &r.Data[0]
	}
}

// foreseen returns what is known of a record, and forgets it: nil when nothing
// is.
func (t *Table) foreseen(r *Record) (game.Event, game.State) {
	f := t.foresight
	t.foresight = foresight{}
	if f.data == nil || len(r.Data) == 0 || f.data != &r.Data[0] {
		return nil, nil
	}
	return f.event, f.next
}
