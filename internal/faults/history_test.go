package faults

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"kibitz/internal/account"
	"kibitz/internal/table"
)

// story is what the clients of one table saw of it, as a history that must be
// linearizable: the table is a log to which each action is added once, under
// the number that it was acknowledged with, and of which everybody sees the
// same.
type story struct {
	born time.Time

	mu  sync.Mutex
	ops []porcupine.Operation
}

func newStory() *story { return &story{born: time.Now()} }

// now is a time of the history.
func (s *story) now() int64 { return int64(time.Since(s.born)) }

// step is one operation: an action of somebody, or a look at one number of the
// log. A look by the journal knows whose action it was, those of clients what
// it came to.
type step struct {
	action bool
	who    string // and which action; empty for nobody's
	what   string // "move 7 e2e4" for a move; other types of events alone
}

// acted notes an action that was acknowledged under a number.
func (s *story) acted(client int, in step, from int64, seq table.Seq) {
	s.add(client, in, from, s.now(), seq)
}

// saw notes that a number of the log was shown: it was there by then.
func (s *story) saw(client int, seq table.Seq, what string) {
	now := s.now()
	s.add(client, step{what: what}, now, now, seq)
}

func (s *story) add(client int, in step, from, to int64, seq table.Seq) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ops = append(s.ops, porcupine.Operation{ClientId: client, Input: in, Call: from, Output: seq, Return: to})
}

// close adds what the journal has in the end, and which actions came to pass
// though nobody was told.
func (s *story) close(records []table.Record, unheard map[string]call) {
	for i := range records {
		r := &records[i]
		who := ""
		if r.Action != "" {
			who = string(r.Actor) + "/" + string(r.Action)
		}
		if c, ok := unheard[who]; ok && who != "" {
			s.add(c.client, step{action: true, who: who, what: c.what}, c.from, math.MaxInt64-2, r.Seq)
			delete(unheard, who)
		}
		s.add(journalist, step{who: who, what: r.Type}, math.MaxInt64-1, math.MaxInt64, r.Seq)
	}
}

// journalist is the client that reads the journal in the end.
const journalist = 100

// linearizable reports whether there is one history that all of it fits.
func (s *story) linearizable() bool {
	return inTime(s.ops) && porcupine.CheckOperations(logModel(), s.ops)
}

// inTime reports whether an action has a higher number than all that was
// acknowledged or shown before it was begun.
func inTime(ops []porcupine.Operation) bool {
	over := slices.SortedFunc(slices.Values(ops), func(a, b porcupine.Operation) int { return cmp.Compare(a.Return, b.Return) })
	begun := slices.SortedFunc(slices.Values(ops), func(a, b porcupine.Operation) int { return cmp.Compare(a.Call, b.Call) })
	var last table.Seq
	for _, o := range begun {
		for ; len(over) > 0 && over[0].Return < o.Call; over = over[1:] {
			last = max(last, over[0].Output.(table.Seq))
		}
		if o.Input.(step).action && o.Output.(table.Seq) <= last {
			return false
		}
	}
	return true
}

// apart divides a history where nobody has a turn, and which is long: an entry
// of the log depends on no other then, but for the time, and for what is there
// twice, which is looked for elsewhere.
func apart(ops []porcupine.Operation) [][]porcupine.Operation {
	bySeq := make(map[table.Seq][]porcupine.Operation)
	for _, o := range ops {
		if strings.HasPrefix(o.Input.(step).what, "move") {
			return [][]porcupine.Operation{ops}
		}
		seq := o.Output.(table.Seq)
		bySeq[seq] = append(bySeq[seq], o)
	}
	return slices.Collect(maps.Values(bySeq))
}

// logModel is the log as a text, which can be compared: an entry is
// " <seq>|<who>|<what>;".
func logModel() porcupine.Model {
	return porcupine.Model{
		Partition: apart,
		Init:      func() any { return "" },
		Step: func(state, in, out any) (bool, any) {
			text, one, seq := state.(string), in.(step), out.(table.Seq)
			who, what, known := entry(text, seq)
			if one.action {
				if who != "" {
					return false, text // it is somebody else's
				}
				return add(text, one, seq, known)
			}
			switch {
			case known:
				return agrees(who, one.who) && agrees(kindOf(what, one.what), one.what), text
			case strings.HasPrefix(one.what, "move"):
				return false, text // nobody made it
			}
			return true, text + format(seq, one)
		},
		DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v -> %v", in, out) },
	}
}

// add puts an action into the log: a move has its turn, and nothing is there
// twice.
func add(text string, one step, seq table.Seq, known bool) (bool, any) {
	if known && strings.HasPrefix(one.what, "move") || strings.Contains(text, "|"+one.who+"|") {
		return false, text
	}
	if word := strings.Fields(one.what); len(word) > 1 && word[0] == "move" && word[1] != strconv.Itoa(strings.Count(text, "|move ")+1) {
		return false, text
	}
	return true, text + format(seq, one)
}

