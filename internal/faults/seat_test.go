package faults

import (
	"encoding/json"
	"fmt"
	"time"

	"kibitz/internal/table"
)

// seat is what a guest knows of a table.
type seat struct {
	table string
	story *story
	seq   table.Seq // of the last event that was shown
	ply   int
	seen  map[int]time.Time // plies
	calls map[string]*call
	done  map[string]bool // calls that were answered
}

// call is an action under way.
type call struct {
	client int
	what   string
	from   int64
	think  time.Duration
}

// frame is what a guest reads of a message.
type frame struct {
	Type, Table, Ack, ID, Code string
	Seq                        table.Seq
	State                      struct{ Moves []json.RawMessage }
	Events                     []struct {
		Seq  table.Seq
		Type string
		View struct {
			Ply int
			UCI string
		}
	}
}

// first returns the number of what an own action came to.
func (f *frame) first() table.Seq {
	for _, e := range f.Events {
		if e.Type == "move" {
			return e.Seq
		}
	}
	return f.Events[0].Seq
}

// events takes what was shown, and reports false when something is missing.
func (s *seat) events(f *frame, client int) bool {
	for _, e := range f.Events {
		if e.Seq > s.seq+1 {
			return false
		}
		what := e.Type
		if what == "move" {
			what = fmt.Sprintf("move %d %s", e.View.Ply, e.View.UCI)
		}
		s.story.saw(client, e.Seq, what)
		s.seq = max(s.seq, e.Seq)
		if e.Type == "move" {
			s.ply = max(s.ply, e.View.Ply)
			s.see(e.View.Ply)
		}
	}
	return true
}

func (s *seat) see(ply int) {
	if _, ok := s.seen[ply]; !ok {
		s.seen[ply] = time.Now()
	}
}

// answered notes the acknowledgement of an action.
func (s *seat) answered(id string, seq table.Seq, user string) {
	c, ok := s.calls[id]
	if !ok || s.done[id] {
		return
	}
	s.done[id] = true
	s.story.acted(c.client, step{action: true, who: user + "/" + id, what: c.what}, c.from, seq)
}
