package loadgen

import "testing"

// A game in which seat 0 thinks since 10,000 with 60 s left, and the server is
// killed at 12,000, found gone at 12,020, and back at 15,000.
const (
	turnAt = 10_000
	downAt = 12_020
	upAt   = 15_000
)

var thinking = clocks{known: true, running: 0, at: turnAt, left: [seats]int64{60_000, 50_000}}

func shown(at, left int64, running int) clocks {
	return clocks{known: true, running: running, at: at, left: [seats]int64{left, 50_000}}
}

func heldAt(at, left int64) clocks {
	c := shown(at, left, 0)
	c.held = true
	return c
}

func made(kind string, at int64, ply int) event {
	return event{kind: []byte(kind), at: at, ply: ply, seat: (ply + 1) % seats}
}

func TestCharged(t *testing.T) {
	back := func(to int64) []span { return []span{{downAt, upAt, to}} }
	hold, release := made("table.held", upAt, 0), made("table.released", 15_500, 0)
	for _, row := range []struct {
		name   string
		away   []span
		events []event
		now    clocks
		want   int64
		late   int64
	}{
		{"nothing happened", nil, nil, shown(11_000, 59_000, 0), 0, 0},
		{"a move", nil, []event{made(moveKind, 13_000, 5)}, shown(13_000, 59_000, 1), 0, 0},
		{"a move that was compensated", nil, []event{made(moveKind, 13_000, 5)}, shown(13_000, 60_000, 1), 0, 0},
		{"a move that cost more than it took", nil, []event{made(moveKind, 13_000, 5)}, shown(13_000, 58_000, 1), 1000, 0},
		{"a move without its increment", nil, []event{made(moveKind, 13_000, 5)}, shown(13_000, 57_000, 1), 2000, 0},
		{"within the jitter", nil, nil, shown(11_000, 58_951, 0), 0, 0},
		{"past the jitter", nil, nil, shown(11_000, 58_949, 0), 51, 0},

		{"held", back(15_500), []event{hold}, heldAt(15_000, 58_000), 0, 0},
		{"held and given a beat", back(15_500), []event{hold}, heldAt(15_000, 58_100), 0, 0},
		{"held too late", back(15_500), []event{hold}, heldAt(15_000, 55_000), 2980, 0},
		{"held and released", back(15_500), []event{hold, release}, shown(15_500, 58_000, 0), 0, 0},
		{"held, released and moved", back(15_500), []event{hold, release, made(moveKind, 16_500, 5)}, shown(16_500, 59_000, 1), 0, 0},
		{"held, and the outage in the move", back(15_500), []event{hold, release, made(moveKind, 16_500, 5)}, shown(16_500, 55_520, 1), 3460, 0},
		{"never held", back(15_500), nil, shown(15_600, 54_400, 0), 3480, 0},
		{"released before the player was back", back(17_000), []event{hold, release}, shown(17_000, 56_500, 0), 1480, 0},
		{"flagged by the outage", back(15_500), []event{made("ended", upAt, 0)}, shown(upAt, 0, nobody), 57_980, 0},
		{"the socket alone was lost", nil, nil, shown(15_600, 54_400, 0), 0, 0},
		{"the journal says held, and nobody saw it gone", nil, []event{hold, release}, shown(16_000, 54_000, 0), 500, 0},
	} {
		t.Run(row.name, func(t *testing.T) {
			k := book{seat: 0, gain: 2000, last: thinking, ply: 4, away: row.away}
			if got := k.events(row.events, row.now); got != row.want || k.late != row.late {
				t.Errorf("got %d ms charged and %d late, want %d and %d", got, k.late, row.want, row.late)
			}
		})
	}
}

// The turn of the own player began when the server was back, and the player
// was not yet.
func TestChargedOfATurnThatBeganLate(t *testing.T) {
	away := []span{{downAt, upAt, 16_000}}
	list := []event{made("table.held", upAt, 0), made("table.released", 15_200, 0), made(moveKind, 15_400, 5)}
	last := clocks{known: true, running: 0, at: turnAt, left: [seats]int64{60_000, 50_000}}
	for _, row := range []struct {
		name       string
		left, want int64
	}{
		{"the late part only", 49_400, 0},
		{"the outage too", 46_000, 3400},
	} {
		k := book{seat: 1, gain: 2000, last: last, ply: 4, away: append([]span(nil), away...)}
		now := clocks{known: true, running: 1, at: 16_000, left: [seats]int64{60_000, row.left}}
		if got := k.events(list, now); got != row.want || k.late != 600 {
			t.Errorf("%s: got %d ms charged and %d late, want %d and 600", row.name, got, k.late, row.want)
		}
	}
}

func TestChargedOfAWholeTable(t *testing.T) {
	for _, row := range []struct {
		name  string
		plies int
		now   clocks
		want  int64
	}{
		{"no move", 4, shown(16_000, 57_500, 0), 0},
		{"no move, and the outage charged", 4, shown(16_000, 54_000, 0), 3480},
		{"still held", 4, heldAt(16_000, 58_000), 0},
		{"a move", 5, shown(16_000, 60_000, 1), 0},
		{"a move, and the outage charged", 5, shown(16_000, 56_000, 1), 2980},
	} {
		k := book{seat: 0, gain: 2000, last: thinking, ply: 4, away: []span{{downAt, upAt, 15_500}}}
		if got := k.table(row.plies, row.now); got != row.want {
			t.Errorf("%s: got %d ms, want %d", row.name, got, row.want)
		}
	}
}

func TestNothingIsChargedTwice(t *testing.T) {
	k := book{seat: 0, gain: 2000, last: thinking, ply: 4}
	first := k.events(nil, shown(11_000, 50_000, 0))
	second := k.events(nil, shown(12_000, 49_000, 0))
	if first != 9000 || second != 0 {
		t.Errorf("got %d and %d ms, want 9000 and 0", first, second)
	}
}
