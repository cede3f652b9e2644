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
	// no is what those who called were told instead the last time.
	no   map[string]string
	felt felt // of a table of poker
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
	You                        *int
	State                      struct {
		Moves  []json.RawMessage
		Chairs []chair
		Hand   *hand
	}
	Events []struct {
		Seq  table.Seq
		Type string
		View json.RawMessage
	}
}

// moved is what a guest reads of a move.
type moved struct {
	Ply int
	UCI string
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

// events takes what was shown to somebody, and reports false when something is
// missing.
func (s *seat) events(f *frame, to *guest) bool {
	for _, e := range f.Events {
		if e.Seq > s.seq+1 {
			return false
		}
		what := e.Type
		if what == "move" {
			var m moved
			_ = json.Unmarshal(e.View, &m)
			what = fmt.Sprintf("move %d %s", m.Ply, m.UCI)
			s.ply = max(s.ply, m.Ply)
			s.see(m.Ply)
		}
		s.story.saw(to.client, e.Seq, what)
		if e.Seq > s.seq {
			s.seq = e.Seq
			s.felt.event(e.Type, e.View, to.user)
		}
	}
	return true
}

// whole takes the whole table.
func (s *seat) whole(f *frame) {
	s.ply = max(s.ply, len(f.State.Moves))
	s.see(s.ply)
	switch {
	case f.Seq > s.seq:
		s.felt.shown(f)
	case f.Seq == s.seq: // what was known is still so
		since := s.felt.since
		s.felt.shown(f)
		s.felt.since = since
	}
	s.seq = max(s.seq, f.Seq)
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
