package cluster_test

import (
	"fmt"
	"testing"
	"time"

	"kibitz/internal/cluster"
)

var begin = time.UnixMilli(1_700_000_000_000)

// at is so many seconds after the beginning.
func at(seconds float64) time.Time {
	return begin.Add(time.Duration(seconds * float64(time.Second)))
}

// TestRoll plays 20 seconds of a cluster of which node 0 keeps the roll, and
// asks every half second who is alive.
func TestRoll(t *testing.T) {
	type span struct{ from, to float64 } // seconds in which something happens every second
	always := span{0, 99}
	for _, row := range []struct {
		name        string
		own, other  span
		signs       span
		stores      span    // signs of the node itself
		deadAt      float64 // when the other is first known to be dead; 99 for never
		aliveAgain  float64
		otherStarts time.Time
	}{
		{"both live", always, always, always, always, 99, 99, begin},
		{"never heard of", always, span{99, 99}, span{99, 99}, always, 3, 99, begin},
		{"falls silent", always, span{0, 8}, always, always, 11, 99, begin},
		{"comes back", always, span{9, 99}, always, always, 3, 9, begin},
		{"beats and stores nothing", always, always, span{0, 4}, always, 12.5, 99, begin},
		{"nobody can store", always, always, span{0, 4}, span{0, 4}, 99, 99, begin},
		{"storing fails for the listener, and comes back", always, always, span{0, 4}, span{7, 99}, 15, 99, begin},
		{"the listener is cut off", span{0, 8}, span{0, 8}, span{0, 8}, always, 99, 99, begin},
		{"the listener is cut off and comes back", span{12, 99}, span{99, 99}, span{0, 8}, always, 15, 99, begin},
	} {
		r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
		other := app(1)
		dead, again := 99.0, 99.0
		for half := range 40 {
			now := float64(half) / 2
			in := func(s span) bool { return now == float64(int(now)) && now >= s.from && now <= s.to }
			if in(row.own) {
				r.Beat(app(0), at(now))
			}
			if in(row.stores) {
				r.Sign(cluster.Sign{Node: app(0), At: at(now)}, at(now))
			}
			if in(row.other) {
				r.Beat(other, at(now))
			}
			if in(row.signs) {
				r.Sign(cluster.Sign{Node: other, At: at(now)}, at(now))
			}
			switch isDead := r.Dead("app-1", at(now)); {
			case isDead && dead == 99:
				dead = now
			case !isDead && dead != 99 && again == 99:
				again = now
			}
			if r.Dead("app-0", at(now)) {
				t.Errorf("%s: the node takes itself for dead", row.name)
			}
		}
		if dead > row.deadAt+0.5 || dead < row.deadAt || again != row.aliveAgain {
			t.Errorf("%s: dead at %v and alive again at %v, want %v and %v", row.name, dead, again, row.deadAt, row.aliveAgain)
		}
	}
}

// A moment in which nothing came through, to anybody, is no death.
func TestRollGap(t *testing.T) {
	for _, gap := range []float64{1.2, 2, 2.5, 2.9, 3.5, 10} {
		r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
		for tenth := range 400 {
			now := float64(tenth) / 10
			open := now < 10 || now > 10+gap
			if open && tenth%10 == 3 {
				r.Beat(app(0), at(now))
				r.Sign(cluster.Sign{Node: app(0), At: at(now)}, at(now))
			}
			if open && tenth%10 == 2 {
				r.Beat(app(1), at(now))
				r.Sign(cluster.Sign{Node: app(1), At: at(now)}, at(now))
			}
			if now > 1 && r.Dead("app-1", at(now)) {
				t.Errorf("a gap of %v s: dead at %v", gap, now)
				break
			}
		}
	}
}

// A later life of the same name ends the earlier one at once.
func TestRollLives(t *testing.T) {
	r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
	old, young := app(1), app(1)
	old.ID, old.Started = "app-1-old", at(0)
	young.ID, young.Started = "app-1-young", at(5)
	r.Beat(old, at(5))
	r.Sign(cluster.Sign{Node: old, At: at(4)}, at(5))
	if r.Dead(old.ID, at(5)) {
		t.Error("dead before its time")
	}
	r.Beat(young, at(5.5))
	if !r.Dead(old.ID, at(5.5)) || r.Dead(young.ID, at(5.5)) {
		t.Error("the old life goes on beside the new one")
	}
	if got := fmt.Sprint(len(r.Alive(at(5.5)))); got != "1" {
		t.Errorf("%s are alive, want 1", got)
	}
	if got := r.LastSeen(old.ID); !got.Equal(at(5)) {
		t.Errorf("last seen %v, want %v", got, at(5))
	}
	young.Gone = true
	r.Beat(young, at(6))
	if !r.Dead(young.ID, at(6)) || !r.LastSeen(young.ID).Equal(at(6)) {
		t.Error("who has said goodbye is still there")
	}
}

