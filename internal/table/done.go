package table

import "kibitz/internal/account"

// doneLen is how many accepted actions of players a table remembers, and of
// others as many again. A client re-sends only what was not answered, which
// is seldom more than one.
const doneLen = 16

// doneRing remembers the accepted actions of players, and apart from them, so
// that a talkative crowd drives out nothing that matters, of spectators.
type doneRing struct{ players, others ring }

type ring struct {
	entries []doneAction
	next    int
}

type doneAction struct {
	actor account.ID
	id    ActionID
	seq   Seq
}

func (r *ring) add(a doneAction) {
	if len(r.entries) < doneLen {
		r.entries = append(r.entries, a)
		return
	}
	r.entries[r.next] = a
	r.next = (r.next + 1) % doneLen
}

// find returns the first record of an action with an id that is not empty.
func (r *ring) find(actor account.ID, id ActionID) (Seq, bool) {
	last := id[len(id)-1]
	for i := range r.entries {
		e := &r.entries[i]
		// The last byte tells most ids of one client apart.
		if e.id[len(e.id)-1] == last && e.id == id && e.actor == actor {
			return e.seq, true
		}
	}
	return 0, false
}

// newest reports whether an action is the one that was added last.
func (r *ring) newest(actor account.ID, id ActionID) bool {
	if len(r.entries) == 0 {
		return false
	}
	e := &r.entries[(r.next+len(r.entries)-1)%len(r.entries)]
	return e.id == id && e.actor == actor
}

// Done returns the number of the first record of an action that was accepted
// before, so that sending it again does nothing.
func (t *Table) Done(actor account.ID, id ActionID) (Seq, bool) {
	if id == "" {
		return 0, false
	}
	if seq, ok := t.done.players.find(actor, id); ok {
		return seq, true
	}
	return t.done.others.find(actor, id)
}

// remember notes the action of a record. The further records of an action
// follow the first at once.
func (t *Table) remember(r *Record) {
	if r.Action == "" || t.done.players.newest(r.Actor, r.Action) || t.done.others.newest(r.Actor, r.Action) {
		return
	}
	a := doneAction{r.Actor, r.Action, r.Seq}
	if t.SeatOf(r.Actor) >= 0 {
		t.done.players.add(a)
		return
	}
	t.done.others.add(a)
}
