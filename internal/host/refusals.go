package host

import (
	"kibitz/internal/account"
	"kibitz/internal/table"
)

// refusalsKept is how many refusals a table remembers, so that an action that
// was refused and is sent again gets its first answer.
const refusalsKept = 8

// refusals is a ring. The zero value is empty and takes no memory.
type refusals struct {
	ring []refusal
	next int
}

type refusal struct {
	actor account.ID
	id    table.ActionID
	err   error
}

func (r *refusals) find(actor account.ID, id table.ActionID) error {
	if id == "" {
		return nil
	}
	for i := range r.ring {
		if e := &r.ring[i]; e.id == id && e.actor == actor {
			return e.err
		}
	}
	return nil
}

func (r *refusals) add(actor account.ID, id table.ActionID, err error) {
	switch {
	case id == "":
	case len(r.ring) < refusalsKept:
		r.ring = append(r.ring, refusal{actor, id, err})
	default:
		r.ring[r.next] = refusal{actor, id, err}
		r.next = (r.next + 1) % refusalsKept
	}
}
