package loadgen

import (
	"fmt"
	"testing"
)

var testScript = []string{"g1f3", "g8f6", "f3g1", "f6g8", "g1f3", "g8f6", "f3g1", "f6g8"}

// history makes the events of a game of the first moves of the script, behind
// the two events before every game.
func history(moves int) []event {
	list := []event{{seq: 1, kind: []byte("table.created"), seat: nobody}, {seq: 2, kind: []byte("table.seated"), seat: 1}}
	for ply := range moves {
		list = append(list, event{
			kind: []byte(moveKind), seat: ply % seats, ply: ply + 1, uci: []byte(testScript[ply]), at: int64(1000 * ply),
		})
	}
	return numbered(list)
}

// numbered numbers events anew, and prints them.
func numbered(list []event) []event {
	out := append([]event(nil), list...)
	for i := range out {
		out[i].seq = int64(i + 1)
		out[i].print = out[i].fingerprint()
	}
	return out
}

// told makes what both players saw of a game, and were answered.
func told(tb testing.TB, list []event) [seats]*sight {
	tb.Helper()
	var both [seats]*sight
	for seat := range both {
		s := &sight{script: testScript, seat: seat, waiting: true}
		for i := range list {
			e := list[i]
			if _, ok := s.take(&e); !ok {
				tb.Fatalf("event %d is behind a gap", e.seq)
			}
			if e.isMove() && e.seat == seat {
				s.sent = e.ply
				s.acked(e.ply-1, e.seq)
			}
		}
		both[seat] = s
	}
	return both
}

func without(list []event, i int) []event {
	return append(append([]event(nil), list[:i]...), list[i+1:]...)
}

func swapped(list []event, i, j int) []event {
	out := append([]event(nil), list...)
	out[i], out[j] = out[j], out[i]
	return out
}

func twice(list []event, i int) []event {
	out := append([]event(nil), list[:i+1]...)
	return append(append(out, list[i]), list[i+1:]...)
}

func TestCompare(t *testing.T) {
	game := history(8)
	for _, row := range []struct {
		name string
		seen []event
		back []event
		want Audit
	}{
		{"the same", game, game, Audit{}},
		{"a move that nobody was told of yet", game[:9], game, Audit{}},
		{"the last move is missing", game, game[:9], Audit{Lost: 1}},
		{"the last three are missing", game, game[:7], Audit{Lost: 3}},
		{"nothing is there", game, nil, Audit{Lost: 10}},
		{"the last move is there twice", game, numbered(twice(game, 9)), Audit{Doubled: 1}},
		{"the last two changed places", game, numbered(swapped(game, 8, 9)), Audit{Disordered: 2}},
		{"the last two changed places and numbers", game, swapped(game, 8, 9), Audit{Disordered: 2}},
		{"a number is left out", game, without(game, 9), Audit{Lost: 1}},
	} {
		t.Run(row.name, func(t *testing.T) {
			sent := told(t, row.seen)
			sent[1].sent = 8 // whether answered or not
			if got := compare(testScript, sent, row.back); got != row.want {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
		})
	}
}

// Whatever single thing goes wrong anywhere, something is found.
func TestCompareFindsEverySingleFault(t *testing.T) {
	game := history(8)
	faults := map[string]func(i int) []event{
		"removed":              func(i int) []event { return without(game, i) },
		"removed and numbered": func(i int) []event { return numbered(without(game, i)) },
		"twice":                func(i int) []event { return numbered(twice(game, i)) },
		"swapped":              func(i int) []event { return numbered(swapped(game, i, (i+1)%len(game))) },
		"at another time": func(i int) []event {
			out := append([]event(nil), game...)
			out[i].at += 7
			return numbered(out)
		},
		"of the other seat": func(i int) []event {
			out := append([]event(nil), game...)
			out[i].seat = 1 - max(0, out[i].seat)
			return numbered(out)
		},
	}
	for name, fault := range faults {
		for i := range game {
			t.Run(fmt.Sprintf("%s/%d", name, i+1), func(t *testing.T) {
				if compare(testScript, told(t, game), fault(i)).Clean() {
					t.Error("nothing was found")
				}
			})
		}
	}
}

// A move is found lost although the socket that was answered saw no event of
// it, as when the answer after an outage is only that it was done.
func TestCompareFindsALostMoveThatWasOnlyDone(t *testing.T) {
	game := history(4)
	seen := told(t, game[:5])
	seen[1].sent = 4
	seen[1].acked(3, 6)
	if got, want := compare(testScript, seen, game[:5]), (Audit{Lost: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got, want := compare(testScript, seen, game), (Audit{}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAMoveUnderAnotherNumberIsDisordered(t *testing.T) {
	game := history(4)
	seen := told(t, game[:5])
	seen[1].sent = 4
	seen[1].acked(3, 7)
	if got, want := compare(testScript, seen, game), (Audit{Disordered: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestSight(t *testing.T) {
	game := history(3)
	for _, row := range []struct {
		name   string
		events []event
		seq    int64
		odd    int
		gap    bool
	}{
		{"in order", game, 5, 0, false},
		{"once more", append(append([]event(nil), game...), game[3:]...), 5, 0, false},
		{"a gap", without(game, 2), 2, 0, true},
		{"another event under a number", append(append([]event(nil), game...), numbered(swapped(game, 3, 4))[3]), 5, 1, false},
	} {
		s := &sight{script: testScript}
		gap := false
		for i := range row.events {
			if _, ok := s.take(&row.events[i]); !ok {
				gap = true
				break
			}
		}
		if s.seq != row.seq || len(s.odd) != row.odd || gap != row.gap {
			t.Errorf("%s: got seq %d, %d odd, gap %v; want %d, %d, %v", row.name, s.seq, len(s.odd), gap, row.seq, row.odd, row.gap)
		}
	}
}

// A server that forgot what it showed sends the whole table, which is shorter.
func TestATableThatShrankIsFound(t *testing.T) {
	game := history(4)
	seen := told(t, game)
	for _, s := range seen {
		s.whole(&frame{seq: 5, plies: 3})
	}
	if got := compare(testScript, seen, game[:5]); got.Lost == 0 {
		t.Errorf("got %+v, want the lost move", got)
	}
}