func format(seq table.Seq, one step) string { return fmt.Sprintf(" %d|%s|%s;", seq, one.who, one.what) }

// entry finds a number in a log.
func entry(text string, seq table.Seq) (who, what string, known bool) {
	for part := range strings.SplitSeq(text, ";") {
		n, rest, _ := strings.Cut(strings.TrimSpace(part), "|")
		if n != strconv.FormatUint(uint64(seq), 10) {
			continue
		}
		w, c, _ := strings.Cut(rest, "|")
		if w != "" {
			who = w
		}
		if c != "" {
			what = c
		}
		known = true
	}
	return who, what, known
}

// agrees reports whether two ways to name something do not differ: who is told
// nothing knows nothing.
func agrees(a, b string) bool { return a == "" || b == "" || a == b }

// kindOf is what somebody who knows the type alone knows of an entry.
func kindOf(what, as string) string {
	if !strings.Contains(as, " ") {
		what, _, _ = strings.Cut(what, " ")
	}
	return what
}

func TestStories(t *testing.T) {
	move := func(s *story, client, ply int, seq table.Seq) {
		s.acted(client, step{action: true, who: fmt.Sprintf("p%d/m%d", client, ply), what: fmt.Sprintf("move %d e2e4", ply)}, s.now(), seq)
	}
	record := func(seq table.Seq, actor, action, typ string) table.Record {
		return table.Record{Seq: seq, Actor: account.ID("p" + actor), Action: table.ActionID(action), Type: typ}
	}
	for _, row := range []struct {
		name string
		tell func(s *story)
		want bool
	}{
		{"a game", func(s *story) {
			s.saw(1, 1, "table.created")
			move(s, 0, 1, 2)
			s.saw(1, 2, "move 1 e2e4")
			s.saw(0, 3, "table.held")
			move(s, 1, 2, 4)
			s.close([]table.Record{record(1, "", "", "table.created"), record(2, "0", "m1", "move"), record(3, "", "", "table.held"), record(4, "1", "m2", "move")}, nil)
		}, true},
		{"the answer was lost", func(s *story) {
			from := s.now()
			s.saw(1, 1, "move 1 e2e4")
			s.close([]table.Record{record(1, "0", "m1", "move")}, map[string]call{"p0/m1": {from: from, what: "move 1 e2e4"}})
		}, true},
		{"a move is lost", func(s *story) {
			move(s, 0, 1, 2)
			move(s, 1, 2, 2)
		}, false},
		{"a move is there twice", func(s *story) {
			move(s, 0, 1, 2)
			s.saw(1, 2, "move 1 e2e4")
			s.saw(1, 3, "move 1 e2e4")
		}, false},
		{"two histories", func(s *story) {
			move(s, 0, 1, 2)
			s.saw(1, 2, "table.held")
		}, false},
		{"out of turn", func(s *story) {
			move(s, 0, 2, 2)
		}, false},
		{"shown before it was made", func(s *story) {
			s.saw(1, 2, "move 1 e2e4")
			move(s, 0, 1, 2)
		}, false},
		{"a table of poker", func(s *story) {
			s.acted(0, step{action: true, who: "p0/a1"}, s.now(), 1)
			s.saw(1, 1, "table.seated")
			s.saw(1, 2, "bought")
			from := s.now()
			s.acted(1, step{action: true, who: "p1/a1"}, s.now(), 4)
			s.acted(0, step{action: true, who: "p0/a2"}, from, 3)
			s.close([]table.Record{record(1, "0", "a1", "table.seated"), record(2, "0", "a1", "bought"), record(3, "0", "a2", "acted"), record(4, "1", "a1", "acted")}, nil)
		}, true},
		{"poker, two under one number", func(s *story) {
			from := s.now()
			s.acted(0, step{action: true, who: "p0/a1"}, from, 1)
			s.acted(1, step{action: true, who: "p1/a1"}, from, 1)
			s.close([]table.Record{record(1, "0", "a1", "acted")}, nil)
		}, false},
		{"poker, acknowledged with a number from before", func(s *story) {
			s.acted(0, step{action: true, who: "p0/a1"}, s.now(), 5)
			s.acted(1, step{action: true, who: "p1/a1"}, s.now(), 4)
		}, false},
		{"poker, shown before it was done", func(s *story) {
			s.saw(1, 3, "acted")
			s.acted(0, step{action: true, who: "p0/a1"}, s.now(), 3)
		}, false},
		{"the journal has another", func(s *story) {
			move(s, 0, 1, 2)
			s.close([]table.Record{record(2, "1", "m1", "move")}, nil)
		}, false},
	} {
		s := newStory()
		row.tell(s)
		if got := s.linearizable(); got != row.want {
			t.Errorf("%s: linearizable: %v, want %v: %+v", row.name, got, row.want, s.ops)
		}
	}
}