// Clocks are credited from the last sign of life of any kind.
func TestRollLastSeen(t *testing.T) {
	r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
	if got := r.LastSeen("app-1"); !got.IsZero() {
		t.Errorf("never seen: got %v", got)
	}
	r.Sign(cluster.Sign{Node: app(1), At: at(-100)}, at(0))
	if got := r.LastSeen("app-1"); !got.Equal(at(-100)) {
		t.Errorf("stored: got %v, want when it was stored", got)
	}
	r.Beat(app(1), at(2))
	if got := r.LastSeen("app-1"); !got.Equal(at(2)) {
		t.Errorf("heard: got %v, want when it was heard", got)
	}
}

func TestRoom(t *testing.T) {
	for _, row := range []struct {
		name string
		node cluster.Node
		want float64
	}{
		{"no limits", cluster.Node{Tables: 1000, Sockets: 1000}, 1},
		{"tables", cluster.Node{Tables: 75, MaxTables: 100, Busy: 0.5}, 0.25},
		{"sockets", cluster.Node{Sockets: 50, MaxSockets: 100, Busy: 0.25}, 0.5},
		{"processors", cluster.Node{Sockets: 50, MaxSockets: 100, Busy: 0.75}, 0.25},
		{"too full", cluster.Node{Tables: 150, MaxTables: 100}, -0.5},
	} {
		if got := row.node.Room(); got != row.want {
			t.Errorf("%s: got %v, want %v", row.name, got, row.want)
		}
	}
}

// A node knows when others take it for dead: it is not heard, or cannot store.
func TestRollDeaf(t *testing.T) {
	for _, row := range []struct {
		name         string
		beats, signs float64 // when the last of its own came
		deafAt       float64
	}{
		{"all is well", 30, 30, 99},
		{"not heard", 10, 30, 13},
		{"hears itself and stores nothing", 30, 10, 18},
	} {
		r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
		deaf := 99.0
		for now := range 30 {
			if float64(now) <= row.beats {
				r.Beat(app(0), at(float64(now)))
			}
			if float64(now) <= row.signs {
				r.Stored(at(float64(now)))
			}
			since, is := r.Deaf(at(float64(now) + 0.1))
			if is && deaf == 99 {
				deaf = float64(now)
			}
			if want := at(min(row.beats, row.signs)); is && !since.Equal(want) {
				t.Errorf("%s: deaf since %v, want %v", row.name, since, want)
			}
		}
		if deaf != row.deafAt {
			t.Errorf("%s: deaf at %v, want %v", row.name, deaf, row.deafAt)
		}
	}
}

// Who misses a beat is unheard, before anybody is dead.
func TestRollUnheard(t *testing.T) {
	r := cluster.NewRoll("app-0", 3*time.Second, 8*time.Second)
	gone := app(2)
	gone.Gone = true
	for _, row := range []struct {
		name  string
		node  cluster.Node
		beats float64   // 0 for none
		since time.Time // as the beat says
		asked float64
		want  time.Time // unheard then; zero for heard
	}{
		{"never heard of", app(1), 0, time.Time{}, 5, time.Time{}},
		{"the first beat", app(1), 10, time.Time{}, 11.5, time.Time{}},
		{"in time", app(1), 11.5, time.Time{}, 12, time.Time{}},
		{"late", app(1), 13.1, at(11.5), 14.5, time.Time{}},
		{"missing", app(1), 14, time.Time{}, 15.6, at(14)},
		{"long after", app(1), 60, at(14), 61, time.Time{}},
		{"goes", gone, 62, time.Time{}, 70, time.Time{}},
	} {
		if row.beats > 0 {
			if got := r.Beat(row.node, at(row.beats)); !got.Equal(row.since) {
				t.Errorf("%s: unheard until then since %v, want %v", row.name, got, row.since)
			}
		}
		if got, ok := r.Unheard(row.node.ID, at(row.asked)); !got.Equal(row.want) || ok == row.want.IsZero() {
			t.Errorf("%s: unheard since %v, %v; want %v", row.name, got, ok, row.want)
		}
	}
}
