package faults

import (
	"encoding/json"
	"time"
)

// nobody has no seat.
const nobody = -1

// felt is what a player knows of a table of poker, so as to do what is allowed.
type felt struct {
	mine  int // my seat
	out   bool
	stack int // mine, in a hand without what was bet
	// seats of the hand, by place.
	seats []int
	next  next
	// since when it is so, and how many hands have ended.
	since time.Time
	ended int
}

// next is who has to decide, and what.
type next struct {
	Turn *struct {
		Pos   int
		Legal struct {
			Call  int
			MinTo int `json:"min_to"`
			MaxTo int `json:"max_to"`
		}
	}
	Asked []int
}

// chair is a seat between hands, and hand the running one or the last.
type chair struct {
	Stack int
	Out   bool
}

type hand struct {
	Players []struct{ Seat, Stack int }
	Over    bool
	next
}

func (f *felt) reset() { *f = felt{mine: nobody, since: time.Now()} }

// shown takes the whole table.
func (f *felt) shown(m *frame) {
	f.reset()
	if m.You != nil {
		f.mine = *m.You
	}
	if f.mine != nobody && f.mine < len(m.State.Chairs) {
		f.stack, f.out = m.State.Chairs[f.mine].Stack, m.State.Chairs[f.mine].Out
	}
	if h := m.State.Hand; h != nil && !h.Over {
		f.next = h.next
		for _, p := range h.Players {
			f.seats = append(f.seats, p.Seat)
			if p.Seat == f.mine {
				f.stack = p.Stack
			}
		}
	}
}

// fact is what a player reads of an event of a table of poker.
type fact struct {
	next
	Pos, Seat, Chips, Stack int
	Stacks                  []int
	Hand                    hand
	Player                  struct{ User string }
}

// event takes what happened. Who reads is told by name.
func (f *felt) event(typ string, view json.RawMessage, me string) {
	var e fact
	if !known[typ] || json.Unmarshal(view, &e) != nil {
		return
	}
	f.since = time.Now()
	switch typ {
	case "table.seated":
		if e.Player.User == me {
			f.mine, f.out, f.stack = e.Seat, false, 0
		}
	case "bought", "sat-out", "sat-in", "left":
		if e.Seat == f.mine {
			f.self(typ, e.Chips)
		}
	default:
		f.play(typ, &e)
	}
}

// self takes what became of the own seat.
func (f *felt) self(typ string, chips int) {
	switch typ {
	case "bought":
		f.stack += chips
	case "left":
		f.mine = nobody
	default:
		f.out = typ == "sat-out"
	}
}

// play takes an event of the hand.
func (f *felt) play(typ string, e *fact) {
	f.next = e.next
	switch typ {
	case "hand-began":
		f.seats = f.seats[:0]
		for _, p := range e.Hand.Players {
			f.seats = append(f.seats, p.Seat)
			if p.Seat == f.mine {
				f.stack = p.Stack
			}
		}
	case "acted":
		if f.is(e.Pos) {
			f.stack = e.Stack
		}
	case "hand-ended":
		for pos, stack := range e.Stacks {
			if f.is(pos) {
				f.stack = stack
			}
		}
		f.seats, f.ended = f.seats[:0], f.ended+1
	}
}

// is reports whether a place of the hand is mine.
func (f *felt) is(pos int) bool {
	return f.mine != nobody && pos >= 0 && pos < len(f.seats) && f.seats[pos] == f.mine
}

// known are the events that a player of poker looks at.
var known = map[string]bool{
	"table.seated": true, "bought": true, "sat-out": true, "sat-in": true, "left": true,
	"hand-began": true, "posted": true, "dealt": true, "acted": true, "returned": true, "answered": true, "turned": true,
	"shown": true, "mucked": true, "awarded": true, "hand-ended": true,
}
